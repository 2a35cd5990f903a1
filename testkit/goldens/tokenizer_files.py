"""Vocabularies in every form but tokenizer.json, and what transformers and sentencepiece make of difficult texts.

`tokenizer_files/texts.json` is a list of texts; `CASE/` holds a small vocabulary learnt from them and the README, with
the files that say how it is used; `CASE/expected.json` is a list of {"ids", "plain" (without special tokens), "decoded"}
in the order of the texts.

    python tokenizer_files.py                               makes them
    python tokenizer_files.py --differential HEADWAY [N]    compares N characters (a million) a case with a running Headway;
                                                            `--only CASE …` some of the cases
"""

import base64
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
import tokenizers
import transformers
from tokenizers import models, pre_tokenizers, trainers

import common

FOLDER = common.HERE / "tokenizer_files"
SHARED = common.HERE.parents[2] / "shared" / "data"
TEXTS = [
    "", " ", "   ", "\n", "a", "  a  ", "Hello, world! It's 2026; they're here.", "don''t ``quote'' 's", "tabs\t\tand \t mixed \u00a0 nbsp\u2003em\u3000x",
    "line\nbreaks\r\n\n and  double   spaces ", "\u0001\u0007\u001b[31m\u007f\u0080", "naïve café e\u0301 Ünïcödé ß ǆ ª º ﬁ ①", "日本語のテキスト、中文文本，한국어", "😀👍🏽👨‍👩‍👧‍👦🇩🇪 text🙂", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠀀",
    "١٢٣ ½ ² Ⅷ 12345", "שלום עולם مرحبا हिन्दी ไทย", "\ufeffbom \u200b zero \u00adsoft \ufffd", "<s>special</s> <unk> <pad><mask> [CLS] [SEP][MASK] <|endoftext|> x", "<extra_id_0> and <extra_id_1>.", "▁under▁ ▁",
    "a" * 150, "supercalifragilistic" * 8, "public static void main(String[] args) {\n\tint x = 0x1F;\n}", "UPPER lower TiTle", "e.g. 3.14, 1,000 - (ok)!?", "trailing ", "Ġfake Ċ", "a<|endoftext|>b", "en_XX hello de_DE",
]  # fmt: skip
SPECIAL_BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def corpus():
    return [(common.HERE / "README.md").read_text(encoding="utf-8")[:9000], *[t for t in TEXTS if "<" not in t]]


def write(name, files):
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, content in files.items():
        (folder / file).write_text(content if isinstance(content, str) else json.dumps(content) + "\n", encoding="utf-8", newline="\n")
    return folder


def wordpiece():
    t = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=False)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(corpus(), trainers.WordPieceTrainer(vocab_size=420, special_tokens=SPECIAL_BERT, show_progress=False))
    vocab = sorted(t.get_vocab(), key=t.get_vocab().get)
    return "\n".join(vocab) + "\n"


