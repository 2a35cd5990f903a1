"""Tiny recurrent encoder-decoders with attention, written in plain PyTorch: checkpoint, traced pass, gradients, greedy text.

    python recurrent.py [CASE ...]
"""

import json
import shutil
import sys

import torch
from torch import nn

from common import HERE, generator, randomize, save, write_json, write_versions

ROOT = HERE / "recurrent"


def cell(kind, inner, hidden):
    return (nn.LSTMCell if kind == "lstm" else nn.GRUCell)(inner, hidden)


def moved(c, x, state, mark):
    """The next state; a row whose mark is 0 keeps its own."""
    new = c(x, state)
    if mark is None:
        return new
    keep = lambda a, b: torch.where(mark[:, None] != 0, a, b)
    return tuple(keep(a, b) for a, b in zip(new, state)) if isinstance(new, tuple) else keep(new, state)


top = lambda state: state[0] if isinstance(state, tuple) else state


class Encoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.embed_tokens = nn.Embedding(c["vocab_size"], c["embedding_size"], padding_idx=c["pad_token_id"])
        sides = ["forward", "backward"] if c["bidirectional"] else ["forward"]
        width = c["hidden_size"] * len(sides)
        self.layers = nn.ModuleList(nn.ModuleDict({"cell_" + s: cell(c["cell_type"], c["embedding_size"] if i == 0 else width,
                                                                     c["hidden_size"]) for s in sides})
                                    for i in range(c["num_encoder_layers"]))

    def forward(self, ids, mask):
        x = self.embed_tokens(ids)
        B, S, _ = x.shape
        for layer in self.layers:
            outputs = []
            for name, c in layer.items():
                zero = torch.zeros(B, self.c["hidden_size"])
                state = (zero, zero) if self.c["cell_type"] == "lstm" else zero
                rows = [None] * S
                for t in (range(S) if name == "cell_forward" else reversed(range(S))):
                    state = moved(c, x[:, t], state, None if mask is None else mask[:, t])
                    rows[t] = top(state)
                outputs.append(torch.stack(rows, 1))
            x = torch.cat(outputs, -1)
        return x


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        H, W = c["hidden_size"], c["hidden_size"] * (2 if c["bidirectional"] else 1)
        kind = c["attention_type"]
        if kind == "general":
            self.map = nn.Linear(W, H, bias=False)
        if kind in ("bahdanau", "concat"):
            self.query = nn.Linear(H, H, bias=False)
            self.memory = nn.Linear(W, H, bias=False)
            self.v = nn.Parameter(torch.zeros(1, H))
        if c["attention_window"]:
            self.place = nn.Linear(H, H, bias=False)
            self.place_v = nn.Parameter(torch.zeros(1, H))

    def forward(self, s, h, mask):
        kind = self.c["attention_type"]
        if kind in ("dot", "scaled_dot"):
            scores = (h @ s[:, :, None])[..., 0] / (s.shape[1] ** 0.5 if kind == "scaled_dot" else 1)
        elif kind == "general":
            scores = (self.map(h) @ s[:, :, None])[..., 0]
        else:
            scores = (torch.tanh(self.query(s)[:, None] + self.memory(h)) @ self.v.T)[..., 0]
        S = h.shape[1]
        seen = torch.ones_like(scores) if mask is None else mask
        if self.c["attention_window"]:
            D = self.c["attention_window"]
            p = seen.sum(1) * torch.sigmoid(torch.tanh(self.place(s)) @ self.place_v.T)[:, 0]
            distance = torch.arange(S)[None] - seen.long().argmax(1)[:, None] - p[:, None]
            seen = seen * (distance.detach().abs() <= D)
        a = scores.masked_fill(seen == 0, torch.finfo(scores.dtype).min).softmax(-1)
        if self.c["attention_window"]:
            a = a * torch.exp(-distance ** 2 / (2 * (D / 2) ** 2))
        return a


class Decoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        H, E = c["hidden_size"], c["embedding_size"]
        W = H * (2 if c["bidirectional"] else 1)
        kind = c["attention_type"]
        inner = E + (W if kind == "bahdanau" else H if c["input_feeding"] and kind != "none" else 0)
        self.embed_tokens = nn.Embedding(c["vocab_size"], E, padding_idx=c["pad_token_id"])
        self.layers = nn.ModuleList(cell(c["cell_type"], inner if i == 0 else H, H) for i in range(c["num_decoder_layers"]))
        self.bridge = nn.ModuleList(nn.Linear(W, H * (2 if c["cell_type"] == "lstm" else 1)) for _ in self.layers)
        if kind != "none":
            self.attention = Attention(c)
        self.readout = nn.Linear(H + (0 if kind == "none" else W) + (E if kind == "bahdanau" else 0), H)

    def start(self, h, mask):
        """What the encoder remembers at either end of a text."""
        B, S, W = h.shape
        seen = torch.ones(B, S) if mask is None else mask
        last = S - 1 - seen.flip(1).long().argmax(1)
        first = seen.long().argmax(1)
        rows = torch.arange(B)
        H = self.c["hidden_size"]
        end = torch.cat([h[rows, last, :H], h[rows, first, H:]], -1)
        states = []
        for bridge in self.bridge:
            s = torch.tanh(bridge(end))
            states.append(tuple(s.chunk(2, -1)) if self.c["cell_type"] == "lstm" else s)
        return states, torch.zeros(B, H)

    def forward(self, ids, h, mask, states, vector, marks=None):
        x = self.embed_tokens(ids)
        kind = self.c["attention_type"]
        vectors, weights = [], []
        for t in range(x.shape[1]):
            e = x[:, t]
            mark = None if marks is None else marks[:, t]
            if kind == "bahdanau":
                a = self.attention(top(states[-1]), h, mask)
                context = (a[:, None] @ h)[:, 0]
                y = torch.cat([e, context], -1)
            elif self.c["input_feeding"] and kind != "none":
                y = torch.cat([e, vector], -1)
            else:
                y = e
            states = list(states)
            for i, c in enumerate(self.layers):
                states[i] = moved(c, y, states[i], mark)
                y = top(states[i])
            if kind == "bahdanau":
                parts = [y, context, e]
            elif kind == "none":
                parts = [y]
            else:
                a = self.attention(y, h, mask)
                parts = [y, (a[:, None] @ h)[:, 0]]
            new = torch.tanh(self.readout(torch.cat(parts, -1)))
            vector = new if mark is None else torch.where(mark[:, None] != 0, new, vector)
            vectors.append(new)
            if kind != "none":
                weights.append(a)
        return torch.stack(vectors, 1), (torch.stack(weights, 1)[:, None] if weights else None), states, vector


class Model(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.encoder = Encoder(c)
        self.decoder = Decoder(c)
        self.lm_head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)

    def trace(self, input_ids, attention_mask=None, decoder_input_ids=None, decoder_attention_mask=None, labels=None):
        if decoder_input_ids is None:
            start = torch.full_like(labels[:, :1], self.c["decoder_start_token_id"])
            decoder_input_ids = torch.cat([start, labels[:, :-1]], 1)
            decoder_input_ids = decoder_input_ids.masked_fill(decoder_input_ids == -100, self.c["pad_token_id"])
        h = self.encoder(input_ids, attention_mask)
        vectors, a, _, _ = self.decoder(decoder_input_ids, h, attention_mask, *self.decoder.start(h, attention_mask),
                                        decoder_attention_mask)
        logits = self.lm_head(vectors)
        out = {"encoder_last_hidden_state": h, "last_hidden_state": vectors, "logits": logits}
        if a is not None:
            out["cross_attentions.0"] = a
        if labels is not None:
            out["loss"] = nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
        return out

    def greedy(self, input_ids, attention_mask, new):
        h = self.encoder(input_ids, attention_mask)
        states, vector = self.decoder.start(h, attention_mask)
        ids = torch.full((len(input_ids), 1), self.c["decoder_start_token_id"])
        rows, closest = [[] for _ in input_ids], float("inf")
        for _ in range(new):
            vectors, _, states, vector = self.decoder(ids, h, attention_mask, states, vector)
            best = self.lm_head(vectors[:, -1])
            for row, two in zip(rows, best.topk(2).values):
                if self.c["eos_token_id"] not in row:
                    closest = min(closest, float(two[0] - two[1]))
            ids = best.argmax(-1, keepdim=True)
            for row, id in zip(rows, ids[:, 0].tolist()):
                if self.c["eos_token_id"] not in row:
                    row.append(id)
        return rows, closest


