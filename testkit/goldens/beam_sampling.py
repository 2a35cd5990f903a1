"""Texts by beam search that draws, and by beam search with stop strings, by Hugging Face transformers:
`beams-sampled.json` and `beams-stopped.json` beside the checkpoints of decoders.py, encoder_decoders.py and tasks.py.

    python beam_sampling.py

The only thing of our own is where random numbers come from: torch.multinomial is replaced by a draw without putting back
(the largest log p + gumbel) from the streams that Headway has. No text is decided by rounding: weights moved by 3e-6 give
the same.
"""

import math

import torch
import transformers
from transformers.generation import GenerationMixin

from common import HERE, generator, load_architecture, write_json
from generation import perturbed, prompts

MASK = 0xFFFFFFFFFFFFFFFF
SEED = 31
OPTIONS = [
    ("sampled", dict(num_beams=3, top_k=0)),
    ("sampled-returned", dict(num_beams=4, num_return_sequences=3, temperature=1.7, top_k=20)),
    ("sampled-cold", dict(num_beams=3, temperature=0.4, top_k=30, num_return_sequences=2)),
    ("sampled-nucleus", dict(num_beams=2, top_k=0, top_p=0.8)),
    ("sampled-min-p", dict(num_beams=2, top_k=0, min_p=0.2, temperature=0.8)),
    ("sampled-typical", dict(num_beams=2, top_k=0, typical_p=0.7)),
    ("sampled-early", dict(num_beams=3, early_stopping=True, num_return_sequences=2)),
    ("sampled-never", dict(num_beams=3, early_stopping="never", length_penalty=1.7)),
    ("sampled-ngram", dict(num_beams=3, no_repeat_ngram_size=2, repetition_penalty=1.2)),
    ("sampled-two-ends", dict(num_beams=3, eos_token_id=[5, 11], num_return_sequences=2)),
]


def philox(key, index):
    """Number `index` of the stream `key`: Philox4x32-10."""
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    number = index >> 2
    c = [number & 0xFFFFFFFF, number >> 32, 0, 0]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ c[3] ^ k1, p0 & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c[index & 3]


def mix(x):
    z = (x + 0x9E3779B97F4A7C15) & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def stream(ids, occurrence):
    key = mix(SEED)
    for i in ids:
        key = mix(key ^ i)
    return mix((key + occurrence) & MASK)


def uniform(key, step):
    return ((philox(key, 2 * step) << 32 | philox(key, 2 * step + 1)) >> 11) * 2.0**-53


class Draws:
    """Stands in for torch.multinomial for one call of generate."""

    def __init__(self, keys):
        self.keys = keys
        self.step = 0
        self.scarce = False

    def __call__(self, probabilities, num_samples):
        rows, n = probabilities.shape
        order = torch.full((rows, n), -math.inf, dtype=torch.float64)
        for r in range(rows):
            for i in (probabilities[r] > 0).nonzero().flatten().tolist():
                u = uniform(self.keys[r], self.step * n + i)
                order[r, i] = math.log(probabilities[r, i]) - math.log(-math.log(u))
            self.scarce |= (probabilities[r] > 0).sum().item() < num_samples
        self.step += 1
        return order.topk(num_samples).indices


def run(model, prompt, keys, new, ends, pad, options):
    """Rows of new ids, or None where fewer tokens than a draw takes had a chance."""
    draws, own = Draws(keys), torch.multinomial
    torch.multinomial = draws
    try:
        tokens = GenerationMixin.generate(model, **prompt, max_new_tokens=new, do_sample=True, **{"eos_token_id": ends, "pad_token_id": pad} | options)
    finally:
        torch.multinomial = own
    if draws.scarce:
        return None
    begins = 1 if model.config.is_encoder_decoder else prompt["input_ids"].shape[1]
    ends = options.get("eos_token_id", ends)
    ends = ends if isinstance(ends, list) else [ends]
    rows = []
    for row in tokens[:, begins:].tolist():
        rows.append(row[: next((i + 1 for i, t in enumerate(row) if t in ends), len(row))])
    return rows


def sampled(folder, seed):
    g = generator(seed)
    model = load_architecture(folder)
    pad = model.config.pad_token_id or 0
    stored = []
    for name, options in OPTIONS:
        for attempt in range(60):
            prompt = prompts(model, g)
            if model.config.is_encoder_decoder:
                starts = [[model.config.decoder_start_token_id]] * len(prompt["input_ids"])
            else:
                starts = [ids[mask == 1].tolist() for ids, mask in zip(prompt["input_ids"], prompt["attention_mask"])]
            keys = [stream(ids, starts[:i].count(ids)) for i, ids in enumerate(starts)]
            ends, new = int(torch.randint(12, model.config.vocab_size - 14, (1,), generator=g)), 9
            rows = run(model, prompt, keys, new, ends, pad, options)
            if rows and all(run(perturbed(load_architecture(folder), s), prompt, keys, new, ends, pad, options) == rows for s in (1, 2)):
                break
        else:
            raise RuntimeError(f"{folder.name} {name}: every draw was decided by rounding, or by too few tokens")
        entry = {"name": name, "options": {"max_new_tokens": new, "eos_token_id": ends, "pad_token_id": pad, "do_sample": True, "seed": SEED} | options}
        entry |= {key: t.tolist() for key, t in prompt.items()}
        stored.append(entry | {"ids": rows})
    write_json(folder / "beams-sampled.json", stored, lines=True)
    print(folder.name, "lengths", sorted(len(r) for s in stored for r in s["ids"]), flush=True)


def stopped(folder):
    """A stop string is cut out of the best text of a search without one, in the middle of tokens."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = load_architecture(folder)
    stored = []
    for text in ("The library", "A stop string", "Numbers that nobody"):
        for beams, early in ((3, False), (4, True), (2, "never")):
            ids = tokenizer(text, return_tensors="pt", add_special_tokens=False)
            def search(m, **more):
                # an end token that never comes, so that padding is told apart
                rows = m.generate(input_ids=ids["input_ids"], attention_mask=ids["attention_mask"], num_beams=beams, early_stopping=early, num_return_sequences=2, max_new_tokens=14,
                                  do_sample=False, pad_token_id=0, eos_token_id=None, **more)[:, ids["input_ids"].shape[1]:].tolist()
                return [row[: max((i + 1 for i, t in enumerate(row) if t != 0), default=0)] for row in rows]
            whole = tokenizer.decode(search(model)[0], skip_special_tokens=True)
            stop = whole[len(whole) // 2 - 1: len(whole) // 2 + 2]
            rows = search(model, stop_strings=[stop], tokenizer=tokenizer)
            # Half a character is none that a user can ask for.
            if "\ufffd" in stop or any(search(perturbed(load_architecture(folder), s), stop_strings=[stop], tokenizer=tokenizer) != rows for s in (1, 2)):
                continue
            stored.append({"text": text, "options": {"num_beams": beams, "early_stopping": early, "num_return_sequences": 2, "max_new_tokens": 14, "pad_token_id": 0, "stop_strings": [stop]},
                           "input_ids": ids["input_ids"][0].tolist(), "ids": rows})
    write_json(folder / "beams-stopped.json", stored, lines=True)
    print(folder.name, "stops", [(s["options"]["stop_strings"], [len(r) for r in s["ids"]]) for s in stored], flush=True)


if __name__ == "__main__":
    for number, case in enumerate(["decoders/gpt2-a", "decoders/llama-b", "encoder_decoders/t5-tied", "encoder_decoders/bart"]):
        sampled(HERE / case, 12000 + 10 * number)
    stopped(HERE / "tasks/write-gpt2")
