"""Tiny random encoder-decoders: checkpoint, traced pass, gradients, by Hugging Face transformers.

    python encoder_decoders.py [CASE ...]
"""

import json
import sys

import safetensors.torch
import torch
import transformers

from common import HERE, generator, make_case, write_json, write_versions
from encoders import tokens

ROOT = HERE / "encoder_decoders"
B, T, U = 3, 7, 5


def t5(**more):
    base = dict(vocab_size=53, d_model=18, d_kv=5, d_ff=27, num_layers=2, num_heads=3, relative_attention_num_buckets=8,
                relative_attention_max_distance=6, decoder_start_token_id=0, pad_token_id=0, eos_token_id=1)
    return base | more


APART = dict(tie_word_embeddings=False, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=5, decoder_ffn_dim=5)


def bart(**more):
    base = dict(vocab_size=53, d_model=12, encoder_layers=2, decoder_layers=2, encoder_attention_heads=3,
                decoder_attention_heads=2, encoder_ffn_dim=17, decoder_ffn_dim=19, max_position_embeddings=16,
                pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=None)
    return base | more


def led(**more):
    more = bart(encoder_attention_heads=2, attention_window=4, max_encoder_position_embeddings=16,
                max_decoder_position_embeddings=16) | more
    del more["max_position_embeddings"]
    return more


def switch(**more):
    return t5(**dict(d_model=12, d_ff=13, num_experts=3, num_decoder_layers=2, num_layers=2, expert_capacity=2, num_sparse_encoder_layers=1,
                     num_sparse_decoder_layers=1, router_z_loss_coef=0.3, router_aux_loss_coef=0.2) | more)


def whisper(**more):
    base = dict(vocab_size=53, d_model=12, num_mel_bins=5, encoder_layers=2, decoder_layers=2,
                encoder_attention_heads=3, decoder_attention_heads=2, encoder_ffn_dim=17, decoder_ffn_dim=19,
                max_source_positions=6, max_target_positions=12, pad_token_id=0, bos_token_id=1, eos_token_id=2,
                decoder_start_token_id=3, begin_suppress_tokens=None, suppress_tokens=None)
    return base | more


def logits_bias(folder):
    """`final_logits_bias` is a buffer, which random parameters leave at 0."""
    path = folder / "model.safetensors"
    tensors = safetensors.torch.load_file(path)
    tensors["final_logits_bias"] = torch.randn(tensors["final_logits_bias"].shape, generator=generator(8)) * 0.5
    safetensors.torch.save_file(tensors, path, metadata={"format": "pt"})


def own_head(folder):
    """A head of its own in the file, which Hugging Face then does not tie."""
    path = folder / "model.safetensors"
    tensors = safetensors.torch.load_file(path)
    shared = tensors["shared.weight"]
    tensors["lm_head.weight"] = torch.randn(shared.shape, generator=generator(7)) * 0.3
    safetensors.torch.save_file(tensors, path, metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text())
    config.pop("scale_decoder_outputs", None)
    write_json(folder / "config.json", config | {"tie_word_embeddings": False})


