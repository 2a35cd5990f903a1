"""Pairs, windows and type ids by the `tokenizers` library, for each kind of post-processor.

`tokenizer_pairs/CASE/tokenizer.json` is a vocabulary learnt from the README; `pairs.json` is a list of {"first",
"second" or null, "special", "maxLength" or null, "strategy", "side", "stride", "windows"}, each window with `ids`,
`tokens`, `offsets`, `typeIds`, `specialTokensMask` and `sequenceIds` (-1 for none).
"""

import json
import shutil
from pathlib import Path

import tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers

import common

LARGEST = 6  # windows that are stored of a row
FOLDER = common.HERE / "tokenizer_pairs"
TEXTS = [
    ("Goldens: what other libraries say is true", "Tests read the stored files and need neither Python nor the network."),
    ("a", " leading spaces, Grüße, 日本語 und 😀 " * 2),
    ("", "only the second"),
    ("Is the first longer than the second? It is, by far, and is cut.", "Yes."),
]  # fmt: skip


def corpus():
    return (common.HERE / "README.md").read_text(encoding="utf-8")[:12000] + " Grüße 日本語 😀 " * 3


def wordpiece(processor):
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    t = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator([corpus()], trainers.WordPieceTrainer(vocab_size=260, special_tokens=special, show_progress=False))
    cls, sep = (("[CLS]", 2), ("[SEP]", 3))
    if processor == "bert":
        t.post_processor = processors.BertProcessing(sep, cls)
    else:
        t.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS]:2 $A [SEP] $B:1 [SEP]:1", special_tokens=[cls, sep])
    t.decoder = decoders.WordPiece()
    return t


def byte_level(processor):
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    t = tokenizers.Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator([corpus()], trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    if processor == "roberta":
        t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    elif processor == "bytes":
        t.post_processor = processors.ByteLevel(trim_offsets=False)
    else:
        template = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 0)])
        t.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=True), template])
    return t


def unigram():
    special = ["<pad>", "</s>", "<unk>"]
    t = tokenizers.Tokenizer(models.Unigram())
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.decoder = decoders.Metaspace()
    t.train_from_iterator([corpus()], trainers.UnigramTrainer(
        vocab_size=260, special_tokens=special, unk_token="<unk>", show_progress=False))
    t.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return t


CASES = {
    "bert": lambda: wordpiece("bert"), "template": lambda: wordpiece("template"), "roberta": lambda: byte_level("roberta"),
    "bytes": lambda: byte_level("bytes"), "sequence": lambda: byte_level("sequence"), "unigram": unigram,
}  # fmt: skip


def window(e):
    none = lambda ids: [-1 if i is None else i for i in ids]
    return {"ids": e.ids, "tokens": e.tokens, "offsets": [list(o) for o in e.offsets], "typeIds": e.type_ids,
            "specialTokensMask": e.special_tokens_mask, "sequenceIds": none(e.sequence_ids)}


def rows(t):
    cuts = [None] + [(n, strategy, side, stride) for n, stride in ((12, 0), (17, 3))
                     for strategy in ("longest_first", "only_first", "only_second") for side in ("right", "left")]
    for i, (first, second) in enumerate(TEXTS):
        for pair in (second, None):
            for special in (True, False):
                for cut in cuts if special or i == 0 else [None]:
                    t.no_truncation()
                    row = {"first": first, "second": pair, "special": special, "maxLength": None}
                    if cut:
                        n, strategy, side, stride = cut
                        t.enable_truncation(n, stride=stride, strategy=strategy, direction=side)
                        row |= {"maxLength": n, "strategy": strategy, "side": side, "stride": stride}
                    try:
                        e = t.encode(first, pair, add_special_tokens=special)
                        all_windows = [e] + e.overflowing
                        row["windows"] = [window(w) for w in all_windows[:LARGEST]]
                        row["count"] = len(all_windows)
                    except BaseException as e:  # a panic of the library is no Exception
                        row["error"] = str(e).splitlines()[0]
                    yield row


def main():
    for name, make in CASES.items():
        folder = FOLDER / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        t = make()
        t.save(str(folder / "tokenizer.json"), pretty=False)
        kept = list(rows(t))
        for row in kept:
            # Where nothing stands between two cut texts, the library hangs windows into windows and loses their marks.
            if name == "bytes" or not row["special"]:
                row["windows"] = row.get("windows", [])[:1]
            # The library forgets the template's types in windows of the second text; Headway does not.
            for w in row.get("windows", [])[1:]:
                w["typeIds"] = w["typeIds"] if name != "unigram" else [0] * len(w["ids"])
        common.write_json(folder / "pairs.json", kept, lines=True)
        print(name, len(kept), sum("error" in r for r in kept), "errors", {r["error"] for r in kept if "error" in r})
    common.write_versions(FOLDER, tokenizers)


if __name__ == "__main__":
    main()
