"""What the golden scripts share: seeds, random weights, one traced pass, and files that come out the same each time."""

import json
import os
import platform
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing here may depend on the network

import numpy
import safetensors
import safetensors.torch
import torch
import transformers
from transformers.core_model_loading import revert_weight_conversion

HERE = Path(__file__).resolve().parent
torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()


def generator(seed):
    return torch.Generator().manual_seed(seed)


def randomize(model, seed, scale=0.2):
    """Every parameter random: a bias that is 0 or a norm weight that is 1 would hide a port that forgets it."""
    g = generator(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=g) * scale
            is_norm = parameter.ndim == 1 and name.endswith("weight")
            parameter.copy_(1 + noise if is_norm else noise)


def load(folder, dtype=torch.float32):
    """The checkpoint as Hugging Face reads it back, with attention that keeps its weights."""
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=dtype)
    return model.eval()


def trace(model, inputs):
    """One forward and one backward pass: (what `headway trace` writes, its gradients)."""
    model.zero_grad(set_to_none=True)
    cache = {} if model.config.model_type == "openai-gpt" else {"use_cache": False}
    out = model(**inputs, output_hidden_states=True, output_attentions=True, **cache)
    expected = {"logits": out.logits, "last_hidden_state": out.hidden_states[-1]}
    expected |= {f"hidden_states.{i}": h for i, h in enumerate(out.hidden_states)}
    expected |= {f"attentions.{i}": a for i, a in enumerate(out.attentions)}
    if getattr(out, "aux_loss", None) is not None:
        expected["aux_loss"] = out.aux_loss
    if getattr(out, "router_logits", None):
        expected |= {f"router_logits.{i}": s for i, s in enumerate(out.router_logits)}
    gradients = {}
    if out.loss is not None:
        expected["loss"] = out.loss
        out.loss.backward()
        gradients = {f"grad.{name}": p.grad for name, p in model.named_parameters()}
    detach = lambda tensors: {name: t.detach().clone() for name, t in tensors.items()}
    return detach(expected), detach(gradients)


def save(path, tensors):
    safetensors.torch.save_file({n: t.contiguous().clone() for n, t in sorted(tensors.items())}, path)


def read(path):
    return safetensors.torch.load_file(path)


def write_json(path, value, lines=False):
    """`lines`: a list with one element a line, so that a difference can be read."""
    if lines:
        text = "[\n" + ",\n".join("  " + json.dumps(v) for v in value) + "\n]\n"
    else:
        text = json.dumps(value, indent=2) + "\n"
    Path(path).write_text(text, encoding="utf-8")


def write_versions(folder, *more):
    versions = {
        "python": platform.python_version(),
        "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__,
        "numpy": numpy.__version__,
        "safetensors": safetensors.__version__,
    }
    versions |= {module.__name__: module.__version__ for module in more}
    write_json(folder / "versions.json", versions)


def differences(expected, actual):
    """Worst absolute difference, and the same relative to the largest expected value, for each tensor name."""
    rows = []
    for name in sorted(expected):
        if name not in actual:
            rows.append((name, float("inf"), float("inf"), "missing"))
            continue
        e, a = expected[name].double(), actual[name].double()
        if e.shape != a.shape:
            rows.append((name, float("inf"), float("inf"), f"shape {tuple(a.shape)}, expected {tuple(e.shape)}"))
            continue
        if e.numel() == 0:
            rows.append((name, 0.0, 0.0, ""))
            continue
        worst = (e - a).abs().max().item()
        worst = float("inf") if worst != worst else worst  # a NaN is never right here
        rows.append((name, worst, worst / max(e.abs().max().item(), 1e-30), ""))
    return rows


def report(rows, limit):
    """Prints the table of `differences`; true where every tensor is within `limit` absolutely or relatively."""
    good = True
    for name, absolute, relative, why in rows:
        bad = min(absolute, relative) > limit
        good = good and not bad
        print(f"{'BAD ' if bad else 'ok  '} {name:<60} abs {absolute:.3e}  rel {relative:.3e}  {why}".rstrip())
    return good


def load_architecture(folder, dtype=torch.float32):
    """The checkpoint with the head that its config names."""
    name = json.loads((Path(folder) / "config.json").read_text())["architectures"][0]
    model = getattr(transformers, name).from_pretrained(folder, attn_implementation="eager", dtype=dtype)
    return model.eval()


def flat(out, prefix=""):
    """Outputs of any model under the names that `headway trace` gives them."""
    named = {}
    for key, value in out.items():
        if key in ("past_key_values", "cache_params") or value is None:
            continue
        if isinstance(value, torch.Tensor):
            named[prefix + key] = value
        elif isinstance(value, (tuple, list)):
            named |= {f"{prefix}{key}.{i}": v for i, v in enumerate(value) if v is not None}
        else:
            named |= flat(value, f"{prefix}{key}.")
    return named


def trace_any(model, inputs, **options):
    """One forward and, where there is a loss, one backward pass of any model."""
    model.zero_grad(set_to_none=True)
    flags = {"output_hidden_states": True, "output_attentions": True} | options
    out = model(**inputs, **{name: value for name, value in flags.items() if value is not None})
    expected = flat(out)
    gradients = {}
    if expected.get("loss") is not None:
        expected["loss"].backward()
        # a tied parameter under the name that the file gives it
        tied = getattr(model, "all_tied_weights_keys", None) or {}
        found = {tied.get(n, n): p.grad for n, p in model.named_parameters() if p.grad is not None}
        # under the names of the file, where Hugging Face's modules have others
        gradients = {f"grad.{n}": g for n, g in revert_weight_conversion(model, found).items()}
    detach = lambda tensors: {name: t.detach().clone().float() for name, t in tensors.items()}
    return detach(expected), detach(gradients)


def seen_prompts(rows, images, videos, merge, image, video):
    """Prompts of Qwen2-VL: -1 in a row stands for as many `image` tokens as the next of the grids has, -2 for a video's;
    padded on the left."""
    grids, full = {-1: iter(images), -2: iter(videos)}, []
    for row in rows:
        ids = []
        for token in row:
            if token < 0:
                t, h, w = next(grids[token])
                ids += [image if token == -1 else video] * (t * h * w // merge ** 2)
            else:
                ids.append(token)
        full.append(ids)
    longest = max(map(len, full))
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in full])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in full])
    kinds = (ids == image).to(torch.int64) + 2 * (ids == video).to(torch.int64)
    return {"input_ids": ids, "attention_mask": mask, "mm_token_type_ids": kinds}


def make_case(folder, model, seed, variants, after=None, scale=0.2, **options):
    """Writes checkpoint, inputs, traced pass and gradients of one case; `variants`: suffix -> arguments of `forward`."""
    import shutil
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    randomize(model, seed, scale)
    model.save_pretrained(folder)
    if after:
        after(folder)
    loss = None
    for suffix, arguments in variants.items():
        expected, gradients = trace_any(load_architecture(folder), arguments, **options)
        save(folder / f"inputs{suffix}.safetensors", arguments)
        save(folder / f"expected{suffix}.safetensors", expected)
        if gradients:
            save(folder / f"gradients{suffix}.safetensors", gradients)
        loss = expected.get("loss", loss)
    size = sum(f.stat().st_size for f in folder.iterdir()) // 1024
    print(f"{folder.name:<24} parameters {sum(p.numel() for p in model.parameters()):>6}  {size:>4} KB  "
          f"loss {'-' if loss is None else format(loss.item(), '.4f')}", flush=True)