def config(**more):
    return dict(model_type="recurrent-seq2seq", architectures=["RecurrentForConditionalGeneration"], vocab_size=37,
                embedding_size=9, hidden_size=10, num_encoder_layers=1, num_decoder_layers=1, bidirectional=True,
                cell_type="gru", attention_type="bahdanau", attention_window=0, input_feeding=True, pad_token_id=0,
                bos_token_id=1, eos_token_id=2, decoder_start_token_id=1, is_encoder_decoder=True) | more


CASES = {
    "gru-bahdanau": config(),
    "lstm-bahdanau": config(cell_type="lstm", num_encoder_layers=2, num_decoder_layers=2),
    "gru-dot": config(attention_type="dot", bidirectional=False, num_decoder_layers=2),
    "lstm-general": config(cell_type="lstm", attention_type="general", input_feeding=False),
    "gru-concat": config(attention_type="concat", num_encoder_layers=2),
    "lstm-local": config(cell_type="lstm", attention_type="scaled_dot", bidirectional=False, attention_window=3),
    "gru-none": config(attention_type="none"),
}


def make(name, seed):
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(seed)
    model = Model(CASES[name])
    randomize(model, seed, 0.5)
    write_json(folder / "config.json", CASES[name])
    save(folder / "model.safetensors", {n: p.detach() for n, p in model.state_dict().items()})
    g = generator(seed + 1)
    B, S, T, V = 3, 7, 5, CASES[name]["vocab_size"]
    ids = torch.randint(3, V, (B, S), generator=g)
    mask = torch.ones_like(ids)
    mask[1, :2], mask[2, -3:] = 0, 0
    ids[mask == 0] = 0
    labels = torch.randint(3, V, (B, T), generator=g)
    labels[1, -2:], labels[0, 1] = -100, -100
    marks = torch.ones_like(labels)
    marks[1, -2:], marks[2, 0] = 0, 0
    both = {"decoder_input_ids": torch.randint(3, V, (B, T), generator=g), "decoder_attention_mask": marks}
    for suffix, given in {"": {"input_ids": ids, "attention_mask": mask, "labels": labels} | both,
                          "-plain": {"input_ids": ids, "labels": labels}}.items():
        model.zero_grad()
        out = model.trace(**given)
        out["loss"].backward()
        save(folder / f"inputs{suffix}.safetensors", given)
        save(folder / f"expected{suffix}.safetensors", {n: t.detach() for n, t in out.items()})
        save(folder / f"gradients{suffix}.safetensors",
             {f"grad.{n}": p.grad for n, p in model.named_parameters() if p.grad is not None})
    with torch.no_grad():
        rows, closest = model.greedy(ids, mask, 9)
    write_json(folder / "beams.json", [{
        "name": "greedy", "input_ids": ids.tolist(), "attention_mask": mask.tolist(),
        "options": {"max_new_tokens": 9, "eos_token_id": 2, "pad_token_id": 0, "do_sample": False}, "ids": rows}], lines=True)
    print(f"{name:<16} parameters {sum(p.numel() for p in model.parameters()):>6}  loss {out['loss']:.4f}  closest {closest:.4f}")


if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or case in sys.argv[1:]:
            make(case, 11000 + 10 * number)
    write_versions(ROOT)
