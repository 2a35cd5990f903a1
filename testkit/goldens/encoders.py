"""Tiny random encoders with each of their heads: checkpoint, traced pass and gradients, by Hugging Face transformers.

    python encoders.py [CASE ...]
"""

import json
import sys

import torch
import transformers

from common import HERE, generator, make_case, write_json, write_versions

ROOT = HERE / "encoders"
B, T = 3, 7


def tokens(vocab, g, pad=0, types=2, batch=B, length=T):
    """Row 0 whole, row 1 padded on the left by 2, row 2 on the right by 3."""
    ids = torch.randint(3, vocab, (batch, length), generator=g)
    mask = torch.ones(batch, length, dtype=torch.int64)
    mask[1, :2] = 0
    mask[2, -3:] = 0
    ids[mask == 0] = pad
    given = {"input_ids": ids, "attention_mask": mask}
    if types:
        given["token_type_ids"] = torch.randint(0, types, (batch, length), generator=g)
    return given


def token_labels(given, classes, g):
    labels = torch.randint(0, classes, given["input_ids"].shape, generator=g)
    labels[given["attention_mask"] == 0] = -100
    labels[0, 3] = -100
    return labels


def labels(kind, given, vocab, classes, g):
    """Labels of a head; `kind` is the end of its class's name, or `kind:variant`."""
    rows = given["input_ids"].shape[0]
    return {
        "MaskedLM": lambda: {"labels": token_labels(given, vocab, g)},
        "CausalLM": lambda: {"labels": token_labels(given, vocab, g)},
        "PreTraining": lambda: {"labels": token_labels(given, vocab, g),
                                "next_sentence_label": torch.randint(0, 2, (rows,), generator=g)},
        "Discriminator": lambda: {"labels": torch.randint(0, 2, given["input_ids"].shape, generator=g)},
        "NextSentencePrediction": lambda: {"labels": torch.randint(0, 2, (rows,), generator=g)},
        "SentenceOrder": lambda: {"labels": token_labels(given, vocab, g),
                                  "sentence_order_label": torch.randint(0, 2, (rows,), generator=g)},
        "SequenceClassification": lambda: {"labels": torch.randint(0, classes, (rows,), generator=g)},
        "regression": lambda: {"labels": torch.randn(rows, generator=g)},
        "regression-many": lambda: {"labels": torch.randn(rows, classes, generator=g)},
        "multi-label": lambda: {"labels": torch.randint(0, 2, (rows, classes), generator=g).float()},
        "TokenClassification": lambda: {"labels": token_labels(given, classes, g)},
        "QuestionAnswering": lambda: {"start_positions": torch.tensor([1, 2, 0]), "end_positions": torch.tensor([4, 5, 99])},
        "MultipleChoice": lambda: {"labels": torch.tensor([1, 0])},
        "bare": lambda: {},
    }[kind]()


def choices(vocab, g, types, length=T):
    given = tokens(vocab, g, types=types, batch=4, length=length)
    return {name: t.view(2, 2, -1) for name, t in given.items()}


def bert(**more):
    base = dict(vocab_size=53, hidden_size=20, num_hidden_layers=2, num_attention_heads=4, intermediate_size=27,
                max_position_embeddings=12, type_vocab_size=3, hidden_dropout_prob=0.1)
    return base | more


def roberta(**more):
    return bert(**dict(pad_token_id=1, bos_token_id=0, eos_token_id=2, max_position_embeddings=14, type_vocab_size=2)
                | more)


def distilbert(**more):
    base = dict(vocab_size=53, dim=20, n_layers=2, n_heads=4, hidden_dim=27, max_position_embeddings=12)
    return base | more


def albert(**more):
    return bert(**dict(embedding_size=11) | more)


def modernbert(**more):
    """Windows of one token to either side in two of three blocks."""
    base = dict(vocab_size=53, hidden_size=24, num_hidden_layers=3, num_attention_heads=3, intermediate_size=19,
                max_position_embeddings=32, local_attention=3, global_attn_every_n_layers=3, pad_token_id=0,
                bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2)
    return base | more


