"""Random valid configurations and inputs of the families that are not decoders alone, for `differential.py`."""

import torch

from common import generator, seen_prompts


def padded(r, g, vocab, pad, shortest=2, longest=9, batch=None):
    """Token ids with padding on either side, on both, or none; at least one token a row counts."""
    batch, length = batch or r.randint(1, 4), r.randint(shortest, longest)
    ids = torch.randint(0, vocab, (batch, length), generator=g)
    given = {"input_ids": ids}
    side = r.choice(["none", "left", "right", "mixed"])
    if side != "none":
        mask = torch.ones(batch, length, dtype=torch.int64)
        for row in range(batch):
            n = r.randint(0, length - 1)
            where = r.choice(["left", "right"]) if side == "mixed" else side
            if n and where == "left":
                mask[row, :n] = 0
            elif n:
                mask[row, length - n:] = 0
        ids[mask == 0] = pad if pad is not None and r.random() < 0.7 else 0
        given["attention_mask"] = mask
    return given


def heads_and_width(r, most=5):
    # a norm over one number is 0, over two it is ±1: rounding is all that is left, and texts tie
    heads = r.randint(1, most)
    return heads, heads * r.randint(4 if heads == 1 else 2 if heads < 3 else 1, 7)


def scattered(labels, g, share=0.3):
    labels[torch.rand(labels.shape, generator=g) < share] = -100
    labels.view(-1)[0] = labels.view(-1)[0].clamp(min=0)
    return labels


ACTIVATIONS = ["gelu", "gelu_new", "relu", "silu", "tanh", "quick_gelu", "relu2", "relu6", "leaky_relu", "gelu_10",
               "hardswish", "mish", "laplace", "sqrtsoftplus"]


def encoder(prefix, config_class, bert, types=True, embedding=False, extra=lambda r: {}, longest=9):
    """A family with BERT's heads; `bert` gives the config from common sizes."""
    names = ["MaskedLM", "SequenceClassification", "TokenClassification", "QuestionAnswering", "MultipleChoice"]

    def draw(r, g):
        heads, width = heads_and_width(r)
        vocab = r.randint(11, 90)
        pad = r.choice([0, 1, 3])
        config = bert(r, heads, width) | dict(vocab_size=vocab, pad_token_id=pad, max_position_embeddings=24,
                                              tie_word_embeddings=r.random() < 0.7) | extra(r)
        more = {"Bert": ["PreTraining", "NextSentencePrediction"], "Electra": ["PreTraining"],
                "Albert": ["PreTraining"], "BigBird": ["PreTraining"]}
        writers = {"Bert": ["LMHeadModel"]} | {n: ["ForCausalLM"] for n in ("Roberta", "XLMRoberta", "Camembert", "Electra")}
        head = r.choice(names + more.get(prefix, []) + writers.get(prefix, []))
        n = r.randint(2, 5)
        if head == "QuestionAnswering":
            n = 2
        config["num_labels"] = 2 if head == "PreTraining" else n
        if head == "MultipleChoice":
            flat = padded(r, g, vocab, pad, longest=longest, batch=2 * n)
            given = {k: t.view(2, n, -1) for k, t in flat.items()}
        else:
            given = padded(r, g, vocab, pad, longest=longest)
        ids = given["input_ids"]
        rows, shape = ids.shape[0], ids.shape
        if types and config.get("type_vocab_size", 1) > 1 and r.random() < 0.6:
            given["token_type_ids"] = torch.randint(0, config["type_vocab_size"], shape, generator=g)
        if r.random() < 0.2 and head != "MultipleChoice":
            given["position_ids"] = torch.arange(shape[-1])[None].expand(rows, -1) + r.randint(0, 5)
        one = lambda classes: torch.randint(0, classes, (rows,), generator=g)
        if head in ("LMHeadModel", "ForCausalLM"):
            given.pop("token_type_ids", None)
            given["labels"] = scattered(torch.randint(0, vocab, shape, generator=g), g)
            given["labels"][:, -1] = 1
            prompt = {"input_ids": torch.randint(4, vocab, (1, r.randint(1, 6)), generator=g)}
            return config_class, f"{prefix}{head}", config | {"is_decoder": True, "bos_token_id": 1, "eos_token_id": 2}, given, prompt
        if head == "MaskedLM" or head == "PreTraining" and prefix in ("Bert", "Albert", "BigBird"):
            given["labels"] = scattered(torch.randint(0, vocab, shape, generator=g), g)
        if head == "PreTraining":
            if prefix in ("Bert", "BigBird"):
                given["next_sentence_label"] = one(2)
            elif prefix == "Albert":
                given["sentence_order_label"] = one(2)
            else:
                given["labels"] = torch.randint(0, 2, shape, generator=g)
        if head == "NextSentencePrediction":
            given["labels"] = one(2)
        if head == "SequenceClassification":
            kind = r.choice([None, "regression", "multi_label_classification"])
            config["problem_type"] = kind
            given["labels"] = one(n) if kind is None else torch.rand(rows, n, generator=g)
        if head == "TokenClassification":
            given["labels"] = scattered(torch.randint(0, n, shape, generator=g), g)
        if head == "QuestionAnswering":
            given["start_positions"] = one(shape[1])
            given["end_positions"] = one(shape[1] + 3)
            given["end_positions"][0] = 0
        if head == "MultipleChoice":
            given["labels"] = one(n)
        return config_class, f"{prefix}For{head}", config, given, None

    return draw


