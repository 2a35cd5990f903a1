"""PyTorch's side of a comparison: one measurement a call, as a JSON object on standard output.

    python torch_side.py train --mode eager|compile --threads 2
    python torch_side.py gemm --mode eager|onednn --m 1024 --n 1024 --k 1024 --threads 2
    python torch_side.py attention --seq 4096 --threads 2
    python torch_side.py forward|step --model bert-base|vit-b16|whisper-tiny --threads 2

`--dtype bf16`: products in bf16, in training by autocast. `gemm --dtype int8` is `_int_mm`, exact in 32 bits.

`gemm --mode onednn` is oneDNN's inner product with operands and weight in oneDNN's own layouts, brought there before:
what PyTorch itself does not always choose (f32 products are MKL's by default).

`train` is a GPT-2-shaped decoder of 10 million parameters in plain PyTorch: scaled_dot_product_attention, tanh GELU,
LayerNorm, tied head, mean cross entropy, clipping by the global norm, fused AdamW.
"""
import argparse
import json
import resource
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

LAYERS, WIDTH, HEADS, VOCAB = 6, 384, 6, 4096


class Decoder(nn.Module):
    def __init__(self, seq):
        super().__init__()
        self.wte = nn.Embedding(VOCAB, WIDTH)
        self.wpe = nn.Embedding(seq, WIDTH)
        self.blocks = nn.ModuleList(nn.ModuleDict({
            "ln1": nn.LayerNorm(WIDTH), "qkv": nn.Linear(WIDTH, 3 * WIDTH), "out": nn.Linear(WIDTH, WIDTH),
            "ln2": nn.LayerNorm(WIDTH), "up": nn.Linear(WIDTH, 4 * WIDTH), "down": nn.Linear(4 * WIDTH, WIDTH),
        }) for _ in range(LAYERS))
        self.lnf = nn.LayerNorm(WIDTH)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)

    def forward(self, ids, targets):
        batch, seq = ids.shape
        x = self.wte(ids) + self.wpe.weight[:seq]
        for b in self.blocks:
            heads = b["qkv"](b["ln1"](x)).view(batch, seq, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(*heads.unbind(0), is_causal=True)
            x = x + b["out"](mixed.transpose(1, 2).reshape(batch, seq, WIDTH))
            x = x + b["down"](F.gelu(b["up"](b["ln2"](x)), approximate="tanh"))
        logits = self.lnf(x) @ self.wte.weight.T
        return F.cross_entropy(logits.view(-1, VOCAB), targets.view(-1))


def train(a):
    torch.manual_seed(0)
    model = Decoder(a.seq)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    run = torch.compile(model) if a.mode == "compile" else model
    times = []
    for step in range(a.warmup + a.runs):
        ids = torch.randint(VOCAB, (a.batch, a.seq + 1))
        start = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=a.dtype == "bf16"):
            loss = run(ids[:, :-1].contiguous(), ids[:, 1:].contiguous())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss.item()
        if step >= a.warmup:
            times.append(time.perf_counter() - start)
    speeds = [a.batch * a.seq / t for t in times]
    return speeds, "tokens/s", {"peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def gemm(a):
    if a.dtype == "int8":
        x, w = (torch.randint(-127, 128, s, dtype=torch.int8) for s in ((a.m, a.k), (a.n, a.k)))
        product = lambda: torch._int_mm(x, w.t())
    else:
        kind = torch.bfloat16 if a.dtype == "bf16" else torch.float32
        x, w = torch.randn(a.m, a.k, dtype=kind), torch.randn(a.n, a.k, dtype=kind)
        product = lambda: F.linear(x, w)
        if a.mode == "onednn":
            from torch.utils import mkldnn
            layer = nn.Linear(a.k, a.n, bias=False).eval()
            layer.weight = nn.Parameter(w.float(), requires_grad=False)
            layer = mkldnn.to_mkldnn(layer, dtype=kind)
            x = x.to_mkldnn()
            product = lambda: layer(x)
    inner = max(1, int(2e9 / (2 * a.m * a.n * a.k)))
    speeds = []
    for i in range(3 + a.runs):
        start = time.perf_counter()
        for _ in range(inner):
            product()
        if i >= 3:
            speeds.append(2e-9 * a.m * a.n * a.k * inner / (time.perf_counter() - start))
    return speeds, "GFLOP/s", {}


def attention(a):
    """Eight causal heads of 64, forward and backward; 3.5 forwards of 2·H·T²·64 operations (half, causal)."""
    kind = torch.bfloat16 if a.dtype == "bf16" else torch.float32
    q, k, v = (torch.randn(1, 8, a.seq, 64, dtype=kind, requires_grad=True) for _ in range(3))
    speeds = []
    for i in range(2 + a.runs):
        start = time.perf_counter()
        F.scaled_dot_product_attention(q, k, v, is_causal=True).sum().backward()
        if i >= 2:
            speeds.append(3.5 * 2e-9 * 8 * a.seq**2 * 64 / (time.perf_counter() - start))
    return speeds, "GFLOP/s", {}


def network(a):
    """Transformers' own model of the same config as the preset, and random arguments of a batch."""
    import transformers as t
    still = dict(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    if a.model == "bert-base":
        model = t.BertForSequenceClassification(t.BertConfig(num_labels=2, **still))
        inputs = {"input_ids": torch.randint(30522, (a.batch, a.seq)), "labels": torch.randint(2, (a.batch,))}
    elif a.model == "vit-b16":
        model = t.ViTForImageClassification(t.ViTConfig(num_labels=1000, **still))
        inputs = {"pixel_values": torch.randn(a.batch, 3, 224, 224), "labels": torch.randint(1000, (a.batch,))}
    else:
        model = t.WhisperForConditionalGeneration(t.WhisperConfig(
            d_model=384, encoder_layers=4, encoder_attention_heads=6, decoder_layers=4, decoder_attention_heads=6,
            encoder_ffn_dim=1536, decoder_ffn_dim=1536, dropout=0.0))
        inputs = {"input_features": torch.randn(a.batch, 80, 3000), "labels": torch.randint(50000, (a.batch, 8))}
    return model, inputs


def forward(a):
    model, inputs = network(a)
    model = model.eval().to(torch.bfloat16 if a.dtype == "bf16" else torch.float32)
    kind = next(model.parameters()).dtype
    inputs = {k: v.to(kind) if v.is_floating_point() else v for k, v in inputs.items()}
    times = []
    for i in range(a.warmup + a.runs):
        start = time.perf_counter()
        model(**inputs).loss.item()
        if i >= a.warmup:
            times.append(time.perf_counter() - start)
    return [a.batch / t for t in times], "entries/s", {}


def step(a):
    model, inputs = network(a)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    times = []
    for i in range(a.warmup + a.runs):
        start = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=a.dtype == "bf16"):
            loss = model(**inputs).loss
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss.item()
        if i >= a.warmup:
            times.append(time.perf_counter() - start)
    return [a.batch / t for t in times], "entries/s", {"peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["train", "gemm", "attention", "forward", "step"])
    parser.add_argument("--mode", default="eager", choices=["eager", "compile", "onednn"])
    parser.add_argument("--dtype", default="f32", choices=["f32", "bf16", "int8"])
    for name, value in dict(threads=2, batch=8, seq=256, m=1024, n=1024, k=1024, runs=7, warmup=3).items():
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--model", default="bert-base", choices=["bert-base", "vit-b16", "whisper-tiny"])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    with torch.set_grad_enabled(arguments.what not in ("gemm", "forward")):
        values, unit, more = {"train": train, "gemm": gemm, "attention": attention, "forward": forward,
                              "step": step}[arguments.what](arguments)
    print(json.dumps({"median": statistics.median(values), "min": min(values), "max": max(values), "unit": unit, **more}))
