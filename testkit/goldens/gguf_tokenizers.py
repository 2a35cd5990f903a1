"""Vocabularies in GGUF files, and the ids that transformers' own reader of such files gives for texts.

For cuts that transformers' reader does not know (it cuts all texts of Llama models as Llama 3 does) the reference is the
tokenizers library with the pre-tokenizer of the models' own tokenizer.json. `gguf_tokenizers/NAME.gguf` holds metadata alone; `NAME.json` is a list of {"text", "ids" (with special tokens), "decoded"}.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path = [p for p in sys.path if Path(p or ".").resolve() != HERE]
import gguf  # noqa: E402

sys.path.insert(0, str(HERE))
import tokenizers  # noqa: E402
import transformers  # noqa: E402

import common  # noqa: E402

FOLDER = HERE / "gguf_tokenizers"
NORMAL, UNKNOWN, CONTROL, USER, BYTE = 1, 2, 3, 4, 6
OWN = {
    # HuggingFaceTB/SmolLM2-135M-Instruct
    "smollm": lambda p: p.Sequence([p.Digits(individual_digits=True), p.ByteLevel(add_prefix_space=False, use_regex=True)]),
    # mistralai/Mistral-Nemo-Instruct-2407
    "tekken": lambda p: p.Sequence([p.Split(tokenizers.Regex(
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}"
        r"\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"), "isolated"),
        p.ByteLevel(add_prefix_space=False, use_regex=False)]),
}  # fmt: skip
TEXTS = [
    "Goldens: what other libraries say is true", " leading and  double   spaces", "tabs\tand\nlines\r\n\n", "it's 12345 o'clock",
    "Grüße, 日本語 und ein 😀", "", "a", "<|end|>after<|end|>", "unseen: ẞ ﷽ \u200b", "trailing ", "OtherLibraries sayTRUTH/\n", "x1234y ٣٤",
]  # fmt: skip


def corpus():
    return (HERE / "README.md").read_text(encoding="utf-8")


def byte_level(pre):
    t = tokenizers.Tokenizer(tokenizers.models.BPE())
    t.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=420, show_progress=False, initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()
    )
    t.train_from_iterator([corpus()], trainer)
    import json

    model = json.loads(t.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get) + ["<|end|>", "<|think|>"]
    kinds = [NORMAL] * (len(tokens) - 2) + [CONTROL, USER]
    merges = [" ".join(m) if isinstance(m, list) else m for m in model["merges"]]
    w = gguf.GGUFWriter(FOLDER / f"{pre}.gguf", "qwen2" if pre == "qwen2" else "llama")
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre(pre)
    w.add_token_list(tokens)
    w.add_token_types(kinds)
    w.add_token_merges(merges)
    end = len(tokens) - 2
    w.add_bos_token_id(end)
    w.add_eos_token_id(end)
    w.add_add_bos_token(pre == "llama-bpe")
    write(w)


def sentencepiece():
    t = tokenizers.Tokenizer(tokenizers.models.BPE())
    t.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    t.train_from_iterator([corpus()], tokenizers.trainers.BpeTrainer(vocab_size=300, show_progress=False))
    learnt = sorted(t.get_vocab(), key=t.get_vocab().get)
    single = [p for p in learnt if len(p) == 1]
    longer = [p for p in learnt if len(p) > 1]
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)] + longer + single
    kinds = [UNKNOWN, CONTROL, CONTROL] + [BYTE] * 256 + [NORMAL] * len(learnt)
    scores = [0.0] * 259 + [float(-i) for i in range(len(learnt))]
    w = gguf.GGUFWriter(FOLDER / "llama.gguf", "llama")
    w.add_tokenizer_model("llama")
    w.add_tokenizer_pre("default")
    w.add_token_list(tokens)
    w.add_token_scores(scores)
    w.add_token_types(kinds)
    w.add_unk_token_id(0)
    w.add_bos_token_id(1)
    w.add_eos_token_id(2)
    write(w)


def write(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def main():
    FOLDER.mkdir(exist_ok=True)
    for pre in ("gpt-2", "llama-bpe", "qwen2", *OWN):
        byte_level(pre)
    sentencepiece()
    for file in sorted(FOLDER.glob("*.gguf")):
        t = transformers.AutoTokenizer.from_pretrained(FOLDER, gguf_file=file.name)
        if "--show" in sys.argv:
            import json

            shown = json.loads(t.backend_tokenizer.to_str())
            shown["model"]["vocab"] = len(shown["model"]["vocab"])
            shown["model"]["merges"] = shown["model"]["merges"][:3]
            print(file.name, type(t), json.dumps(shown, ensure_ascii=False))
        if file.stem in OWN:
            t.backend_tokenizer.pre_tokenizer = OWN[file.stem](tokenizers.pre_tokenizers)
        rows = []
        for text in TEXTS:
            ids = t(text)["input_ids"]
            rows.append({"text": text, "ids": ids, "decoded": t.backend_tokenizer.decode(ids, skip_special_tokens=True)})
        common.write_json(file.with_suffix(".json"), rows, lines=True)
    common.write_versions(FOLDER, tokenizers)


if __name__ == "__main__":
    main()
