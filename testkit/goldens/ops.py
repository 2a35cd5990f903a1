"""Values and gradients of single operations from PyTorch, in f64 and f32.

    python ops.py
"""

import torch
import torch.nn.functional as F

from common import HERE, generator, save, write_json, write_versions

ROOT = HERE / "ops"
G = generator(7)
CASES = []  # what ops.json says of each case


def draw(*shape, scale=1.0):
    return torch.randn(shape, generator=G, dtype=torch.float64) * scale


def case(stored, name, op, inputs, forward, attributes=None, constants=None):
    """Stores inputs, output, the gradient fed in and the gradients that come out, once in each precision.

    `inputs` get a gradient, `constants` (integers, masks) do not.
    """
    upstream = None
    constants = constants or {}
    for dtype, tag in ((torch.float64, "f64"), (torch.float32, "f32")):
        leaves = {n: t.to(dtype).detach().requires_grad_() for n, t in inputs.items()}
        out = forward(*leaves.values(), *constants.values())
        if upstream is None:
            upstream = draw(*out.shape)
        out.backward(upstream.to(dtype))
        stored[f"{name}.{tag}.out"] = out.detach()
        stored |= {f"{name}.{tag}.grad.{n}": t.grad for n, t in leaves.items()}
    # inputs are exact in f32, so one copy serves both precisions
    stored |= {f"{name}.in.{n}": t for n, t in inputs.items()}
    stored |= {f"{name}.in.{n}": t.to(torch.uint8) if t.dtype == torch.bool else t for n, t in constants.items()}
    stored[f"{name}.gradOut"] = upstream
    CASES.append({"name": name, "op": op, "inputs": list(inputs), "constants": list(constants),
                  "attributes": attributes or {}})


def rounded(tensor):
    return tensor.float().double()


def activations(stored):
    x = rounded(torch.cat([draw(50, scale=2.0), torch.tensor([0.0, -0.0, 1e-4, -1e-4, 8.0, -8.0, 40.0, -40.0])]))
    for name, f in {"gelu": F.gelu, "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
                    "gelu-sigmoid": lambda x: x * torch.sigmoid(1.702 * x), "silu": F.silu, "relu": F.relu,
                    "sigmoid": torch.sigmoid, "tanh": torch.tanh}.items():
        case(stored, name, name, {"x": x}, f)


def softmaxes(stored):
    for columns in (1, 7, 33):
        x = rounded(draw(5, columns, scale=3.0))
        case(stored, f"softmax-{columns}", "softmax", {"x": x}, lambda x: x.softmax(-1))
        case(stored, f"log-softmax-{columns}", "log-softmax", {"x": x}, lambda x: x.log_softmax(-1))
    large = rounded(draw(3, 9, scale=3.0) + 1e4)
    case(stored, "softmax-large", "softmax", {"x": large}, lambda x: x.softmax(-1))


def cross_entropies(stored):
    x = rounded(draw(6, 13, scale=2.0))
    labels = torch.tensor([3, -100, 0, 12, -100, 7])
    for reduction in ("mean", "sum", "none"):
        case(stored, f"cross-entropy-{reduction}", "cross-entropy", {"x": x},
             lambda x, labels: F.cross_entropy(x, labels, ignore_index=-100, reduction=reduction),
             {"reduction": reduction, "ignoreIndex": -100}, {"labels": labels})
    case(stored, "cross-entropy-smoothed", "cross-entropy", {"x": x},
         lambda x, labels: F.cross_entropy(x, labels, ignore_index=-100, label_smoothing=0.1),
         {"reduction": "mean", "ignoreIndex": -100, "labelSmoothing": 0.1}, {"labels": labels})


def norms(stored):
    for columns, eps in ((7, 1e-5), (32, 1e-12), (37, 1e-6)):
        x, w, b = rounded(draw(4, columns, scale=2.0) + 0.5), rounded(1 + draw(columns, scale=0.3)), rounded(draw(columns))
        case(stored, f"layer-norm-{columns}", "layer-norm", {"x": x, "weight": w, "bias": b},
             lambda x, weight, bias: F.layer_norm(x, (columns,), weight, bias, eps), {"eps": eps})
        case(stored, f"rms-norm-{columns}", "rms-norm", {"x": x, "weight": w},
             lambda x, weight: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight, {"eps": eps})
    offset = rounded(draw(2, 16) + 1000.0)  # a large mean: where a one-pass variance loses its digits
    case(stored, "layer-norm-offset", "layer-norm", {"x": offset, "weight": rounded(1 + draw(16)), "bias": rounded(draw(16))},
         lambda x, weight, bias: F.layer_norm(x, (16,), weight, bias, 1e-5), {"eps": 1e-5})


