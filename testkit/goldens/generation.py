"""Texts by greedy and beam search of stored checkpoints, by Hugging Face transformers: `beams.json` in their folders, and
those with settings that steer, `beams-steered.json`.

    python generation.py [CASE ...]

Run after decoders.py and encoder_decoders.py, whose folders these files lie in.
"""

import json
import sys

import torch
from transformers.generation import GenerationMixin

from common import HERE, generator, load_architecture, read, write_json

B = 3
OPTIONS = [
    ("greedy", dict()),
    ("greedy-forced", dict(repetition_penalty=1.3, no_repeat_ngram_size=2, min_length=6)),
    ("beams", dict(num_beams=3)),
    ("beams-returned", dict(num_beams=4, num_return_sequences=3)),
    ("beams-early", dict(num_beams=3, early_stopping=True, num_return_sequences=2)),
    ("beams-never", dict(num_beams=3, early_stopping="never", length_penalty=1.7, num_return_sequences=2)),
    ("beams-short", dict(num_beams=2, length_penalty=-0.8, num_return_sequences=2)),
    ("beams-no-penalty", dict(num_beams=3, length_penalty=0.0, early_stopping="never")),
    ("beams-ngram", dict(num_beams=3, no_repeat_ngram_size=2, repetition_penalty=1.2)),
    ("beams-min", dict(num_beams=3, min_new_tokens=5, suppress_tokens=[4, 5, 6])),
    ("beams-forced", dict(num_beams=3, forced_bos_token_id=7, forced_eos_token_id=8, begin_suppress_tokens=[9, 10])),
    ("beams-two-ends", dict(num_beams=3, eos_token_id=[5, 11], num_return_sequences=2)),
]
STEERED = [
    ("copies-little", dict(encoder_no_repeat_ngram_size=1, no_repeat_ngram_size=2)),
    ("copies-much", dict(encoder_repetition_penalty=3.0, num_beams=3, encoder_no_repeat_ngram_size=3)),
    ("ends-in-time", dict(exponential_decay_length_penalty=(2, 1.6), num_beams=3, length_penalty=2.0)),
    ("greedy-ends", dict(exponential_decay_length_penalty=(1, 2.5))),
    ("biased", dict(sequence_bias=[[[7], 2.5], [[7, 9], -3.0], [[9, 7], 1.5]], repetition_penalty=1.3)),
    ("biased-beams", dict(sequence_bias=[[[7], 2.5], [[7, 9], 3.0]], num_beams=3, renormalize_logits=True,
                          num_return_sequences=2)),
    ("valid", dict(remove_invalid_values=True, suppress_tokens=[4, 5, 6], num_beams=2, renormalize_logits=True)),
]


def perturbed(model, seed):
    """Weights a little off: a text that this changes was decided by rounding."""
    g = generator(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1 + 3e-6 * torch.randn(parameter.shape, generator=g))
    return model


def run(model, prompt, new, ends, pad, options):
    # not Whisper's own `generate`, which leaves start and end tokens out of what it returns
    tokens = GenerationMixin.generate(model, **prompt, max_new_tokens=new, do_sample=False,
                            **{"num_beams": 1, "eos_token_id": ends, "pad_token_id": pad} | options)
    begins = 1 if model.config.is_encoder_decoder else prompt["input_ids"].shape[1]
    ends = options.get("eos_token_id", ends)
    ends = ends if isinstance(ends, list) else [ends]
    rows = []
    for row in tokens[:, begins:].tolist():
        stop = next((i + 1 for i, t in enumerate(row) if t in ends), len(row))
        rows.append(row[:stop])
    return rows


def prompts(model, folder, g):
    config = model.config
    if config.model_type == "whisper":
        return {"input_features": torch.randn(B, config.num_mel_bins, 2 * config.max_source_positions, generator=g)}
    if getattr(config, "vision_config", None) is not None:
        return {name: t for name, t in read(folder / "inputs.safetensors").items() if name != "labels"}
    pad = config.pad_token_id or 0
    ids = torch.randint(12, config.vocab_size - 14, (B, 6), generator=g)
    mask = torch.ones(B, 6, dtype=torch.int64)
    if config.is_encoder_decoder:
        mask[1, -2:] = 0
    else:
        mask[1, :2] = 0
    ids[mask == 0] = pad
    return {"input_ids": ids, "attention_mask": mask}


def make(folder, seed, cases=OPTIONS, file="beams.json"):
    g = generator(seed)
    model = load_architecture(folder)
    pad = model.config.get_text_config(decoder=True).pad_token_id or 0
    seen = getattr(model.config, "vision_config", None) is not None
    stored = []
    for name, options in cases:
        for attempt in range(60):
            prompt = prompts(model, folder, g)
            # an end token that comes up in greedy text, so that texts end at all lengths
            greedy = run(model, prompt, 8, [], pad, {})
            ends = greedy[0][min(3, len(greedy[0]) - 1)]
            new = 9 - (attempt if seen else 0) if model.config.model_type != "whisper" else 8
            rows = run(model, prompt, new, ends, pad, options)
            if all(run(perturbed(load_architecture(folder), s), prompt, new, ends, pad, options) == rows
                   for s in (1, 2)):
                break
        else:
            raise RuntimeError(f"{folder.name} {name}: every draw was decided by rounding")
        entry = {"name": name, "options": {"max_new_tokens": new, "eos_token_id": ends, "pad_token_id": pad} | options}
        # prompts with pictures are those of the folder's inputs.safetensors
        entry |= {"inputs": "inputs.safetensors"} if seen else {key: t.tolist() for key, t in prompt.items()}
        stored.append(entry | {"ids": rows})
    write_json(folder / file, stored, lines=True)
    print(folder.name, "lengths", sorted(len(r) for s in stored for r in s["ids"]), flush=True)


CASES = ["decoders/gpt2-a", "decoders/llama-b", "encoder_decoders/t5-tied", "encoder_decoders/t5-gated",
         "encoder_decoders/bart", "encoder_decoders/marian", "encoder_decoders/pegasus", "encoder_decoders/mbart",
         "encoder_decoders/whisper", "vision/qwen2vl", "vision/llava", "encoder_decoders/m2m100",
         "statespace/jamba-other"]

if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or any(a in case for a in sys.argv[1:]):
            make(HERE / case, 11000 + 10 * number)
    for number, case in enumerate(["decoders/gpt2-a", "encoder_decoders/bart", "encoder_decoders/t5-tied"]):
        if not sys.argv[1:] or any(a in case for a in sys.argv[1:]):
            make(HERE / case, 12000 + 10 * number, STEERED, "beams-steered.json")