def bert_like(r, heads, width):
    return dict(hidden_size=width, num_attention_heads=heads, num_hidden_layers=r.randint(1, 3),
                intermediate_size=r.randint(3, 30), hidden_act=r.choice(ACTIVATIONS), type_vocab_size=r.randint(1, 3),
                layer_norm_eps=r.choice([1e-12, 1e-5, 1e-3]))


def distilbert_like(r, heads, width):
    return dict(dim=width, n_heads=heads, n_layers=r.randint(1, 3), hidden_dim=r.randint(3, 30),
                activation=r.choice(["gelu", "relu"]))


def sequence_to_sequence(config_class, model_class, sizes):
    """An encoder-decoder over tokens."""
    def draw(r, g):
        vocab = r.randint(14, 80)
        pad = r.choice([0, 1])
        config = sizes(r) | dict(vocab_size=vocab, pad_token_id=pad, eos_token_id=2, decoder_start_token_id=r.choice([pad, 3]))
        given = padded(r, g, vocab, pad)
        batch = given["input_ids"].shape[0]
        length = r.randint(1, 7)
        labels = scattered(torch.randint(0, vocab, (batch, length), generator=g), g)
        labels[:, 0] = torch.randint(4, vocab, (batch,), generator=g)  # mBART starts from a row's last token
        prompt = dict(given)
        if r.random() < 0.6:
            given["decoder_input_ids"] = torch.randint(0, vocab, (batch, length), generator=g)
            if r.random() < 0.5:
                mask = torch.ones(batch, length, dtype=torch.int64)
                mask[0, r.randint(1, length):] = 0
                given["decoder_attention_mask"] = mask
        return config_class, model_class, config, given | {"labels": labels}, prompt

    return draw


def reading_pair(r, g):
    """Encoder-decoders that read: classes of texts and tokens, answers."""
    name = r.choice(["T5", "MT5", "Bart", "MBart", "LED"])
    kinds = {"T5": ["SequenceClassification", "TokenClassification", "QuestionAnswering"], "LED": ["QuestionAnswering"]}
    kinds["MT5"] = kinds["T5"]
    head = r.choice(kinds.get(name, ["SequenceClassification", "QuestionAnswering"]))
    vocab, pad, labels = r.randint(14, 80), r.choice([0, 1]), r.randint(1, 4)
    config = (t5_like(r) if name.endswith("T5") else bart_like(r)) | dict(
        vocab_size=vocab, pad_token_id=pad, eos_token_id=2, decoder_start_token_id=r.choice([pad, 3]))
    if name == "LED":
        config |= dict(attention_window=r.choice([4, 6, 8]), max_encoder_position_embeddings=24,
                       max_decoder_position_embeddings=24)
        del config["max_position_embeddings"], config["scale_embedding"]
    labels = 2 if head == "QuestionAnswering" else max(2, labels) if head == "TokenClassification" else labels
    # two are what the reference leaves out of its files, and BART then has three
    config["num_labels"] = labels = 3 if name == "Bart" and labels == 2 and head != "QuestionAnswering" else labels
    given = padded(r, g, vocab, pad)
    ids = given["input_ids"]
    rows, length = ids.shape
    if head == "SequenceClassification":
        ids[ids == 2] = 3
        for row in range(rows):
            for place in r.sample(range(length), min(2, length)):
                ids[row, place] = 2
        kind = r.choice([None, "regression", "multi_label_classification"])
        config["problem_type"] = kind
        one = kind is None and labels > 1
        given["labels"] = torch.randint(0, labels, (rows,), generator=g) if one else torch.rand(rows, labels, generator=g)
    elif head == "TokenClassification":
        given["labels"] = scattered(torch.randint(0, labels, (rows, length), generator=g), g)
    else:
        given["start_positions"] = torch.randint(0, length, (rows,), generator=g)
        given["end_positions"] = torch.randint(0, length + 3, (rows,), generator=g)
        given["end_positions"][0] = 0
    if head != "TokenClassification" and r.random() < 0.5:
        given["decoder_input_ids"] = torch.randint(0, vocab, (rows, length), generator=g)
        if r.random() < 0.5:
            mask = torch.ones(rows, length, dtype=torch.int64)
            mask[0, r.randint(1, length):] = 0
            given["decoder_attention_mask"] = mask
    return f"{name}Config", f"{name}For{head}", config, given, None


def t5_like(r):
    return dict(d_model=r.randint(4, 20), d_kv=r.randint(1, 7), d_ff=r.randint(2, 30), num_heads=r.randint(1, 4),
                num_layers=r.randint(1, 3), num_decoder_layers=r.choice([None, 1, 2, 3]),
                relative_attention_num_buckets=2 * r.randint(2, 7), relative_attention_max_distance=r.randint(9, 20),
                feed_forward_proj=r.choice(["relu", "gated-gelu", "gated-silu", "gelu"]),
                layer_norm_epsilon=r.choice([1e-6, 1e-3]), tie_word_embeddings=r.random() < 0.5)


