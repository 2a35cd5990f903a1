"""Tiny random checkpoints with real tokenizers, and what Hugging Face's pipelines say about them.

    python tasks.py

A folder a checkpoint: its files as `save_pretrained` writes them, and `cases.json` with task, inputs, options and
the pipeline's answer. Tokenizers are trained on `tasks_corpus.txt` (the beginning of Shakespeare's plays). Pipelines
that transformers 5 no longer has are asked by `tasks_retired.py`.
"""

import json
import shutil

import numpy
import tokenizers
import torch
import transformers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers

from common import HERE, randomize, write_json, write_versions

ROOT = HERE / "tasks"
CORPUS = (HERE / "tasks_corpus.txt").read_text(encoding="utf-8").splitlines()
SIZES = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32)
TEXTS = [
    "First Citizen: you are all resolved rather to die than to famish?",
    "We know't.",
    "Against him first: he's a very dog to the commonalty, and so be it.",
    "Caius Marcius is chief enemy to the people of Rome — naïve Ünïcode 😀 too.",
    "Speak",
]


def kept(kind, train):
    """Trained once and kept: these trainers break ties by chance."""
    path = HERE / f"tasks_{kind}.json"
    if not path.exists():
        train().save(str(path), pretty=False)
    return tokenizers.Tokenizer.from_file(str(path))


def wordpiece(vocab=320):
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=kept("wordpiece", lambda: train_wordpiece(vocab)), unk_token="[UNK]", pad_token="[PAD]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]", model_max_length=64,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"])


def train_wordpiece(vocab):
    t = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    t.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=vocab, special_tokens=special))
    t.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    t.decoder = decoders.WordPiece(prefix="##")
    return t


def byte_level(vocab=400, **more):
    t = tokenizers.Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=vocab, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    t.add_special_tokens([tokenizers.AddedToken("<mask>", lstrip=True, special=True)])
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=t, bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>", cls_token="<s>",
        sep_token="</s>", mask_token=tokenizers.AddedToken("<mask>", lstrip=True, special=True), model_max_length=64,
        model_input_names=["input_ids", "attention_mask"], **more)


def gpt(vocab=400, **more):
    """Byte-level pairs without a template: nothing around a text."""
    t = tokenizers.Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=vocab, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    t.decoder = decoders.ByteLevel()
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=t, bos_token="<|endoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>",
        model_max_length=48, model_input_names=["input_ids", "attention_mask"], **more)


def unigram():
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=kept("unigram", train_unigram), eos_token="</s>", unk_token="<unk>", pad_token="<pad>",
        model_max_length=64, model_input_names=["input_ids", "attention_mask"])


def train_unigram(vocab=320):
    t = tokenizers.Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(tokenizers.Regex(" {2,}"), " ")])
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<pad>", "</s>", "<unk>", "<s>"]
    t.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=vocab, special_tokens=special, unk_token="<unk>"))
    t.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    t.decoder = decoders.Metaspace()
    return t


def make(name, model, tokenizer, seed, scale=0.3):
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    randomize(model, seed, scale)
    model.eval().save_pretrained(folder)
    if tokenizer is not None:
        tokenizer.save_pretrained(folder)
    return folder


