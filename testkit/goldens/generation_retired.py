"""Texts by group beam search and contrastive search, which transformers 5 has left out: `retired.json` beside the
checkpoints of decoders.py and encoder_decoders.py.

    python3 -m venv OLD && OLD/bin/pip install -r requirements_retired.txt
    OLD/bin/python generation_retired.py [CASE ...]

Every checkpoint is held against its stored logits first, so that both versions read the same model; no text is decided
by rounding: weights moved by 3e-6 give the same.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import safetensors.torch
import torch
import transformers

HERE = Path(__file__).resolve().parent
B = 3
torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
OPTIONS = [
    ("groups", dict(num_beams=4, num_beam_groups=2, diversity_penalty=0.7)),
    ("groups-returned", dict(num_beams=6, num_beam_groups=3, diversity_penalty=0.4, num_return_sequences=4)),
    ("groups-single", dict(num_beams=3, num_beam_groups=3, diversity_penalty=1.1, num_return_sequences=3)),
    ("groups-early", dict(num_beams=4, num_beam_groups=2, diversity_penalty=0.3, early_stopping=True, num_return_sequences=2)),
    ("groups-never", dict(num_beams=4, num_beam_groups=2, diversity_penalty=0.3, early_stopping="never",
                          length_penalty=1.7, num_return_sequences=4)),
    ("groups-short", dict(num_beams=4, num_beam_groups=2, diversity_penalty=0.5, length_penalty=-0.8)),
    ("groups-ngram", dict(num_beams=4, num_beam_groups=4, diversity_penalty=0.5, no_repeat_ngram_size=2,
                          repetition_penalty=1.2, num_return_sequences=4)),
    ("contrastive", dict(penalty_alpha=0.6, top_k=4)),
    ("contrastive-weak", dict(penalty_alpha=0.2, top_k=6, repetition_penalty=1.3)),
    ("contrastive-strong", dict(penalty_alpha=0.95, top_k=3, no_repeat_ngram_size=2, min_new_tokens=4)),
    ("contrastive-default-k", dict(penalty_alpha=0.5)),
]


def generator(seed):
    return torch.Generator().manual_seed(seed)


def load(folder):
    config = json.loads((folder / "config.json").read_text())
    model = getattr(transformers, config["architectures"][0])
    model = model.from_pretrained(folder, attn_implementation="eager", torch_dtype=torch.float32).eval()
    inputs = safetensors.torch.load_file(folder / "inputs-plain.safetensors")
    with torch.no_grad():
        logits = model(**inputs).logits
    assert torch.allclose(logits, safetensors.torch.load_file(folder / "expected-plain.safetensors")["logits"], atol=1e-5)
    return model


def perturbed(folder, seed):
    model = load(folder)
    g = generator(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1 + 3e-6 * torch.randn(parameter.shape, generator=g))
    return model


def run(model, prompt, new, end, pad, options):
    ends = {} if end is None else {"eos_token_id": end}
    tokens = model.generate(**prompt, max_new_tokens=new, do_sample=False, pad_token_id=pad, **ends, **options)
    begins = 1 if model.config.is_encoder_decoder else prompt["input_ids"].shape[1]
    rows = []
    for row in tokens[:, begins:].tolist():
        stop = next((i + 1 for i, t in enumerate(row) if t == end), len(row))
        rows.append(row[:stop])
    return rows


def prompts(model, g):
    pad = model.config.pad_token_id or 0
    ids = torch.randint(12, model.config.vocab_size - 14, (B, 6), generator=g)
    mask = torch.ones(B, 6, dtype=torch.int64)
    if model.config.is_encoder_decoder:
        mask[1, -2:] = 0
    else:
        mask[1, :2] = 0
    ids[mask == 0] = pad
    return {"input_ids": ids, "attention_mask": mask}


def make(folder, seed):
    g = generator(seed)
    model = load(folder)
    others = [perturbed(folder, s) for s in (1, 2)]
    pad = model.config.pad_token_id or 0
    stored = []
    for name, options in OPTIONS:
        for attempt in range(60):
            prompt = prompts(model, g)
            seen = run(model, prompt, 8, None, pad, {})
            end = seen[0][min(3, len(seen[0]) - 1)]
            if end == pad:
                continue
            rows = run(model, prompt, 9, end, pad, options)
            if all(run(other, prompt, 9, end, pad, options) == rows for other in others):
                break
        else:
            raise RuntimeError(f"{folder.name} {name}: every draw was decided by rounding")
        entry = {"name": name, "options": {"max_new_tokens": 9, "eos_token_id": end, "pad_token_id": pad} | options}
        entry |= {key: t.tolist() for key, t in prompt.items()}
        stored.append(entry | {"ids": rows})
    text = "[\n" + ",\n".join("  " + json.dumps(v) for v in stored) + "\n]\n"
    (folder / "retired.json").write_text(text, encoding="utf-8")
    print(folder.name, "lengths", sorted(len(r) for s in stored for r in s["ids"]), flush=True)


CASES = ["decoders/gpt2-a", "decoders/llama-b", "encoder_decoders/t5-tied", "encoder_decoders/t5-gated",
         "encoder_decoders/bart", "encoder_decoders/pegasus"]

if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or any(a in case for a in sys.argv[1:]):
            make(HERE / case, 12000 + 10 * number)