def small_modernbert(**more):
    return modernbert(**dict(vocab_size=29, hidden_size=12, num_hidden_layers=2, intermediate_size=7) | more)


def deberta(**more):
    """As v3 is: buckets of distances (here from distance 2 on), normed; keys and queries of distances shared."""
    base = dict(vocab_size=53, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=19,
                max_position_embeddings=12, relative_attention=True, position_buckets=4, norm_rel_ebd="layer_norm",
                share_att_key=True, pos_att_type="p2c|c2p", position_biased_input=False, type_vocab_size=0)
    return base | more


def longformer(**more):
    return bert(**dict(pad_token_id=1, bos_token_id=0, eos_token_id=2, sep_token_id=2, max_position_embeddings=24,
                       type_vocab_size=2, attention_window=4, hidden_size=16, intermediate_size=19) | more)


def all_seeing(given):
    """Rows with two, one and no tokens that see all."""
    marks = torch.zeros_like(given["input_ids"])
    marks[0, 1], marks[0, 5], marks[1, 3] = 1, 1, 1
    given["global_attention_mask"] = marks


def separated(given):
    """Three separators in each row."""
    ids = given["input_ids"]
    ids[ids == 2] = 3
    ids[..., 2], ids[..., 3], ids[..., 4 if ids.ndim == 2 else -1] = 2, 2, 2


def bigbird(**more):
    return bert(**dict(pad_token_id=0, sep_token_id=2, max_position_embeddings=24, type_vocab_size=2, hidden_size=16,
                       intermediate_size=19, block_size=2, num_random_blocks=1) | more)


def asked(given):
    """A question of two tokens before the separator; the answers of the test lie behind it, or at the first token."""
    given["input_ids"][:, 2] = 2
    given["start_positions"], given["end_positions"] = torch.tensor([4, 5, 0]), torch.tensor([6, 3, 99])


def llama(**more):
    base = dict(vocab_size=53, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                intermediate_size=19, max_position_embeddings=32)
    return base | more


def gpt2(**more):
    return dict(vocab_size=53, n_embd=16, n_layer=2, n_head=4, n_positions=24) | more