# name -> (config class, model class, config, what is done to the folder after)
CASES = {
    "t5-tied": ("T5Config", "T5ForConditionalGeneration", t5(), None),
    "t5-gated": ("T5Config", "T5ForConditionalGeneration",
                 t5(feed_forward_proj="gated-gelu", tie_word_embeddings=False, num_decoder_layers=1, num_heads=2,
                    relative_attention_num_buckets=6, layer_norm_epsilon=1e-3, decoder_start_token_id=3), own_head),
    "t5-deep-decoder": ("T5Config", "T5ForConditionalGeneration",
                        t5(feed_forward_proj="gated-silu", num_layers=1, num_decoder_layers=3, d_kv=4), None),
    "t5-bare": ("T5Config", "T5Model", t5(), None),
    "t5-encoder": ("T5Config", "T5EncoderModel", t5(), None),
    "bart": ("BartConfig", "BartForConditionalGeneration", bart(), logits_bias),
    "bart-scaled": ("BartConfig", "BartForConditionalGeneration",
                    bart(scale_embedding=True, activation_function="relu", encoder_layers=1, decoder_layers=3), None),
    "bart-bare": ("BartConfig", "BartModel", bart(), None),
    # a table of words for each side
    "bart-untied": ("BartConfig", "BartForConditionalGeneration", bart(**APART), None),
    "m2m100-untied": ("M2M100Config", "M2M100ForConditionalGeneration", bart(**APART), None),
    "mbart": ("MBartConfig", "MBartForConditionalGeneration",
              bart(scale_embedding=True, decoder_start_token_id=None), logits_bias),
    "pegasus": ("PegasusConfig", "PegasusForConditionalGeneration",
                bart(pad_token_id=0, decoder_start_token_id=0, eos_token_id=1, activation_function="relu"), None),
    "marian": ("MarianConfig", "MarianMTModel",
               bart(pad_token_id=52, decoder_start_token_id=52, activation_function="silu", scale_embedding=True),
               logits_bias),
    "marian-two-vocabularies": ("MarianConfig", "MarianMTModel",
                                bart(pad_token_id=40, decoder_start_token_id=40, decoder_vocab_size=41,
                                     share_encoder_decoder_embeddings=False, tie_word_embeddings=True), None),
    "whisper": ("WhisperConfig", "WhisperForConditionalGeneration", whisper(), None),
    "whisper-other": ("WhisperConfig", "WhisperForConditionalGeneration",
                      whisper(scale_embedding=True, activation_function="relu", encoder_layers=1,
                              max_source_positions=7, tie_word_embeddings=False), None),
    "whisper-bare": ("WhisperConfig", "WhisperModel", whisper(), None),
    "led": ("LEDConfig", "LEDForConditionalGeneration", led(), logits_bias),
    "led-windows": ("LEDConfig", "LEDForConditionalGeneration",
                    led(attention_window=[4, 8], activation_function="relu", decoder_layers=1), None),
    "led-bare": ("LEDConfig", "LEDModel", led(), None),
    # an expert has room for two tokens of a text: others are dropped
    "switch": ("SwitchTransformersConfig", "SwitchTransformersForConditionalGeneration", switch(), None),
    "switch-all": ("SwitchTransformersConfig", "SwitchTransformersForConditionalGeneration",
                   switch(num_sparse_encoder_layers=2, num_sparse_decoder_layers=0, router_bias=True,
                          tie_word_embeddings=False, dense_act_fn="gelu_new", expert_capacity=1), None),
    "switch-bare": ("SwitchTransformersConfig", "SwitchTransformersModel", switch(), None),
    "t5-classes": ("T5Config", "T5ForSequenceClassification", t5(num_labels=3), None),
    "t5-tags": ("T5Config", "T5ForTokenClassification", t5(num_labels=4, feed_forward_proj="gated-gelu"), None),
    "t5-answers": ("T5Config", "T5ForQuestionAnswering", t5(num_decoder_layers=1), None),
    "mt5-classes": ("MT5Config", "MT5ForSequenceClassification", t5(feed_forward_proj="gated-gelu", num_labels=1), None),
    "bart-classes": ("BartConfig", "BartForSequenceClassification", bart(num_labels=3), None),
    "bart-several": ("BartConfig", "BartForSequenceClassification",
                     bart(num_labels=4, problem_type="multi_label_classification"), None),
    "bart-answers": ("BartConfig", "BartForQuestionAnswering", bart(), None),
    "mbart-classes": ("MBartConfig", "MBartForSequenceClassification", bart(num_labels=2), None),
    "mbart-answers": ("MBartConfig", "MBartForQuestionAnswering", bart(scale_embedding=True), None),
    "led-answers": ("LEDConfig", "LEDForQuestionAnswering", led(), None),
    "mt5": ("MT5Config", "MT5ForConditionalGeneration", t5(feed_forward_proj="gated-gelu"), None),
    "m2m100": ("M2M100Config", "M2M100ForConditionalGeneration", bart(scale_embedding=True, activation_function="relu",
                                                                      encoder_layers=1), None),
    "m2m100-bare": ("M2M100Config", "M2M100Model", bart(scale_embedding=False, pad_token_id=3, decoder_layers=1), None),
}