def bpe(suffix="", special=()):
    t = tokenizers.Tokenizer(models.BPE(end_of_word_suffix=suffix) if suffix else models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(corpus(), trainers.BpeTrainer(
        vocab_size=700 if suffix else 450, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **({"end_of_word_suffix": suffix} if suffix else {})))
    model = json.loads(t.to_str())["model"]
    vocab = dict(sorted(model["vocab"].items(), key=lambda e: e[1]))
    for token in special:
        vocab[token] = len(vocab)
    merges = "#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in model["merges"])
    return vocab, merges


def spm(folder, name, **options):
    text = folder / "corpus.txt"
    text.write_text("\n".join(line for t in corpus() for line in t.split("\n") if line.strip()), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(folder / "m"), hard_vocab_limit=False, character_coverage=0.98, minloglevel=2, num_threads=1,
        **({"normalization_rule_name": "identity", "vocab_size": 400} | options))
    # What the trainer was told includes where files lay.
    model = sentencepiece_model_pb2.ModelProto.FromString((folder / "m.model").read_bytes())
    model.trainer_spec.ClearField("input")
    model.trainer_spec.ClearField("model_prefix")
    (folder / "m.model").unlink()
    (folder / name).write_bytes(model.SerializeToString())
    (folder / "m.vocab").unlink()
    text.unlink()


def make():
    shutil.rmtree(FOLDER, ignore_errors=True)
    vocab = wordpiece()
    write("bert", {"vocab.txt": vocab, "tokenizer_config.json": {"tokenizer_class": "BertTokenizer"}})
    write("bert-cased", {"vocab.txt": vocab, "tokenizer_config.json": {
        "tokenizer_class": "BertTokenizer", "do_lower_case": False, "tokenize_chinese_chars": False, "strip_accents": True, "model_max_length": 512}})
    vocab, merges = bpe(special=["<|endoftext|>"])
    write("gpt2", {"vocab.json": vocab, "merges.txt": merges, "tokenizer_config.json": {"tokenizer_class": "GPT2Tokenizer"}})
    vocab, merges = bpe(special=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    write("roberta", {"vocab.json": vocab, "merges.txt": merges, "config.json": {"model_type": "roberta"}, "tokenizer_config.json": {"mask_token": {
        "content": "<mask>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False, "__type": "AddedToken"}, "tokenizer_class": "RobertaTokenizer"}})
    vocab, merges = bpe(special=["<|endoftext|>", "<|im_start|>"])
    write("qwen2", {"vocab.json": vocab, "merges.txt": merges, "tokenizer_config.json": {"tokenizer_class": "Qwen2Tokenizer", "additional_special_tokens": ["<|im_start|>"]}})
    vocab, merges = bpe("</w>", ["<|startoftext|>", "<|endoftext|>"])
    write("clip", {"vocab.json": vocab, "merges.txt": merges, "tokenizer_config.json": {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77}})
    cases = {
        "plain-unigram": ("m.model", None, {}), "plain-bpe": ("m.model", None, {"model_type": "bpe", "byte_fallback": True, "vocab_size": 600}),
        "plain-spaces": ("m.model", None, {"model_type": "unigram", "remove_extra_whitespaces": False, "add_dummy_prefix": False, "byte_fallback": True, "vocab_size": 600, "user_defined_symbols": ["<|endoftext|>"]}),
        "plain-symbols": ("m.model", None, {"byte_fallback": True, "vocab_size": 600, "user_defined_symbols": ["日本", "▁under", "lo", "00"], "unk_surface": " <?> ", "control_symbols": ["hello"]}),
        "plain-bpe-symbols": ("m.model", None, {"model_type": "bpe", "split_digits": True, "add_dummy_prefix": False, "user_defined_symbols": ["<mask>", "00", "an"], "unk_surface": "?"}),
        "plain-char": ("m.model", None, {"model_type": "char", "vocab_size": 60}),
        "plain-char-symbols": ("m.model", None, {"model_type": "char", "vocab_size": 90, "remove_extra_whitespaces": False, "add_dummy_prefix": False, "byte_fallback": False, "user_defined_symbols": ["<mask>", "00", "an"], "unk_surface": "?"}),
        "plain-nfkc": ("m.model", None, {"normalization_rule_name": "nmt_nfkc_cf", "byte_fallback": True, "vocab_size": 700, "user_defined_symbols": ["\u2460", "\uff21B", "Ti"]}),
        "t5": ("spiece.model", "T5Tokenizer", {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}), "xlmr": ("sentencepiece.bpe.model", "XLMRobertaTokenizer", {}),
        "mbart": ("sentencepiece.bpe.model", "MBartTokenizer", {}), "camembert": ("sentencepiece.bpe.model", "CamembertTokenizer", {}),
        "albert": ("spiece.model", "AlbertTokenizer", {"user_defined_symbols": ["[CLS]", "[SEP]", "[MASK]"], "pad_id": 0, "unk_id": 1, "bos_id": -1, "eos_id": -1}),
        "deberta-v2": ("spm.model", "DebertaV2Tokenizer", {"pad_id": 0, "pad_piece": "[PAD]", "bos_id": 1, "bos_piece": "[CLS]", "eos_id": 2, "eos_piece": "[SEP]", "unk_id": 3, "unk_piece": "[UNK]"}),
        "bigbird": ("spiece.model", "BigBirdTokenizer", {"pad_id": 0, "eos_id": 1, "bos_id": 2, "unk_id": 3, "user_defined_symbols": ["[CLS]", "[SEP]", "[MASK]"]}),
        "xlnet": ("spiece.model", "XLNetTokenizer", {"unk_id": 0, "bos_id": 1, "eos_id": 2, "control_symbols": ["<cls>", "<sep>"], "user_defined_symbols": ["<pad>", "<mask>", "<eod>", "<eop>"]}),
        "llama": ("tokenizer.model", "LlamaTokenizer", {"model_type": "bpe", "byte_fallback": True, "vocab_size": 600, "add_bos_token": True}),
    }  # fmt: skip
    for name, (file, tokenizer_class, options) in cases.items():
        config = {"tokenizer_class": tokenizer_class}
        if name == "llama":
            config |= {"add_bos_token": options.pop("add_bos_token"), "add_eos_token": False}
        folder = write(name, {"tokenizer_config.json": config} if tokenizer_class else {})
        spm(folder, file, **options)
    folder = write("marian", {"tokenizer_config.json": {"tokenizer_class": "MarianTokenizer", "source_lang": "en", "target_lang": "de"}})
    spm(folder, "source.spm")
    spm(folder, "target.spm", vocab_size=300)
    pieces = {"</s>": 0, "<unk>": 1}
    for file in ("source.spm", "target.spm"):
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / file))
        for i in range(3, len(model)):
            pieces.setdefault(model.id_to_piece(i), len(pieces))
    for extra in (">>fra<<", "<pad>"):
        pieces[extra] = len(pieces)
    (folder / "vocab.json").write_text(json.dumps(pieces) + "\n")
    m2m100()
    ranks, _ = bpe()
    decode = {c: b for b, c in enumerate_bytes().items()}
    lines = [base64.b64encode(bytes(decode[c] for c in token)).decode() + f" {rank}\n" for token, rank in ranks.items()]
    folder = write("tiktoken", {})
    (folder / "gpt2.tiktoken").write_text("".join(lines))
    folder = write("tiktoken-cl100k", {})
    (folder / "ranks.tiktoken").write_text("".join(lines))


def m2m100():
    """Some pieces have no number: they are unknown."""
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    languages = [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    folder = write("m2m100", {"tokenizer_config.json": {"tokenizer_class": "M2M100Tokenizer", "src_lang": "fr",
                                                        "additional_special_tokens": languages}})
    spm(folder, "sentencepiece.bpe.model", model_type="bpe")
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    pieces = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
    for i in range(len(model) - 1, 2, -1):
        if i % 17:
            pieces.setdefault(model.id_to_piece(i), len(pieces))
    (folder / "vocab.json").write_text(json.dumps(pieces) + "\n")


def enumerate_bytes():
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    return bytes_to_unicode()


def reference(folder):
    """(encode(text, special), decode(ids)) by the library that knows this form best."""
    files = {f.name for f in folder.iterdir()}
    if "m.model" in files or folder.suffix == ".model":
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "m.model"))
        return (lambda text, special: model.encode(text)), model.decode
    if any(f.endswith(".tiktoken") for f in files):
        import tiktoken
        from tiktoken.load import load_tiktoken_bpe

        file = next(f for f in files if f.endswith(".tiktoken"))
        gpt2 = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
        cl100k = transformers.convert_slow_tokenizer.TikTokenConverter.__init__.__defaults__[1]
        ranks = load_tiktoken_bpe(str(folder / file))
        t = tiktoken.Encoding("t", pat_str=gpt2 if file in ("gpt2.tiktoken", "multilingual.tiktoken") else cl100k, mergeable_ranks=ranks, special_tokens={})
        return (lambda text, special: t.encode_ordinary(text)), t.decode
    t = transformers.AutoTokenizer.from_pretrained(folder)
    return (lambda text, special: t(text, add_special_tokens=special)["input_ids"]), lambda ids: t.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)


# What the table changes, with marks behind it that it does not know, and pieces of users that it would change.
MARKS = ["T\u0353:", "e\u0301 e\u0353 E\u0301\u0353", "'T\u08211", "\u01a2\u0326 x", "\u2460\u2461\u2460\u0353", "\uff21B \uff21b Ti TI\u0353", "\u0149\u08e3e", "\ufb01\u0353\u3000\u3000A", "", "\u00ad", "\u212b\u030a\u0353"]  # fmt: skip


def marks():
    encode, decode = reference(FOLDER / "plain-nfkc")
    common.write_json(FOLDER / "plain-nfkc" / "marks.json", [{"text": t, "ids": encode(t, True)} for t in MARKS], lines=True)


def expected():
    common.write_json(FOLDER / "texts.json", TEXTS, lines=True)
    for folder in sorted(f for f in FOLDER.iterdir() if f.is_dir()):
        encode, decode = reference(folder)
        rows = []
        for text in TEXTS:
            ids, plain = encode(text, True), encode(text, False)
            rows.append({"ids": ids, "plain": plain, "decoded": decode(ids)})
        common.write_json(folder / "expected.json", rows, lines=True)
    common.write_versions(FOLDER, tokenizers, sentencepiece)


def long_texts(count):
    """Lines of real text with every kind of character between."""
    r = random.Random(7)
    files = [f for f in (SHARED / "text").glob("*.txt")] if SHARED.exists() else []
    real = [line for f in files for line in f.read_text(encoding="utf-8").split("\n")] or corpus()
    made = 0
    while made < count:
        kind = r.random()
        if kind < 0.5:
            text = " ".join(r.choice(real) for _ in range(r.randint(1, 3)))
        elif kind < 0.6:
            text = r.choice(TEXTS) + r.choice([" ", "", "\n"]) + r.choice(TEXTS)
        else:
            def char():
                k = r.random()
                if k < 0.5:
                    return r.choice("aeinst EIST  \n\t.,012'-_<|>é")
                while True:
                    c = r.choice([r.randrange(0x20, 0x250), r.randrange(0x250, 0x3000), r.randrange(0x3000, 0xD800), r.randrange(0x1F300, 0x1FA00)])
                    import unicodedata

                    if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co"):
                        return chr(c)

            text = "".join(char() for _ in range(r.randint(1, 60)))
        made += len(text)
        yield text


def differential(headway, count):
    cases = [f for f in sorted(FOLDER.iterdir()) if f.is_dir()]
    extra = Path(tempfile.mkdtemp())
    if SHARED.exists():
        for name, file, to in [("sentencepiece-test.model", "m.model", "shared-unigram"), ("gpt2.tiktoken", "gpt2.tiktoken", "shared-gpt2"),
                               ("multilingual.tiktoken", "multilingual.tiktoken", "shared-multilingual")]:
            (extra / to).mkdir(parents=True)
            shutil.copy(SHARED / "tokenizer" / name, extra / to / file)
            cases.append(extra / to)
        folder = extra / "shared-xlmr"
        folder.mkdir()
        shutil.copy(SHARED / "tokenizer" / "sentencepiece-test.model", folder / "sentencepiece.bpe.model")
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "XLMRobertaTokenizer"}))
        cases.append(folder)
    only = sys.argv[sys.argv.index("--only") + 1:] if "--only" in sys.argv else None
    cases = [c for c in cases if only is None or c.name in only]
    texts = list(long_texts(count))
    lines = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    for case in cases:
        encode, _ = reference(case)
        single = next((f for f in case.iterdir() if f.name == "m.model" or f.suffix == ".tiktoken"), case)
        run = subprocess.run([headway, "tokenize", str(single), "--json"], input=lines.encode(), capture_output=True)
        if run.returncode:
            print(f"{case.name:<22} FAILED {run.stderr.decode()[-300:]}")
            continue
        got = [json.loads(line)["ids"] for line in run.stdout.decode().split("\n") if line]
        bad = [(t, g, encode(t, True)) for t, g in zip(texts, got, strict=True) if g != encode(t, True)]
        print(f"{case.name:<22} {len(texts)} texts, {sum(map(len, texts))} characters, {len(bad)} differ", flush=True)
        for t, g, w in bad[:2]:
            print("   ", repr(t[:120]), "\n      headway  ", g[:30], "\n      reference", w[:30])


if __name__ == "__main__":
    if "--differential" in sys.argv:
        at = sys.argv.index("--differential")
        differential(sys.argv[at + 1], int(sys.argv[at + 2]) if len(sys.argv) > at + 2 else 1_000_000)
    else:
        make()
        expected()
        marks()
