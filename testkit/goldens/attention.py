"""How far and how widely heads look, and how much the loss depends on each: `attention.json` beside checkpoints of
`tasks.py`.

    python attention.py

Importance is |dL/dxi| for a factor xi = 1 on the output of a head, put before the output projection by a hook
(Michel et al. 2019). Labels: a language model's own tokens, those of a masked one, the class that the model gives.
"""

import torch
import transformers

from common import HERE, load_architecture, write_json

ROOT = HERE / "tasks"
TEXT = "You are all resolved rather to die."


def outputs(model):
    """(part, module that projects the heads' outputs), in the order in which a trace names them."""
    kind = model.config.model_type
    if kind == "bert":
        return [("", l.attention.output.dense) for l in model.bert.encoder.layer]
    if kind == "gpt2":
        return [("", b.attn.c_proj) for b in model.transformer.h]
    encoder = [("encoder", b.layer[0].SelfAttention.o) for b in model.encoder.block]
    decoder = [("decoder", b.layer[0].SelfAttention.o) for b in model.decoder.block]
    cross = [("cross", b.layer[1].EncDecAttention.o) for b in model.decoder.block]
    return encoder + decoder + cross


def look(name):
    folder = ROOT / name
    model = load_architecture(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    given = dict(tokenizer(TEXT, return_tensors="pt"))
    given["labels"] = given["input_ids"].clone()
    if "Sequence" in type(model).__name__:
        del given["labels"]
        with torch.no_grad():
            given["labels"] = model(**given).logits.argmax(-1)
    gates, hooks = [], []
    for part, module in outputs(model):
        def gate(_, args):
            ones = torch.ones_like(args[0], requires_grad=True)
            gates.append(ones)
            return (args[0] * ones,)
        hooks.append((part, module, gate))
    found = {}
    for part, module, gate in hooks:
        def hook(m, args, gate=gate, key=(part, module)):
            result = gate(m, args)
            found[key] = gates[-1]
            return result
        module.register_forward_pre_hook(hook)
    out = model(**given, output_attentions=True)
    out.loss.backward()
    heads = []
    series = {"": getattr(out, "attentions", None), "encoder": getattr(out, "encoder_attentions", None),
              "decoder": getattr(out, "decoder_attentions", None), "cross": getattr(out, "cross_attentions", None)}
    counts = {}
    for part, module in outputs(model):
        layer = counts.get(part, 0)
        counts[part] = layer + 1
        a = series[part][layer][0].detach().double()
        heads_n, t, s = a.shape
        gradient = found[(part, module)].grad[0].double().view(t, heads_n, -1)
        importance = gradient.sum((0, 2)).abs()
        far = (torch.arange(t)[:, None] - torch.arange(s)[None, :]).abs()
        distance = (a * far).sum(-1).mean(-1)
        entropy = -(a * torch.where(a > 0, a, torch.ones(())).log()).sum(-1).mean(-1)
        for h in range(heads_n):
            heads.append({"part": part, "layer": layer, "head": h, "distance": distance[h].item(),
                          "entropy": entropy[h].item(), "importance": importance[h].item()})
    write_json(folder / "attention.json", {"text": TEXT, "heads": heads})


for name in ("fill-bert", "classify-bert", "write-gpt2", "write-t5"):
    look(name)