def attention(q, k, v, mask):
    """Naive, as the formula: q (B, H, T, Dh), k and v (B, Hkv, S, Dh), `mask` true where a pair may be seen."""
    repeat = q.shape[1] // k.shape[1]
    k, v = k.repeat_interleave(repeat, 1), v.repeat_interleave(repeat, 1)
    scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
    return scores.masked_fill(~mask, float("-inf")).softmax(-1) @ v


def attentions(stored):
    def masks(T, S, window=None):
        i, j = torch.arange(S - T, S)[:, None], torch.arange(S)[None]  # bottom-right: query 0 sits at S - T
        seen = j <= i
        return seen if window is None else seen & (i - j < window)

    def store(name, B, H, Hkv, T, S, Dh, mask, **attributes):
        inputs = {"q": rounded(draw(B, H, T, Dh)), "k": rounded(draw(B, Hkv, S, Dh)), "v": rounded(draw(B, Hkv, S, Dh))}
        mask = mask.expand(B, 1, T, S).clone()
        case(stored, name, "attention", inputs, attention, attributes, {"mask": mask})

    store("attention-full", 2, 3, 3, 5, 7, 6, torch.ones(5, 7, dtype=torch.bool))
    store("attention-causal", 2, 3, 3, 7, 7, 10, masks(7, 7), causal=True)
    store("attention-causal-past", 1, 2, 2, 3, 8, 5, masks(3, 8), causal=True)
    store("attention-gqa", 2, 6, 2, 6, 6, 7, masks(6, 6), causal=True)
    store("attention-mqa", 1, 4, 1, 5, 5, 8, masks(5, 5), causal=True)
    store("attention-window", 1, 4, 2, 9, 9, 6, masks(9, 9, 3), causal=True, window=3)
    keys = torch.ones(3, 1, 1, 6, dtype=torch.bool)
    keys[1, ..., 4:] = False
    keys[2, ..., 1] = False
    store("attention-padding", 3, 2, 2, 6, 6, 6, keys)
    store("attention-causal-padding", 3, 2, 1, 6, 6, 6, masks(6, 6) & keys, causal=True)


def adamw(stored):
    """Five steps on fixed gradients: nothing but the optimizer."""
    for name, decay, eps in (("adamw", 0.1, 1e-8), ("adamw-no-decay", 0.0, 1e-6)):
        start, gradients = rounded(draw(11)), rounded(draw(5, 11, scale=0.1))
        gradients[:, 3] = 0.0
        options = dict(lr=0.01, betas=(0.9, 0.98), eps=eps, weight_decay=decay)
        for dtype, tag in ((torch.float64, "f64"), (torch.float32, "f32")):
            parameter = torch.nn.Parameter(start.to(dtype, copy=True))  # else f64 steps would move `start`
            optimizer = torch.optim.AdamW([parameter], **options)
            after = []
            for gradient in gradients:
                parameter.grad = gradient.to(dtype)
                optimizer.step()
                after.append(parameter.detach().clone())
            state = optimizer.state[parameter]
            stored |= {f"{name}.{tag}.out": torch.stack(after), f"{name}.{tag}.m": state["exp_avg"],
                       f"{name}.{tag}.v": state["exp_avg_sq"]}
        stored |= {f"{name}.in.start": start, f"{name}.in.gradients": gradients}
        CASES.append({"name": name, "op": "adamw", "inputs": ["start", "gradients"], "constants": [],
                      "attributes": {"learningRate": 0.01, "betas": [0.9, 0.98], "eps": eps, "weightDecay": decay}})


if __name__ == "__main__":
    ROOT.mkdir(exist_ok=True)
    tensors = {}
    for part in (activations, softmaxes, cross_entropies, norms, attentions, adamw):
        part(tensors)
    save(ROOT / "ops.safetensors", tensors)
    write_json(ROOT / "ops.json", CASES, lines=True)
    write_versions(ROOT)
    print(f"{len(CASES)} cases, {len(tensors)} tensors")