def reading(config, model_class, given, g):
    """What heads read that no text is written by: the decoder goes through the input, one token later, unless it is
    given a text of its own; classes come from the last of each row's end tokens."""
    ids, end = given["input_ids"], config.eos_token_id
    ids[ids == end] = end + 3
    for row, last in enumerate((T - 1, T - 2, T - 4)):
        ids[row, last] = ids[row, last - 2] = end
    labels = {"labels": torch.randint(0, config.num_labels, (B,), generator=g)}
    if config.problem_type == "multi_label_classification":
        labels = {"labels": torch.randint(0, 2, (B, config.num_labels), generator=g).float()}
    elif config.num_labels == 1:
        labels = {"labels": torch.randn(B, generator=g)}
    elif model_class.endswith("TokenClassification"):
        labels = {"labels": torch.randint(0, config.num_labels, (B, T), generator=g)}
    elif model_class.endswith("Answering"):
        labels = {"start_positions": torch.tensor([1, 4, T + 3]), "end_positions": torch.tensor([2, 4, 3])}
    variants = {"": given | labels}
    if not model_class.endswith("TokenClassification"):
        decoder_mask = torch.ones(B, T, dtype=torch.int64)
        decoder_mask[1, -2:] = 0
        variants["-decoder"] = given | labels | {
            "decoder_input_ids": torch.randint(3, config.vocab_size, (B, T), generator=g),
            "decoder_attention_mask": decoder_mask}
    return variants


def make(name, seed):
    config_class, model_class, config, after = CASES[name]
    torch.manual_seed(seed)
    config = getattr(transformers, config_class)(**config)
    model = getattr(transformers, model_class)(config)
    g = generator(seed + 1)
    vocab = config.vocab_size
    written = getattr(config, "decoder_vocab_size", None) or vocab
    given = tokens(vocab, g, types=0, pad=config.pad_token_id if config.pad_token_id < vocab else 0)
    if config.model_type == "led":
        given["global_attention_mask"] = torch.zeros_like(given["input_ids"])
        given["global_attention_mask"][0, 1] = given["global_attention_mask"][1, 3:5] = 1
    if config.model_type == "whisper":
        given = {"input_features": torch.randn(B, config.num_mel_bins, 2 * config.max_source_positions, generator=g)}
    if model_class.endswith(("Classification", "Answering")):
        make_case(ROOT / name, model, seed, reading(config, model_class, given, g), after,
                  **({} if model_class.endswith("TokenClassification") else {"use_cache": False}))
        return
    if model_class.endswith("EncoderModel"):
        make_case(ROOT / name, model, seed, {"": given}, after)
        return
    decoder_ids = torch.randint(3, written, (B, U), generator=g)
    decoder_mask = torch.ones(B, U, dtype=torch.int64)
    decoder_mask[1, -2:] = 0
    decoder_mask[2, :1] = 0
    both = given | {"decoder_input_ids": decoder_ids, "decoder_attention_mask": decoder_mask}
    labels = torch.randint(3, written, (B, U), generator=g)
    labels[1, -2:] = -100
    labels[0, 1] = -100
    if not model_class.endswith(("Model", "EncoderModel")) or model_class == "MarianMTModel":
        plain = {name: t for name, t in given.items() if not name.endswith("attention_mask")}
        variants = {"": both | {"labels": labels}, "-plain": plain | {"labels": labels}}
    else:
        variants = {"": both}
    if name.startswith("switch") or name == "led-windows" or name.endswith("-untied"):
        variants.pop("-plain", None)
    if name == "switch":
        variants["-routers"] = variants[""] | {"output_router_logits": torch.tensor([1])}
    make_case(ROOT / name, model, seed, variants, after, use_cache=False)


if __name__ == "__main__":
    # the number of a case is its seed: "mt5" keeps the one that it had before the heads came
    order = [name for name in CASES if not name.endswith(("-classes", "-tags", "-answers", "-several", "-untied"))]
    order += [name for name in CASES if name not in order and not name.endswith("-untied")]
    order += [name for name in CASES if name not in order]
    for number, case in enumerate(order):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make(case, 5000 + 10 * number)
    write_versions(ROOT)