def bart_like(r):
    encoder_heads, decoder_heads = r.randint(1, 3), r.randint(1, 3)
    return dict(d_model=encoder_heads * decoder_heads * 2 * r.randint(2, 3), encoder_layers=r.randint(1, 3),
                decoder_layers=r.randint(1, 3), encoder_attention_heads=encoder_heads,
                decoder_attention_heads=decoder_heads, encoder_ffn_dim=r.randint(2, 25),
                decoder_ffn_dim=r.randint(2, 25), max_position_embeddings=24, activation_function=r.choice(ACTIVATIONS),
                scale_embedding=r.random() < 0.5, forced_eos_token_id=None, bos_token_id=0)


def switch(r, g):
    def sizes(r):
        layers = r.randint(1, 4)
        decoder = layers if r.random() < 0.7 else r.randint(1, 4)
        return t5_like(r) | dict(num_layers=layers, num_decoder_layers=decoder, num_experts=r.randint(1, 4),
                                 expert_capacity=r.randint(1, 4), num_sparse_encoder_layers=r.randint(0, layers),
                                 num_sparse_decoder_layers=r.randint(0, decoder), router_bias=r.random() < 0.4,
                                 dense_act_fn=r.choice(["relu", "gelu_new"]), router_z_loss_coef=0.1,
                                 router_aux_loss_coef=0.3)

    drawn = sequence_to_sequence("SwitchTransformersConfig", "SwitchTransformersForConditionalGeneration", sizes)(r, g)
    config = drawn[2]
    del config["feed_forward_proj"]
    steps = [config["num_layers"] // (config["num_sparse_encoder_layers"] or 1),
             config["num_decoder_layers"] // (config["num_sparse_decoder_layers"] or 1)]
    if min(steps) > 1 and r.random() < 0.6:
        drawn[3]["output_router_logits"] = torch.tensor([1])
    if config["num_layers"] != config["num_decoder_layers"]:
        # the reference has no cache then, without which its experts have room for a text and not for each token
        return *drawn[:4], None
    return drawn


def led(r, g):
    def sizes(r):
        config = bart_like(r) | dict(attention_window=r.choice([4, 6, 8]), max_encoder_position_embeddings=24,
                                     max_decoder_position_embeddings=24)
        del config["max_position_embeddings"], config["scale_embedding"]
        return config

    drawn = sequence_to_sequence("LEDConfig", "LEDForConditionalGeneration", sizes)(r, g)
    if r.random() < 0.7:
        for given in drawn[3:]:
            marks = torch.rand(given["input_ids"].shape, generator=generator(r.randrange(2**31))) < 0.3
            given["global_attention_mask"] = marks.to(torch.int64)
    return drawn


def whisper(r, g):
    config = bart_like(r) | dict(vocab_size=r.randint(14, 60), pad_token_id=0, eos_token_id=2, bos_token_id=1,
                                 decoder_start_token_id=3, num_mel_bins=r.randint(1, 7),
                                 max_source_positions=r.randint(1, 9), max_target_positions=20,
                                 begin_suppress_tokens=None, suppress_tokens=None)
    config.pop("max_position_embeddings")
    batch, length = r.randint(1, 3), r.randint(1, 7)
    prompt = {"input_features": torch.randn(batch, config["num_mel_bins"], 2 * config["max_source_positions"], generator=g)}
    labels = scattered(torch.randint(0, config["vocab_size"], (batch, length), generator=g), g)
    return "WhisperConfig", "WhisperForConditionalGeneration", config, prompt | {"labels": labels}, prompt


def mamba(r, g):
    config = dict(vocab_size=r.randint(14, 80), hidden_size=r.randint(2, 20), state_size=r.randint(1, 6),
                  num_hidden_layers=r.randint(1, 3), expand=r.choice([1, 2, 3]), conv_kernel=r.randint(2, 5),
                  use_bias=r.random() < 0.5, use_conv_bias=r.random() < 0.7, hidden_act=r.choice(["silu", "gelu"]),
                  time_step_rank=r.choice(["auto", 1, 3]), tie_word_embeddings=r.random() < 0.5, pad_token_id=0,
                  eos_token_id=2, bos_token_id=1, layer_norm_epsilon=r.choice([1e-5, 1e-3]),
                  use_associative_scan=False)
    given = padded(r, g, config["vocab_size"], 0)
    labels = scattered(given["input_ids"].clone(), g)
    labels[:, -1] = given["input_ids"][:, -1]
    prompt = {"input_ids": torch.randint(3, config["vocab_size"], (1, r.randint(1, 6)), generator=g)}
    return "MambaConfig", "MambaForCausalLM", config, given | {"labels": labels}, prompt


def mamba2(r, g):
    groups, per = r.randint(1, 3), r.randint(1, 2)
    heads, head_dim = groups * per, 2 * r.randint(1, 4)
    expand = r.choice([1, 2])
    config = dict(vocab_size=r.randint(14, 80), hidden_size=heads * head_dim // expand, state_size=r.randint(1, 6),
                  num_hidden_layers=r.randint(1, 3), expand=expand, num_heads=heads, head_dim=head_dim, n_groups=groups,
                  conv_kernel=r.randint(2, 5), use_bias=r.random() < 0.5, use_conv_bias=r.random() < 0.7,
                  hidden_act=r.choice(["silu", "gelu"]), tie_word_embeddings=r.random() < 0.5, pad_token_id=0,
                  eos_token_id=2, bos_token_id=1, layer_norm_epsilon=r.choice([1e-5, 1e-3]),
                  chunk_size=r.choice([2, 3, 256]))
    if r.random() < 0.3:
        config["time_step_limit"] = (r.choice([0.0, 0.4]), r.choice([0.8, float("inf")]))
    given = padded(r, g, config["vocab_size"], 0)
    labels = scattered(given["input_ids"].clone(), g)
    labels[:, -1] = given["input_ids"][:, -1]
    prompt = {"input_ids": torch.randint(3, config["vocab_size"], (1, r.randint(1, 6)), generator=g)}
    return "Mamba2Config", "Mamba2ForCausalLM", config, given | {"labels": labels}, prompt


def jamba(r, g):
    kv = r.randint(1, 2)
    heads, layers = kv * r.randint(1, 2), r.randint(1, 4)
    attn, period = r.randint(0, layers - 1), r.randint(1, 3)
    # a norm over four numbers that are nearly 0 turns half a unit in the last place of a weight into 2e-4
    config = dict(vocab_size=r.randint(14, 80), hidden_size=4 * heads * r.randint(1, 3), intermediate_size=4 * r.randint(1, 6),
                  num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv,
                  hidden_act=r.choice(["silu", "silu", "gelu"]), attn_layer_offset=attn,
                  attn_layer_period=r.randint(attn + 1, 5), expert_layer_period=period,
                  expert_layer_offset=r.randint(0, period - 1), num_experts=r.randint(1, 4),
                  mamba_d_state=r.randint(6, 9), mamba_d_conv=r.randint(2, 5), mamba_expand=r.randint(1, 2),
                  mamba_dt_rank=r.randint(6, 9), mamba_conv_bias=r.random() < 0.7, mamba_proj_bias=r.random() < 0.5,
                  tie_word_embeddings=r.random() < 0.5, pad_token_id=0, bos_token_id=1, eos_token_id=2,
                  rms_norm_eps=r.choice([1e-5, 1e-3]), use_associative_scan=False, router_aux_loss_coef=0.3)
    config["num_experts_per_tok"] = r.randint(1, config["num_experts"])
    routed = config["num_experts"] > 1 and config["expert_layer_offset"] < layers
    config["output_router_logits"] = routed and r.random() < 0.5
    given = padded(r, g, config["vocab_size"], 0)
    labels = scattered(given["input_ids"].clone(), g)
    labels[:, -1] = given["input_ids"][:, -1]
    prompt = {"input_ids": torch.randint(3, config["vocab_size"], (1, r.randint(1, 6)), generator=g)}
    return "JambaConfig", "JambaForCausalLM", config, given | {"labels": labels}, prompt


def image(r, g, model_type, config, height, width, heads):
    n = r.randint(2, 5)
    config["num_labels"] = n
    batch = r.randint(1, 3)
    given = {"pixel_values": torch.randn(batch, config["num_channels"], height, width, generator=g)}
    head = r.choice(heads)
    if head == "ForImageClassification":
        given["labels"] = torch.randint(0, n, (batch,), generator=g)
    return f"{model_type}Config", model_type + head, config, given, None


def vit(model_type, heads):
    def draw(r, g):
        count, width = heads_and_width(r, 4)
        patch = r.randint(1, 4)
        side = patch * r.randint(1, 4)
        config = dict(hidden_size=width, num_attention_heads=count, num_hidden_layers=r.randint(1, 3),
                      intermediate_size=r.randint(2, 25), image_size=side, patch_size=patch,
                      num_channels=r.randint(1, 3), qkv_bias=r.random() < 0.6, hidden_act=r.choice(ACTIVATIONS),
                      layer_norm_eps=r.choice([1e-12, 1e-3]))
        return image(r, g, model_type, config, side, side, heads)

    return draw


def clip_sides(r):
    heads, width = heads_and_width(r, 3)
    patch = r.randint(1, 3)
    image = dict(model_type="clip_vision_model", hidden_size=width, num_hidden_layers=r.randint(1, 3),
                 num_attention_heads=heads, intermediate_size=r.randint(2, 20), image_size=patch * r.randint(1, 3),
                 patch_size=patch, num_channels=r.randint(1, 3), hidden_act=r.choice(ACTIVATIONS),
                 layer_norm_eps=r.choice([1e-5, 1e-3]))
    heads, width = heads_and_width(r, 3)
    text = dict(hidden_size=width, num_hidden_layers=r.randint(1, 3), num_attention_heads=heads, vocab_size=41,
                intermediate_size=r.randint(2, 20), max_position_embeddings=12, hidden_act=r.choice(ACTIVATIONS),
                eos_token_id=r.choice([40, 2]), bos_token_id=39, pad_token_id=1)
    return text, image


def clip(r, g):
    text, image = clip_sides(r)
    batch, length = r.randint(1, 3), r.randint(2, 9)
    ids = torch.randint(3, 39, (batch, length), generator=g)
    mask = torch.ones_like(ids)
    for row in range(batch):
        end = r.randint(1, length - 1)
        ids[row, end], ids[row, end + 1:], mask[row, end + 1:] = 40, 1, 0
    given = {"input_ids": ids, "pixel_values": torch.randn(batch, image["num_channels"], image["image_size"],
                                                           image["image_size"], generator=g)}
    if r.random() < 0.7:
        given["attention_mask"] = mask
    config = dict(text_config=text, vision_config=image, projection_dim=r.randint(2, 12),
                  logit_scale_init_value=r.choice([0.5, 2.6592]))
    return "CLIPConfig", "CLIPModel", config, given | {"return_loss": torch.tensor([True])}, None


def clip_text(r, g):
    text, _ = clip_sides(r)
    length = r.randint(2, 9)
    ids = torch.randint(3, 39, (r.randint(1, 3), length), generator=g)
    mask = torch.ones_like(ids)
    for row in range(len(ids)):
        end = r.randint(1, length - 1)
        ids[row, end], ids[row, end + 1:], mask[row, end + 1:] = 40, 1, 0
    given = {"input_ids": ids} | ({"attention_mask": mask} if r.random() < 0.7 else {})
    head = r.choice(["CLIPTextModel", "CLIPTextModelWithProjection"])
    return "CLIPTextConfig", head, text | {"projection_dim": r.randint(2, 12)}, given, None


def clip_vision(r, g):
    _, image = clip_sides(r)
    del image["model_type"]
    given = {"pixel_values": torch.randn(r.randint(1, 3), image["num_channels"], image["image_size"], image["image_size"],
                                         generator=g)}
    head = r.choice(["CLIPVisionModel", "CLIPVisionModelWithProjection"])
    return "CLIPVisionConfig", head, image | {"projection_dim": r.randint(2, 12)}, given, None


def caption(r, g):
    """An encoder of images with a GPT-2 that looks at it."""
    kind = r.choice(["ViT", "DeiT", "Swin"])
    _, _, seen, given, _ = swin(r, g) if kind == "Swin" else vit(kind, ["Model"])(r, g)
    given.pop("labels", None)
    heads = r.randint(1, 3)
    written = dict(model_type="gpt2", vocab_size=r.randint(14, 60), n_positions=24, n_embd=heads * r.randint(3, 7),
                   n_layer=r.randint(1, 3), n_head=heads, n_inner=r.choice([None, r.randint(5, 30)]), bos_token_id=1,
                   eos_token_id=2, is_decoder=True, add_cross_attention=True, attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0,
                   activation_function=r.choice(["gelu_new", "gelu", "relu"]))
    config = dict(encoder=seen | {"model_type": kind.lower()}, decoder=written, decoder_start_token_id=1, pad_token_id=0,
                  eos_token_id=2)
    batch = given["pixel_values"].shape[0]
    labels = scattered(torch.randint(0, written["vocab_size"], (batch, r.randint(1, 7)), generator=g), g)
    return "VisionEncoderDecoderConfig", "VisionEncoderDecoderModel", config, given | {"labels": labels}, given


def llava(r, g):
    _, image = clip_sides(r)
    kv = r.randint(1, 2)
    heads = kv * r.randint(1, 2)
    text = dict(model_type=r.choice(["llama", "mistral", "qwen2"]), vocab_size=r.randint(20, 60), hidden_size=4 * heads *
                r.randint(1, 3), intermediate_size=r.randint(5, 30), num_hidden_layers=r.randint(1, 3),
                num_attention_heads=heads, num_key_value_heads=kv, max_position_embeddings=96, pad_token_id=0,
                bos_token_id=1, eos_token_id=2, tie_word_embeddings=r.random() < 0.3)
    strategy = r.choice(["default", "full"])
    layer = r.choice([-1, -2, [0, -1]])  # the reference takes 0 alone for none
    config = dict(text_config=text, vision_config=image, image_token_index=text["vocab_size"] - 1,
                  vision_feature_layer=layer, vision_feature_select_strategy=strategy,
                  projector_hidden_act=r.choice(ACTIVATIONS), multimodal_projector_bias=r.random() < 0.7)
    patches = (image["image_size"] // image["patch_size"]) ** 2 + (strategy == "full")
    batch = r.randint(1, 3)
    counts = [r.randint(1, 2) for _ in range(batch)]
    rows = []
    for count in counts:
        row = []
        for _ in range(count):
            row += [r.randint(3, text["vocab_size"] - 2) for _ in range(r.randint(0, 3))]
            row += [text["vocab_size"] - 1] * patches
        rows.append(row + [r.randint(3, text["vocab_size"] - 2) for _ in range(r.randint(1, 4))])
    longest = max(map(len, rows))
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
    given = {"input_ids": ids, "attention_mask": mask, "pixel_values": torch.randn(
        sum(counts), image["num_channels"], image["image_size"], image["image_size"], generator=g)}
    labels = ids.masked_fill((mask == 0) | (ids == text["vocab_size"] - 1), -100)
    return "LlavaConfig", "LlavaForConditionalGeneration", config, given | {"labels": labels}, dict(given)


def qwen2_vl(r, g, newer=False):
    kv = r.randint(1, 2)
    heads, head_dim = kv * r.randint(1, 2), 2 * r.randint(3, 6)
    first, second = r.randint(1, head_dim // 2 - 2), 1
    layers, vocab = r.randint(1, 3), r.randint(20, 60)
    rope = {"rope_type": r.choice(["default", "linear"]), "factor": 2.0, "rope_theta": r.choice([1e6, 1e2]),
            "mrope_section": [first, second, head_dim // 2 - first - second]}
    text = dict(vocab_size=vocab, hidden_size=heads * head_dim, intermediate_size=r.randint(5, 30),
                num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv, rope_parameters=rope,
                max_position_embeddings=96, pad_token_id=0, bos_token_id=1, eos_token_id=2, use_sliding_window=r.random()
                < 0.4, sliding_window=r.choice([2, 5]), max_window_layers=r.randint(0, 2))
    merge, eyes = r.randint(1, 3), r.randint(1, 3)
    seen = dict(depth=r.randint(1, 3), embed_dim=eyes * 4 * r.randint(1, 3), hidden_size=text["hidden_size"],
                num_heads=eyes, mlp_ratio=r.randint(1, 3), in_channels=r.randint(1, 3), patch_size=r.randint(1, 3),
                spatial_merge_size=merge, temporal_patch_size=r.randint(1, 2), hidden_act=r.choice(ACTIVATIONS))
    if newer:
        seen |= dict(hidden_size=seen["embed_dim"], out_hidden_size=text["hidden_size"], intermediate_size=r.randint(3, 20),
                     window_size=merge * seen["patch_size"] * r.randint(1, 3), tokens_per_second=r.randint(1, 3),
                     fullatt_block_indexes=[i for i in range(seen["depth"]) if r.random() < 0.4])
        del seen["embed_dim"], seen["mlp_ratio"]
    config = dict(text_config=text, vision_config=seen, image_token_id=vocab - 1, video_token_id=vocab - 2,
                  vision_start_token_id=vocab - 3, vision_end_token_id=vocab - 4, tie_word_embeddings=r.random() < 0.3)
    rows, images, videos = [], [], []
    same = [1, merge * r.randint(1, 3), merge * r.randint(1, 3)] if r.random() < 0.3 else None
    for _ in range(r.randint(1, 3)):
        row = []
        for _ in range(r.randint(1, 2)):
            row += [r.randint(3, vocab - 5) for _ in range(r.randint(0, 3))] + [vocab - 3]
            if r.random() < 0.7:
                images.append(same or [1, merge * r.randint(1, 3), merge * r.randint(1, 3)])
                row.append(-1)
            else:
                videos.append([r.randint(1, 3), merge * r.randint(1, 2), merge * r.randint(1, 2)])
                row.append(-2)
            row.append(vocab - 4)
        rows.append(row + [r.randint(3, vocab - 5) for _ in range(r.randint(1, 4))])
    given = seen_prompts(rows, images, videos, merge, vocab - 1, vocab - 2)
    width = seen["in_channels"] * seen["temporal_patch_size"] * seen["patch_size"] ** 2
    for grids, pixels, name in ((images, "pixel_values", "image"), (videos, "pixel_values_videos", "video")):
        if grids:
            count = sum(t * h * w for t, h, w in grids)
            given |= {pixels: torch.randn(count, width, generator=g), f"{name}_grid_thw": torch.tensor(grids)}
    if newer and videos and r.random() < 0.6:
        given["second_per_grid_ts"] = torch.tensor([r.choice([0.5, 1.0, 1.75, 3.0]) for _ in videos])
    ids = given["input_ids"]
    labels = ids.masked_fill((given["attention_mask"] == 0) | (ids >= vocab - 2), -100)
    name = "Qwen2_5_VL" if newer else "Qwen2VL"
    return f"{name}Config", f"{name}ForConditionalGeneration", config, given | {"labels": labels}, dict(given)


def swin(r, g):
    depths = [r.randint(1, 3) for _ in range(r.randint(1, 3))]
    heads = [r.choice([1, 2]) for _ in depths]
    window = r.randint(2, 4)
    patch = r.randint(1, 3)
    # the coarsest map is at least as large as a window
    least = window * 2 ** (len(depths) - 1) * patch
    height, width = (least + r.randint(0, least) for _ in range(2))
    absolute = r.random() < 0.3
    if absolute:
        width = height = height // patch * patch
    config = dict(embed_dim=2 * r.randint(2, 5), depths=depths, num_heads=heads, window_size=window, patch_size=patch,
                  image_size=height if absolute else least, num_channels=r.randint(1, 3), mlp_ratio=r.choice([1.0, 2.0]),
                  qkv_bias=r.random() < 0.6, hidden_act=r.choice(ACTIVATIONS), layer_norm_eps=r.choice([1e-5, 1e-3]),
                  use_absolute_embeddings=absolute)
    return image(r, g, "Swin", config, height, width, ["ForImageClassification", "Model"])


def modernbert(r, g):
    def like(r, heads, width):
        return dict(hidden_size=2 * width, num_attention_heads=heads, num_hidden_layers=r.randint(1, 4),
                    intermediate_size=r.randint(3, 30), hidden_activation=r.choice(ACTIVATIONS),
                    classifier_activation=r.choice(ACTIVATIONS), classifier_pooling=r.choice(["cls", "mean"]),
                    norm_bias=r.random() < 0.5, attention_bias=r.random() < 0.5, mlp_bias=r.random() < 0.5,
                    classifier_bias=r.random() < 0.5, decoder_bias=r.random() < 0.7,
                    local_attention=2 * r.randint(1, 4), global_attn_every_n_layers=r.randint(1, 3),
                    bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2)

    drawn = encoder("ModernBert", "ModernBertConfig", like, types=False)(r, g)
    if drawn[1].endswith("MultipleChoice"):  # the mean of choices needs a mask
        drawn[3].setdefault("attention_mask", torch.ones_like(drawn[3]["input_ids"]))
    return drawn


def deberta(r, heads, width):
    more = {"embedding_size": r.randint(4, 20)} if r.random() < 0.3 else {}
    more |= {"conv_kernel_size": r.choice([1, 3, 5]), "conv_act": r.choice(["tanh", "gelu"])} if r.random() < 0.5 else {}
    return more | dict(
        hidden_size=width, num_attention_heads=heads, num_hidden_layers=r.randint(1, 3), intermediate_size=r.randint(3, 30),
        hidden_act=r.choice(ACTIVATIONS), type_vocab_size=r.randint(0, 2), layer_norm_eps=r.choice([1e-7, 1e-3]),
        relative_attention=r.random() < 0.85, max_relative_positions=r.choice([-1, 6, 12]),
        position_buckets=r.choice([-1, 4, 6, 8]), norm_rel_ebd=r.choice(["none", "layer_norm"]),
        share_att_key=r.random() < 0.5, pos_att_type=r.choice(["p2c|c2p", ["c2p"], ["p2c"], None, ["c2p", "p2c"]]),
        position_biased_input=r.random() < 0.5, legacy="embedding_size" in more or r.random() < 0.6, pooler_hidden_act=r.choice(["gelu", "tanh"]))


def longformer(r, g):
    def like(r, heads, width):
        layers = r.randint(1, 3)
        windows = [r.choice([4, 6, 8, 12]) for _ in range(layers)]
        # the reference fills up to the widest window, which has to be a multiple of the others
        windows = [w if max(windows) % w == 0 else max(windows) for w in windows]
        return bert_like(r, heads, width) | dict(num_hidden_layers=layers, sep_token_id=2, attention_window=r.choice(
            [windows, 4]))

    while True:
        cls, model, config, given, prompt = encoder("Longformer", "LongformerConfig", like)(r, g)
        ids = given["input_ids"]
        config["max_position_embeddings"] = 40
        if config["pad_token_id"] == 3 or model.endswith(("QuestionAnswering", "MultipleChoice")) or r.random() < 0.7:
            marks = torch.rand(ids.shape, generator=g) < r.choice([0.0, 0.2, 0.5])
            given["global_attention_mask"] = marks.to(torch.int64)
        return cls, model, config, given, prompt


def bigbird(r, g):
    def like(r, heads, width):
        return bert_like(r, heads, width) | dict(
            attention_type=r.choice(["block_sparse", "block_sparse", "original_full"]), block_size=r.randint(1, 3),
            num_random_blocks=r.randint(1, 2), use_bias=r.random() < 0.7, rescale_embeddings=r.random() < 0.4,
            sep_token_id=2)

    cls, model, config, given, prompt = encoder("BigBird", "BigBirdConfig", like, longest=25)(r, g)
    config["max_position_embeddings"] = 40
    config["type_vocab_size"] = max(2, config["type_vocab_size"])
    if model.endswith("QuestionAnswering"):
        given["input_ids"][:, 0] = 2
        given["question_lengths"] = torch.randint(1, 3, (given["input_ids"].shape[0], 1), generator=g)
        for name in ("start_positions", "end_positions"):
            given[name] = torch.zeros_like(given[name])
    return cls, model, config, given, prompt


def reading(r, g):
    """Decoders that read: classes of texts and tokens, answers, the stack alone."""
    kv = r.randint(1, 3)
    heads, kinds = kv * r.randint(1, 3), ["SequenceClassification", "TokenClassification", "QuestionAnswering"]
    name = r.choice(["Llama", "Mistral", "Qwen3", "GPT2", "GPTNeoX", "Bloom", "Mpt", "Falcon", "OPT", "Gemma", "Phi3"])
    missing = {"OPT": kinds[1:2], "Gemma": kinds[2:], "Phi3": kinds[2:],
               "Mpt": kinds[1:]}.get(name, [])
    head = r.choice([k for k in kinds if k not in missing] + ["Model"])
    vocab, width, layers, labels = r.randint(11, 60), heads * 4 * r.randint(1, 3), r.randint(1, 3), r.randint(1, 4)
    labels = 2 if head == "QuestionAnswering" else max(2, labels) if head == "TokenClassification" else labels
    sizes = {"GPT2": dict(n_embd=width, n_head=heads, n_layer=layers, n_positions=32),
             "Bloom": dict(hidden_size=width, n_head=heads, n_layer=layers),
             "Mpt": dict(d_model=width, n_heads=heads, n_layers=layers, max_seq_len=32),
             "OPT": dict(hidden_size=width, num_attention_heads=heads, num_hidden_layers=layers, ffn_dim=19,
                         max_position_embeddings=32, word_embed_proj_dim=r.choice([width, 10]))}
    config = sizes.get(name, dict(hidden_size=width, num_attention_heads=heads, num_hidden_layers=layers,
                                  intermediate_size=r.randint(5, 30), max_position_embeddings=32))
    if name in ("Llama", "Mistral", "Qwen3", "Phi3", "Gemma"):
        config["num_key_value_heads"] = kv
    if name in ("Qwen3", "Gemma"):
        config["head_dim"] = 6
    if name == "GPTNeoX":
        config["rope_parameters"] = {"rope_type": "default", "rope_theta": 1e4, "partial_rotary_factor": 0.5}
    if name == "Falcon":
        config |= dict(ffn_hidden_size=4 * width, multi_query=True)
        config.pop("intermediate_size")
    pad = r.choice([0, 1, 3])
    config |= dict(vocab_size=vocab, pad_token_id=pad, num_labels=labels, bos_token_id=1, eos_token_id=2)
    given = padded(r, g, vocab, pad)
    shape = given["input_ids"].shape
    if head == "SequenceClassification":
        given["labels"] = torch.rand(shape[0], generator=g) if labels == 1 else torch.randint(0, labels, shape[:1], generator=g)
    if head == "TokenClassification":
        given["labels"] = scattered(torch.randint(0, labels, shape, generator=g), g)
    if head == "QuestionAnswering":
        given["start_positions"] = torch.randint(0, shape[1], shape[:1], generator=g)
        given["end_positions"] = torch.randint(0, shape[1], shape[:1], generator=g)
    return f"{name}Config", f"{name}{'' if head == 'Model' else 'For'}{head}", config, given, None


DRAWS = {
    "big_bird": bigbird,
    "longformer": longformer,
    "deberta-v2": encoder("DebertaV2", "DebertaV2Config", deberta),
    "reading": reading,
    "bert": encoder("Bert", "BertConfig", bert_like),
    "roberta": encoder("Roberta", "RobertaConfig", bert_like),
    "xlm-roberta": encoder("XLMRoberta", "XLMRobertaConfig", bert_like),
    "camembert": encoder("Camembert", "CamembertConfig", bert_like),
    "electra": encoder("Electra", "ElectraConfig", bert_like, extra=lambda r: {"embedding_size": r.randint(4, 20)}),
    "distilbert": encoder("DistilBert", "DistilBertConfig", distilbert_like, types=False),
    "albert": encoder("Albert", "AlbertConfig", bert_like,
                      extra=lambda r: {"embedding_size": r.randint(4, 20), "num_hidden_layers": 3,
                                       "num_hidden_groups": r.randint(1, 3), "inner_group_num": r.randint(1, 2)}),
    "modernbert": modernbert,
    "t5": sequence_to_sequence("T5Config", "T5ForConditionalGeneration", t5_like),
    "mt5": sequence_to_sequence("MT5Config", "MT5ForConditionalGeneration", t5_like),
    "bart": sequence_to_sequence("BartConfig", "BartForConditionalGeneration", bart_like),
    "mbart": sequence_to_sequence("MBartConfig", "MBartForConditionalGeneration", bart_like),
    "pegasus": sequence_to_sequence("PegasusConfig", "PegasusForConditionalGeneration", bart_like),
    "marian": sequence_to_sequence("MarianConfig", "MarianMTModel", bart_like),
    "m2m_100": sequence_to_sequence("M2M100Config", "M2M100ForConditionalGeneration", bart_like),
    "led": led,
    "switch_transformers": switch,
    "whisper": whisper,
    "mamba": mamba,
    "mamba2": mamba2,
    "jamba": jamba,
    "vit": vit("ViT", ["ForImageClassification", "Model"]),
    "deit": vit("DeiT", ["ForImageClassification", "ForImageClassificationWithTeacher", "Model"]),
    "swin": swin,
    "clip": clip,
    "clip_text_model": clip_text,
    "clip_vision_model": clip_vision,
    "vision-encoder-decoder": caption,
    "reading_pair": reading_pair,
    "llava": llava,
    "qwen2_vl": qwen2_vl,
    "qwen2_5_vl": lambda r, g: qwen2_vl(r, g, newer=True),
}


def draw(family, seed, r):
    return DRAWS[family](r, generator(seed))