# name -> (config class, model class, config, kind of labels, types of tokens, what is done to the folder after)
CASES = {
    "bert-masked": ("BertConfig", "BertForMaskedLM", bert(), "MaskedLM", 3, None),
    "bert-masked-untied": ("BertConfig", "BertForMaskedLM",
                           bert(tie_word_embeddings=False, hidden_act="gelu_new", pad_token_id=None,
                                layer_norm_eps=1e-3, num_attention_heads=1), "MaskedLM", 0, None),
    "bert-pretraining": ("BertConfig", "BertForPreTraining", bert(hidden_act="relu"), "PreTraining", 3, None),
    "bert-next": ("BertConfig", "BertForNextSentencePrediction", bert(), "NextSentencePrediction", 3, None),
    "bert-sequence": ("BertConfig", "BertForSequenceClassification", bert(num_labels=5), "SequenceClassification", 3,
                      None),
    "bert-regression": ("BertConfig", "BertForSequenceClassification", bert(num_labels=1), "regression", 0, None),
    "bert-regression-many": ("BertConfig", "BertForSequenceClassification",
                             bert(num_labels=3, problem_type="regression"), "regression-many", 0, None),
    "bert-multi-label": ("BertConfig", "BertForSequenceClassification", bert(num_labels=4), "multi-label", 0, None),
    "bert-tokens": ("BertConfig", "BertForTokenClassification", bert(num_labels=6), "TokenClassification", 3, None),
    "bert-answers": ("BertConfig", "BertForQuestionAnswering", bert(), "QuestionAnswering", 3, None),
    "bert-choices": ("BertConfig", "BertForMultipleChoice", bert(), "MultipleChoice", 3, None),
    "bert-bare": ("BertConfig", "BertModel", bert(), "bare", 3, None),
    "roberta-masked": ("RobertaConfig", "RobertaForMaskedLM", roberta(hidden_act="gelu_new"), "MaskedLM", 0, None),
    "roberta-sequence": ("RobertaConfig", "RobertaForSequenceClassification", roberta(num_labels=3),
                         "SequenceClassification", 2, None),
    "roberta-choices": ("RobertaConfig", "RobertaForMultipleChoice", roberta(), "MultipleChoice", 2, None),
    "xlm-roberta-tokens": ("XLMRobertaConfig", "XLMRobertaForTokenClassification", roberta(num_labels=4),
                           "TokenClassification", 0, None),
    "xlm-roberta-answers": ("XLMRobertaConfig", "XLMRobertaForQuestionAnswering", roberta(), "QuestionAnswering", 0,
                            None),
    "xlm-roberta-masked": ("XLMRobertaConfig", "XLMRobertaForMaskedLM", roberta(tie_word_embeddings=False), "MaskedLM",
                           0, None),
    "roberta-bare": ("RobertaConfig", "RobertaModel", roberta(), "bare", 2, None),
    "electra-discriminator": ("ElectraConfig", "ElectraForPreTraining", bert(embedding_size=11), "Discriminator", 3,
                              None),
    "electra-generator": ("ElectraConfig", "ElectraForMaskedLM", bert(embedding_size=11, hidden_act="relu"), "MaskedLM",
                          3, None),
    "electra-sequence": ("ElectraConfig", "ElectraForSequenceClassification", bert(embedding_size=20, num_labels=4),
                         "SequenceClassification", 3, None),
    "electra-tokens": ("ElectraConfig", "ElectraForTokenClassification", bert(embedding_size=11, num_labels=5),
                       "TokenClassification", 0, None),
    "electra-answers": ("ElectraConfig", "ElectraForQuestionAnswering", bert(embedding_size=11), "QuestionAnswering", 0,
                        None),
    "electra-choices": ("ElectraConfig", "ElectraForMultipleChoice", bert(embedding_size=11), "MultipleChoice", 3,
                        None),
    "electra-bare": ("ElectraConfig", "ElectraModel", bert(embedding_size=11), "bare", 0, None),
    "distilbert-masked": ("DistilBertConfig", "DistilBertForMaskedLM", distilbert(activation="relu"), "MaskedLM", 0,
                          None),
    "distilbert-sequence": ("DistilBertConfig", "DistilBertForSequenceClassification", distilbert(num_labels=3),
                            "SequenceClassification", 0, None),
    "distilbert-tokens": ("DistilBertConfig", "DistilBertForTokenClassification", distilbert(num_labels=3),
                          "TokenClassification", 0, None),
    "distilbert-answers": ("DistilBertConfig", "DistilBertForQuestionAnswering", distilbert(), "QuestionAnswering", 0,
                           None),
    "distilbert-choices": ("DistilBertConfig", "DistilBertForMultipleChoice", distilbert(), "MultipleChoice", 0, None),
    "distilbert-bare": ("DistilBertConfig", "DistilBertModel", distilbert(), "bare", 0, None),
    "albert-pretraining": ("AlbertConfig", "AlbertForPreTraining", albert(), "SentenceOrder", 3, None),
    "albert-masked": ("AlbertConfig", "AlbertForMaskedLM",
                      albert(num_hidden_layers=3, num_hidden_groups=2, inner_group_num=2, hidden_act="relu"), "MaskedLM",
                      3, None),
    "albert-sequence": ("AlbertConfig", "AlbertForSequenceClassification", albert(num_labels=3),
                        "SequenceClassification", 3, None),
    "albert-tokens": ("AlbertConfig", "AlbertForTokenClassification", albert(num_labels=3), "TokenClassification", 0,
                      None),
    "albert-answers": ("AlbertConfig", "AlbertForQuestionAnswering", albert(), "QuestionAnswering", 0, None),
    "albert-choices": ("AlbertConfig", "AlbertForMultipleChoice", albert(), "MultipleChoice", 3, None),
    "albert-bare": ("AlbertConfig", "AlbertModel", albert(), "bare", 0, None),
    "modernbert-masked": ("ModernBertConfig", "ModernBertForMaskedLM", modernbert(), "MaskedLM", 0, None),
    "modernbert-sequence": ("ModernBertConfig", "ModernBertForSequenceClassification",
                            modernbert(classifier_pooling="mean", norm_bias=True, attention_bias=True, mlp_bias=True,
                                       classifier_bias=True, num_labels=3, classifier_activation="relu",
                                       hidden_activation="silu"), "SequenceClassification", 0, None),
    "modernbert-pooled": ("ModernBertConfig", "ModernBertForSequenceClassification", modernbert(num_labels=4),
                          "SequenceClassification", 0, None),
    "modernbert-tokens": ("ModernBertConfig", "ModernBertForTokenClassification", modernbert(num_labels=3),
                          "TokenClassification", 0, None),
    "modernbert-answers": ("ModernBertConfig", "ModernBertForQuestionAnswering", modernbert(), "QuestionAnswering", 0,
                           None),
    "deberta-masked": ("DebertaV2Config", "DebertaV2ForMaskedLM", deberta(conv_kernel_size=3, conv_act="gelu"),
                       "MaskedLM", 0, None),
    "deberta-masked-new": ("DebertaV2Config", "DebertaV2ForMaskedLM",
                           deberta(legacy=False, position_buckets=-1, share_att_key=False, pos_att_type="c2p",
                                   norm_rel_ebd="none", max_relative_positions=4), "MaskedLM", 0, None),
    "deberta-sequence": ("DebertaV2Config", "DebertaV2ForSequenceClassification",
                         deberta(num_labels=3, share_att_key=False, pos_att_type=["p2c"], position_biased_input=True,
                                 type_vocab_size=2, embedding_size=10), "SequenceClassification", 2, None),
    "deberta-shares": ("DebertaV2Config", "DebertaV2ForSequenceClassification",
                       deberta(num_labels=3, relative_attention=False), "regression-many", 0,
                       None),
    "deberta-tokens": ("DebertaV2Config", "DebertaV2ForTokenClassification",
                       deberta(num_labels=4, share_att_key=False, conv_kernel_size=5), "TokenClassification", 0, None),
    "deberta-answers": ("DebertaV2Config", "DebertaV2ForQuestionAnswering", deberta(), "QuestionAnswering", 0, None),
    "deberta-choices": ("DebertaV2Config", "DebertaV2ForMultipleChoice", deberta(), "MultipleChoice", 0, None),
    "deberta-bare": ("DebertaV2Config", "DebertaV2Model", deberta(), "bare", 0, None),
    "longformer-masked": ("LongformerConfig", "LongformerForMaskedLM", longformer(), "MaskedLM", 2, all_seeing),
    "longformer-windows": ("LongformerConfig", "LongformerForMaskedLM",
                           longformer(attention_window=[4, 8], tie_word_embeddings=False), "MaskedLM", 0, None),
    "longformer-sequence": ("LongformerConfig", "LongformerForSequenceClassification", longformer(num_labels=3),
                            "SequenceClassification", 0, None),
    "longformer-tokens": ("LongformerConfig", "LongformerForTokenClassification", longformer(num_labels=3),
                          "TokenClassification", 2, all_seeing),
    "longformer-answers": ("LongformerConfig", "LongformerForQuestionAnswering", longformer(), "QuestionAnswering", 0,
                           separated),
    "longformer-choices": ("LongformerConfig", "LongformerForMultipleChoice", longformer(), "MultipleChoice", 0,
                           separated),
    "longformer-bare": ("LongformerConfig", "LongformerModel", longformer(), "bare", 0, all_seeing),
    # texts by blocks of two, one random block: longer than fourteen tokens
    "bigbird-masked": ("BigBirdConfig", "BigBirdForMaskedLM", bigbird(), "MaskedLM", 2, None),
    "bigbird-full": ("BigBirdConfig", "BigBirdForPreTraining",
                     bigbird(attention_type="original_full", rescale_embeddings=True, hidden_act="relu"), "PreTraining",
                     2, None),
    "bigbird-short": ("BigBirdConfig", "BigBirdForSequenceClassification", bigbird(block_size=4, num_labels=3),
                      "SequenceClassification", 0, None),
    "bigbird-tokens": ("BigBirdConfig", "BigBirdForTokenClassification",
                       bigbird(num_labels=3, num_random_blocks=2, block_size=1, use_bias=False), "TokenClassification",
                       0, None),
    "bigbird-answers": ("BigBirdConfig", "BigBirdForQuestionAnswering", bigbird(), "QuestionAnswering", 0, asked),
    "bigbird-choices": ("BigBirdConfig", "BigBirdForMultipleChoice", bigbird(), "MultipleChoice", 2, None),
    "bigbird-bare": ("BigBirdConfig", "BigBirdModel", bigbird(rescale_embeddings=True), "bare", 0, None),
    # decoders that read
    "llama-sequence": ("LlamaConfig", "LlamaForSequenceClassification", llama(num_labels=4, pad_token_id=0),
                       "SequenceClassification", 0, None),
    "llama-tokens": ("LlamaConfig", "LlamaForTokenClassification", llama(num_labels=3), "TokenClassification", 0, None),
    "llama-answers": ("LlamaConfig", "LlamaForQuestionAnswering", llama(), "QuestionAnswering", 0, None),
    "llama-bare": ("LlamaConfig", "LlamaModel", llama(), "bare", 0, None),
    "gpt2-sequence": ("GPT2Config", "GPT2ForSequenceClassification", gpt2(num_labels=1, pad_token_id=3), "regression", 0,
                      None),
    "gpt2-tokens": ("GPT2Config", "GPT2ForTokenClassification", gpt2(num_labels=3), "TokenClassification", 0, None),
    "gpt2-answers": ("GPT2Config", "GPT2ForQuestionAnswering", gpt2(), "QuestionAnswering", 0, None),
    "gpt2-bare": ("GPT2Config", "GPT2Model", gpt2(), "bare", 0, None),
    "gpt1-sequence": ("OpenAIGPTConfig", "OpenAIGPTForSequenceClassification", gpt2(num_labels=3, pad_token_id=0),
                      "SequenceClassification", 0, None),
    "modernbert-bare": ("ModernBertConfig", "ModernBertModel", modernbert(decoder_bias=False), "bare", 0, None),
    "modernbert-choices": ("ModernBertConfig", "ModernBertForMultipleChoice", small_modernbert(), "MultipleChoice", 0,
                           None),
    "modernbert-sparse": ("ModernBertConfig", "ModernBertForMaskedLM",
                          small_modernbert(sparse_prediction=True), "MaskedLM", 0, None),
    "roberta-writes": ("RobertaConfig", "RobertaForCausalLM", roberta(is_decoder=True, hidden_act="mish"), "CausalLM", 0,
                       None),
}