def plain(value):
    """What JSON can hold of a pipeline's answer."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (numpy.floating, numpy.integer)):
        return value.item()
    return value


def ask(folder, task, questions):
    """`questions`: list of (inputs, options)."""
    pipe = transformers.pipeline(task, model=str(folder), device="cpu", dtype=torch.float32)
    cases = []
    for inputs, options in questions:
        for text in inputs:
            answer = pipe(dict(text) if isinstance(text, dict) else text, **options)
            cases.append({"task": task, "input": text, "options": options, "output": plain(answer)})
    return cases


def cases_of(folder, cases):
    write_json(folder / "cases.json", cases, lines=True)


def bert(head, seed, name, labels=None, **more):
    tokenizer = wordpiece()
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), max_position_embeddings=64, **SIZES, **more,
        **({} if labels is None else {"id2label": dict(enumerate(labels)), "label2id": {l: i for i, l in enumerate(labels)}}))
    return make(name, getattr(transformers, head)(config), tokenizer, seed), tokenizer


def roberta(head, seed, name, labels=None, **more):
    tokenizer = byte_level()
    config = transformers.RobertaConfig(
        vocab_size=len(tokenizer), max_position_embeddings=66, type_vocab_size=1, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, **SIZES, **more,
        **({} if labels is None else {"id2label": dict(enumerate(labels)), "label2id": {l: i for i, l in enumerate(labels)}}))
    return make(name, getattr(transformers, head)(config), tokenizer, seed), tokenizer


def fill_mask():
    for name, mask, (folder, _) in (
            ("fill-bert", "[MASK]", bert("BertForMaskedLM", 1, "fill-bert")),
            ("fill-roberta", "<mask>", roberta("RobertaForMaskedLM", 2, "fill-roberta"))):
        one = [f"You are all {mask} rather to die.", f"{mask}, speak!", f"We know it, we {mask}"]
        two = [f"The {mask} of Rome are {mask}."]
        cases_of(folder, ask(folder, "fill-mask", [
            (one, {}), (one[:1], {"top_k": 2}), (two, {"top_k": 3}), (one[:1], {"targets": ["the", "you", "zebra"]})]))


def classify():
    texts = [(TEXTS, {}), (TEXTS[:2], {"top_k": None}), (TEXTS[:2], {"top_k": 2}),
             (TEXTS[:2], {"top_k": None, "function_to_apply": "sigmoid"}),
             (TEXTS[:2], {"top_k": None, "function_to_apply": "none"}),
             (TEXTS[:2], {"top_k": None, "function_to_apply": "softmax"}),
             ([{"text": TEXTS[0], "text_pair": TEXTS[1]}], {})]
    for folder, _ in (
            bert("BertForSequenceClassification", 3, "classify-bert", ["bad", "fair", "good"]),
            bert("BertForSequenceClassification", 4, "classify-multi", ["wet", "cold", "loud"],
                 problem_type="multi_label_classification"),
            bert("BertForSequenceClassification", 5, "classify-regression", ["score"], problem_type="regression"),
            bert("BertForSequenceClassification", 6, "rerank-bert", ["LABEL_0"]),
            roberta("RobertaForSequenceClassification", 7, "classify-roberta", ["no", "yes"])):
        cases = ask(folder, "text-classification", texts)
        if folder.name == "rerank-bert":
            cases += ask(folder, "text-classification", [
                ([{"text": "Who is the enemy of the people?", "text_pair": t} for t in TEXTS], {"function_to_apply": "none"}),
                ([{"text": "Who is the enemy of the people?", "text_pair": t} for t in TEXTS], {})])
        cases_of(folder, cases)


def tag():
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    long = " ".join(TEXTS * 3)
    for folder, _ in (bert("BertForTokenClassification", 8, "tag-bert", labels),
                      roberta("RobertaForTokenClassification", 9, "tag-roberta", labels)):
        cases = ask(folder, "token-classification", [(TEXTS, {"aggregation_strategy": s}) for s in
                                                     ("none", "simple", "first", "average", "max")]
                    + [(TEXTS[:2], {"ignore_labels": []})])
        for strategy in ("simple", "first", "average", "max"):
            pipe = transformers.pipeline("token-classification", model=str(folder), stride=8, aggregation_strategy=strategy)
            cases.append({"task": "token-classification", "input": long,
                          "options": {"aggregation_strategy": strategy, "stride": 8}, "output": plain(pipe(long))})
        cases_of(folder, cases)


def language_models():
    template = ("{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' "
                "+ '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
    tokenizer = gpt(chat_template=template)
    config = transformers.GPT2Config(vocab_size=len(tokenizer), n_positions=64, n_embd=16, n_layer=2, n_head=4,
                                     bos_token_id=0, eos_token_id=0)
    folder = make("write-gpt2", transformers.GPT2LMHeadModel(config), tokenizer, 10)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder).eval()
    cases = ask(folder, "text-generation", [(TEXTS[:3], {"max_new_tokens": 8, "do_sample": False}),
                                            (TEXTS[:1], {"max_new_tokens": 8, "do_sample": False, "return_full_text": False})])
    chat = [{"role": "system", "content": "Speak as a citizen."}, {"role": "user", "content": "Who is chief enemy?"}]
    pipe = transformers.pipeline("text-generation", model=str(folder))
    cases.append({"task": "chat", "input": chat, "options": {"max_new_tokens": 8, "do_sample": False},
                  "output": plain(pipe([dict(m) for m in chat], max_new_tokens=8, do_sample=False))[0]["generated_text"][-1]["content"]})
    # log-probability of each token, and perplexity of a long text with windows that overlap
    for text in TEXTS:
        ids = tokenizer(text, return_tensors="pt").input_ids
        with torch.no_grad():
            logp = torch.log_softmax(model(ids).logits[0, :-1].double(), -1)
        picked = logp.gather(1, ids[0, 1:, None])[:, 0]
        cases.append({"task": "score", "input": text, "options": {}, "output": picked.tolist()})
    long = "\n".join(CORPUS[:24])
    ids = tokenizer(long, return_tensors="pt").input_ids
    for window, stride in ((64, 64), (64, 32), (48, 16)):
        total, count, previous = 0.0, 0, 0
        for begin in range(0, ids.shape[1], stride):
            end = min(begin + window, ids.shape[1])
            new = end - previous
            part = ids[:, begin:end]
            labels = part.clone()
            labels[:, :-new] = -100
            with torch.no_grad():
                loss = model(part, labels=labels).loss
            n = (labels[:, 1:] != -100).sum().item()
            total += loss.double().item() * n
            count += n
            previous = end
            if end == ids.shape[1]:
                break
        cases.append({"task": "perplexity", "input": long, "options": {"window": window, "stride": stride},
                      "output": {"perplexity": float(numpy.exp(total / count)), "tokens": count}})
    cases_of(folder, cases)


def embed():
    """Folders of sentence-transformers; vectors by the formulas of its modules."""
    def modules(folder, pooling, tail=(), length=None, prompts=None):
        listed = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                  {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
        (folder / "1_Pooling").mkdir()
        modes = {m: False for m in ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")}
        modes |= {m: True for m in pooling}
        write_json(folder / "1_Pooling" / "config.json",
                   {"word_embedding_dimension": 16} | {f"pooling_mode_{m}": on for m, on in modes.items()})
        for i, kind in enumerate(tail):
            listed.append({"idx": i + 2, "name": str(i + 2), "path": f"{i + 2}_{kind}", "type": f"sentence_transformers.models.{kind}"})
        write_json(folder / "modules.json", listed)
        write_json(folder / "sentence_bert_config.json", {"max_seq_length": length, "do_lower_case": False})
        if prompts:
            write_json(folder / "config_sentence_transformers.json", {"prompts": prompts, "default_prompt_name": None})

    def vectors(folder, tokenizer, texts, pool, length, then=lambda v: v):
        model = transformers.AutoModel.from_pretrained(folder).eval()
        rows = []
        for text in texts:
            given = tokenizer(text, truncation=True, max_length=length, return_tensors="pt")
            with torch.no_grad():
                hidden = model(**given).last_hidden_state[0]
                rows.append(then(torch.cat([pool[m](hidden) for m in pool])).tolist())
        return rows

    mean = lambda h: h.mean(0)
    normal = lambda v: v / v.norm()
    texts = TEXTS + [" ".join(TEXTS)]

    folder, tokenizer = bert("BertModel", 11, "embed-bert")
    modules(folder, ["mean_tokens"], ["Normalize"], 24, {"query": "query: ", "document": ""})
    (folder / "2_Normalize").mkdir()
    cases_of(folder, [
        {"task": "embed", "input": texts, "options": {}, "output": vectors(folder, tokenizer, texts, {"mean": mean}, 24, normal)},
        {"task": "embed", "input": texts, "options": {"prompt": "query"},
         "output": vectors(folder, tokenizer, ["query: " + t for t in texts], {"mean": mean}, 24, normal)}])

    folder, tokenizer = roberta("RobertaModel", 12, "embed-roberta")
    modules(folder, ["cls_token", "max_tokens", "mean_sqrt_len_tokens"], ["Dense", "Normalize"], None)
    (folder / "3_Normalize").mkdir()
    dense = torch.nn.Linear(48, 10)
    randomize(dense, 13, 0.3)
    (folder / "2_Dense").mkdir()
    from safetensors.torch import save_file
    save_file({"linear.weight": dense.weight.data, "linear.bias": dense.bias.data}, folder / "2_Dense" / "model.safetensors")
    write_json(folder / "2_Dense" / "config.json", {"in_features": 48, "out_features": 10, "bias": True,
                                                   "activation_function": "torch.nn.modules.activation.Tanh"})
    pool = {"cls": lambda h: h[0], "max": lambda h: h.max(0).values, "sqrt": lambda h: h.sum(0) / len(h) ** 0.5}
    cases_of(folder, [
        {"task": "embed", "input": texts, "options": {},
         "output": vectors(folder, tokenizer, texts, pool, 64, lambda v: normal(torch.tanh(dense(v))))}])

    # files as sentence-transformers 6 writes them, and a prompt that is left out of the mean
    folder, tokenizer = bert("BertModel", 24, "embed-new")
    modules(folder, ["mean_tokens"], (), None, {"query": "we know it: "})
    write_json(folder / "1_Pooling" / "config.json", {"embedding_dimension": 16, "pooling_mode": ["mean", "max"], "include_prompt": False})
    write_json(folder / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.sentence_transformer.modules.pooling.Pooling"}])
    left = len(tokenizer("we know it: ")["input_ids"]) - 1
    both = lambda n: {"mean": lambda h: h[n:].mean(0), "max": lambda h: h[n:].max(0).values}
    cases_of(folder, [
        {"task": "embed", "input": TEXTS, "options": {}, "output": vectors(folder, tokenizer, TEXTS, both(0), 64)},
        {"task": "embed", "input": TEXTS, "options": {"prompt": "query"},
         "output": vectors(folder, tokenizer, ["we know it: " + t for t in TEXTS], both(left), 64)}])

    # a bare encoder: mean pooling and nothing after it
    folder, tokenizer = bert("BertForMaskedLM", 14, "embed-bare")
    cases_of(folder, [
        {"task": "embed", "input": texts[:5], "options": {}, "output": vectors(folder, tokenizer, texts[:5], {"mean": mean}, 64)}])


def tone(seconds):
    """A rising tone that comes and goes: made the same way by the test."""
    t = numpy.arange(int(seconds * 16000)) / 16000
    x = 0.4 * numpy.sin(2 * numpy.pi * (200 + 150 * t) * t) * numpy.sin(2 * numpy.pi * 1.5 * t)
    return (numpy.rint(x * 32767) / 32768).astype(numpy.float32)


def transcribe():
    t = tokenizers.Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    special = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|de|>", "<|translate|>", "<|transcribe|>",
               "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    t.add_special_tokens(special)
    t.add_tokens([f"<|{i * 0.02:.2f}|>" for i in range(101)])
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    t.decoder = decoders.ByteLevel()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=t, bos_token=special[0], eos_token=special[0], unk_token=special[0], pad_token=special[0],
        model_max_length=64)
    id_of = tokenizer.convert_tokens_to_ids
    config = transformers.WhisperConfig(
        vocab_size=len(tokenizer), num_mel_bins=80, d_model=16, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=32, decoder_ffn_dim=32,
        max_source_positions=100, max_target_positions=64, pad_token_id=300, bos_token_id=300, eos_token_id=300,
        decoder_start_token_id=301)
    folder = make("transcribe-whisper", transformers.WhisperForConditionalGeneration(config), tokenizer, 20)
    transformers.WhisperFeatureExtractor(feature_size=80, chunk_length=2).save_pretrained(folder)
    write_json(folder / "generation_config.json", {
        "bos_token_id": 300, "eos_token_id": 300, "pad_token_id": 300, "decoder_start_token_id": 301, "max_length": 64,
        "suppress_tokens": [5, 17, 302, 303, 304, 305, 306, 307], "begin_suppress_tokens": [220, 300],
        "lang_to_id": {"<|en|>": id_of("<|en|>"), "<|de|>": id_of("<|de|>")},
        "task_to_id": {"translate": id_of("<|translate|>"), "transcribe": id_of("<|transcribe|>")},
        "no_timestamps_token_id": id_of("<|notimestamps|>"), "max_initial_timestamp_index": 25, "is_multilingual": True,
        "return_timestamps": False})
    model = transformers.WhisperForConditionalGeneration.from_pretrained(folder).eval()
    extract = transformers.WhisperFeatureExtractor.from_pretrained(folder)
    begin = id_of("<|notimestamps|>") + 1
    text = lambda ids: tokenizer.decode([i for i in ids if i < begin], skip_special_tokens=True)
    cases = []
    for seconds, options in ((1.5, {}), (1.5, {"language": "de"}), (1.2, {"language": "de", "task": "translate"}),
                             (1.5, {"return_timestamps": True}), (5.3, {"return_timestamps": True}),
                             (7.1, {"return_timestamps": True, "language": "en"})):
        sound = tone(seconds)
        long = len(sound) > 32000
        features = extract(sound, sampling_rate=16000, return_tensors="pt", return_attention_mask=True,
                           **({"truncation": False, "padding": "longest"} if long else {}))
        asked = {"task": "transcribe"} | options
        found = model.detect_language(input_features=features.input_features[..., :200])
        with torch.no_grad():
            out = model.generate(features.input_features, attention_mask=features.attention_mask, return_segments=True, **asked)
        segments = [{"start": float(s["start"]), "end": float(s["end"]), "text": text(s["tokens"].tolist()), "tokens": s["tokens"].tolist()}
                    for s in out["segments"][0]]
        language = options.get("language", tokenizer.convert_ids_to_tokens(found[0].item())[2:-2])
        cases.append({"task": "transcribe", "input": seconds, "options": options,
                      "output": {"language": language, "text": "".join(s["text"] for s in segments), "segments": segments}})
    cases_of(folder, cases)


def pictures():
    from PIL import Image
    folder = ROOT / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = []
    for i, (w, h) in enumerate(((40, 30), (24, 24), (17, 50))):
        y, x = numpy.mgrid[0:h, 0:w]
        pixels = numpy.stack([(x * 7 + i * 60) % 256, (y * 5 + x * i) % 256, (x * y) % 256], -1).astype(numpy.uint8)
        paths.append(folder / f"{i}.png")
        Image.fromarray(pixels).save(paths[-1])
    labels = {i: l for i, l in enumerate(["cat", "dog", "ship", "tree", "house", "sea"])}
    config = transformers.ViTConfig(**SIZES, image_size=16, patch_size=8, id2label=labels, label2id={l: i for i, l in labels.items()})
    vit = make("see-vit", transformers.ViTForImageClassification(config), None, 21)
    transformers.ViTImageProcessor(size={"height": 16, "width": 16}).save_pretrained(vit)
    pipe = transformers.pipeline("image-classification", model=str(vit), image_processor=transformers.ViTImageProcessor.from_pretrained(vit))
    cases = []
    for options in ({}, {"top_k": 2}):
        for path in paths:
            cases.append({"task": "image-classification", "input": path.name, "options": options,
                          "output": plain(pipe(str(path), **options))})
    cases_of(vit, cases)

    tokenizer = byte_level()
    config = transformers.CLIPConfig(
        text_config=dict(vocab_size=len(tokenizer), max_position_embeddings=32, eos_token_id=2, bos_token_id=0, pad_token_id=1, **SIZES),
        vision_config=dict(image_size=16, patch_size=8, **SIZES), projection_dim=12)
    clip = make("see-clip", transformers.CLIPModel(config), tokenizer, 22)
    transformers.CLIPImageProcessor(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16}).save_pretrained(clip)
    pipe = transformers.pipeline("zero-shot-image-classification", model=str(clip), tokenizer=tokenizer,
                                 image_processor=transformers.CLIPImageProcessor.from_pretrained(clip))
    cases = []
    for path in paths:
        for options in ({"candidate_labels": ["citizen", "a very proud dog", "sea"]},
                        {"candidate_labels": ["corn", "wars"], "hypothesis_template": "we see {} here"}):
            cases.append({"task": "zero-shot-image-classification", "input": path.name, "options": options,
                          "output": plain(pipe(str(path), **options))})
    cases_of(clip, cases)


TEMPLATE = (
    "{% for m in messages %}{% if loop.first and m['role'] != 'system' %}<|im_start|>system\nYou are helpful.<|im_end|>\n"
    "{% endif %}<|im_start|>{{ m['role'] }}\n{% if m['content'] is string %}{{ m['content'] }}{% else %}"
    "{% for c in m['content'] %}{% if c['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif 'text' in c %}{{ c['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def asked():
    """Qwen2-VL is asked about pictures; its processor in three lines, since the library's needs a package for videos."""
    from PIL import Image

    tokenizer = gpt(vocab=320, additional_special_tokens=["<|vision_start|>", "<|image_pad|>", "<|vision_end|>"])
    tokenizer.chat_template = TEMPLATE
    image = tokenizer.convert_tokens_to_ids("<|image_pad|>")
    text = dict(vocab_size=len(tokenizer), max_position_embeddings=256, bos_token_id=0, eos_token_id=0, num_key_value_heads=2,
                rope_parameters={"rope_type": "default", "rope_theta": 1e4, "mrope_section": [1, 1, 0]}, **SIZES)
    seen = dict(depth=1, embed_dim=8, hidden_size=16, num_heads=1, mlp_ratio=2, patch_size=4)
    config = transformers.Qwen2VLConfig(text_config=text, vision_config=seen, image_token_id=image, video_token_id=len(tokenizer))
    folder = make("caption-qwen2vl", transformers.Qwen2VLForConditionalGeneration(config), tokenizer, 24)
    edit(folder / "generation_config.json", {"bos_token_id": 0, "eos_token_id": 0, "pad_token_id": 0})
    write_json(folder / "preprocessor_config.json", {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": 4,
                                                     "min_pixels": 256, "max_pixels": 1024})
    processor = transformers.AutoImageProcessor.from_pretrained(folder, backend="pil")
    model = transformers.Qwen2VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    cases = []
    for question in (None, "Who is the enemy?"):
        for i in range(3):
            content = [{"type": "image"}, {"type": "text", "text": question or "Describe this image."}]
            prompt = tokenizer.apply_chat_template([{"role": "user", "content": content}], tokenize=False, add_generation_prompt=True)
            pixels = processor(Image.open(ROOT / "pictures" / f"{i}.png"), return_tensors="pt")
            places = int(pixels["image_grid_thw"].prod()) // 4
            ids = tokenizer(prompt.replace("<|image_pad|>", "<|image_pad|>" * places), return_tensors="pt")["input_ids"]
            kinds = (ids == image).to(torch.int64)
            out = model.generate(input_ids=ids, mm_token_type_ids=kinds, **pixels, max_new_tokens=12, do_sample=False)
            answer = tokenizer.decode(out[0, ids.shape[1]:], skip_special_tokens=True)
            cases.append({"task": "image-text-to-text", "input": f"{i}.png", "question": question,
                          "options": {"max_new_tokens": 12}, "output": answer})
    cases_of(folder, cases)


def retired():
    """Checkpoints only: `tasks_retired.py` asks for the answers."""
    tokenizer = gpt()
    encoder = transformers.ViTConfig(**SIZES, image_size=16, patch_size=8)
    decoder = transformers.GPT2Config(vocab_size=len(tokenizer), n_positions=32, n_embd=16, n_layer=2, n_head=4, bos_token_id=0,
                                      eos_token_id=0, is_decoder=True, add_cross_attention=True)
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        encoder, decoder, decoder_start_token_id=0, pad_token_id=0, eos_token_id=0)
    folder = make("caption-vit-gpt2", transformers.VisionEncoderDecoderModel(config), tokenizer, 23)
    transformers.ViTImageProcessor(size={"height": 16, "width": 16}).save_pretrained(folder)

    bert("BertForQuestionAnswering", 15, "answer-bert")
    roberta("RobertaForQuestionAnswering", 16, "answer-roberta")

    tokenizer = unigram()
    config = transformers.T5Config(
        vocab_size=len(tokenizer), d_model=16, d_kv=4, d_ff=32, num_layers=2, num_decoder_layers=2, num_heads=4,
        pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, tie_word_embeddings=True)
    folder = make("write-t5", transformers.T5ForConditionalGeneration(config), tokenizer, 17)
    more = {"summarization": {"prefix": "summarize: ", "max_length": 24, "min_length": 6, "num_beams": 2,
                              "length_penalty": 2.0, "no_repeat_ngram_size": 3, "early_stopping": True},
            "translation_en_to_de": {"prefix": "translate English to German: ", "max_length": 20, "num_beams": 2,
                                     "early_stopping": True}}
    edit(folder / "config.json", {"task_specific_params": more})

    tokenizer = byte_level()
    config = transformers.BartConfig(
        vocab_size=len(tokenizer), d_model=16, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=64, pad_token_id=1,
        bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, forced_bos_token_id=0, forced_eos_token_id=2)
    folder = make("write-bart", transformers.BartForConditionalGeneration(config), tokenizer, 18)
    edit(folder / "generation_config.json", {"max_length": 24, "min_length": 8, "num_beams": 3, "no_repeat_ngram_size": 3,
                                             "length_penalty": 2.0, "early_stopping": True})

    languages = ["en_XX", "de_DE", "ro_RO"]
    tokenizer = mbart(languages)
    config = transformers.MBartConfig(
        vocab_size=len(tokenizer), d_model=16, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=64, pad_token_id=1,
        bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=2, scale_embedding=True)
    folder = make("write-mbart", transformers.MBartForConditionalGeneration(config), tokenizer, 19)
    edit(folder / "generation_config.json", {"max_length": 22, "num_beams": 2, "early_stopping": True})


def mbart(languages):
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=kept("mbart", lambda: train_mbart(languages)), bos_token="<s>", eos_token="</s>",
        unk_token="<unk>", pad_token="<pad>", cls_token="<s>", sep_token="</s>", mask_token="<mask>",
        additional_special_tokens=languages, model_max_length=64, model_input_names=["input_ids", "attention_mask"])


def train_mbart(languages):
    """mBART-50's form: the language's token before a text, the end token behind it."""
    t = tokenizers.Tokenizer(models.Unigram())
    t.normalizer = normalizers.NFKC()
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=300, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], unk_token="<unk>"))
    t.add_special_tokens(languages + ["<mask>"])
    t.post_processor = processors.TemplateProcessing(
        single="en_XX $A </s>", pair="en_XX $A $B </s>", special_tokens=[("en_XX", t.token_to_id("en_XX")), ("</s>", 2)])
    t.decoder = decoders.Metaspace()
    return t


def edit(path, more):
    write_json(path, json.loads(path.read_text()) | more)


def main():
    pictures()
    asked()
    transcribe()
    retired()
    fill_mask()
    classify()
    tag()
    language_models()
    embed()
    write_versions(ROOT, tokenizers)


if __name__ == "__main__":
    main()