def make(name, seed):
    config_class, model_class, config, kind, types, after = CASES[name]
    torch.manual_seed(seed)
    config = getattr(transformers, config_class)(**config)
    model = getattr(transformers, model_class)(config)
    g = generator(seed + 1)
    vocab = config.vocab_size
    pad = config.pad_token_id or 0
    length = 17 if config.model_type == "big_bird" else T
    given = choices(vocab, g, types, length) if kind == "MultipleChoice" else tokens(vocab, g, pad=pad, types=types,
                                                                                              length=length)
    if after in (all_seeing, separated, asked):
        after(given)
    folder_after = None if after in (all_seeing, separated, asked) else after
    variants = {"": given if after is asked else given | labels(kind, given, vocab, config.num_labels, g)}
    if kind == "MaskedLM" and not name.endswith(("-new", "-windows", "-sparse")):
        plain = {"input_ids": torch.randint(3, vocab, (2, 5), generator=g)}
        variants["-plain"] = plain | {"labels": torch.randint(0, vocab, (2, 5), generator=g)}
        shifted = given | {"position_ids": (given["attention_mask"].cumsum(1) - 1).clamp(min=0) + 2}
        if config.model_type not in ("big_bird", "longformer"):  # whose places lie as BERT's and RoBERTa's
            variants["-positions"] = shifted | {"labels": token_labels(given, vocab, g)}
    make_case(ROOT / name, model, seed, variants, folder_after)


if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make(case, 3000 + 10 * number)
    write_versions(ROOT)
