"""Thirty AdamW steps of tiny models in plain PyTorch: start weights, batches, run.yaml, the curve and the final weights.

    python training.py [CASE ...]
"""

import shutil
import sys

import torch
from transformers import (DistilBertConfig, DistilBertForSequenceClassification, GPT2Config, GPT2LMHeadModel,
                          LlamaConfig, LlamaForCausalLM, T5Config, T5ForConditionalGeneration, ViTConfig,
                          ViTForImageClassification, get_constant_schedule_with_warmup,
                          get_cosine_with_min_lr_schedule_with_warmup, get_inverse_sqrt_schedule,
                          get_linear_schedule_with_warmup, get_wsd_schedule)

from common import HERE, differences, generator, load_architecture as load, randomize, save, write_json, write_versions

ROOT = HERE / "training"
STEPS, BATCH, SEQ, VOCAB = 30, 4, 9, 53


def gpt2():
    return GPT2LMHeadModel(GPT2Config(vocab_size=VOCAB, n_positions=16, n_embd=15, n_layer=2, n_head=3, bos_token_id=1,
                                      eos_token_id=2, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0))


def llama():
    return LlamaForCausalLM(LlamaConfig(vocab_size=VOCAB, hidden_size=16, intermediate_size=27, num_hidden_layers=2,
                                        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=32,
                                        rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2, head_dim=6))


def cosine(optimizer, s):
    return get_cosine_with_min_lr_schedule_with_warmup(optimizer, s["warmupSteps"], STEPS, min_lr=s["minLearningRate"])


def constant(optimizer, s):
    return get_constant_schedule_with_warmup(optimizer, s["warmupSteps"])


def linear(optimizer, s):
    return get_linear_schedule_with_warmup(optimizer, s["warmupSteps"], STEPS)


def wsd(optimizer, s):
    return get_wsd_schedule(optimizer, s["warmupSteps"], s["decaySteps"], STEPS,
                            min_lr_ratio=s["minLearningRate"] / optimizer.defaults["lr"])


def inverse_sqrt(optimizer, s):
    return get_inverse_sqrt_schedule(optimizer, s["warmupSteps"])


def table(optimizer, s):
    """The rates themselves: the lambda gives a factor, so the rate it multiplies is 1."""
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: s["learningRates"][min(step, STEPS - 1)])


SCHEDULES = {"cosine": cosine, "constant": constant, "linear": linear, "wsd": wsd, "inverse-sqrt": inverse_sqrt,
             "table": table}

SAWTOOTH = [round(0.0005 * (1 + step % 7), 6) for step in range(STEPS)]

# name -> model, what differs in run.yaml, whether batches.safetensors has labels of its own
CASES = {
    "gpt2-cosine": (gpt2, dict(schedule=dict(name="cosine", warmupSteps=5, minLearningRate=0.0003)), False),
    "gpt2-linear": (gpt2, dict(schedule=dict(name="linear", warmupSteps=3, minLearningRate=0.0)), True),
    "gpt2-inverse-sqrt": (gpt2, dict(schedule=dict(name="inverse-sqrt", warmupSteps=6, minLearningRate=0.0),
                                     maxGradNorm=0.5), False),
    "llama-constant": (llama, dict(schedule=dict(name="constant", warmupSteps=0, minLearningRate=0.0),
                                   decayOn="all", weightDecay=0.3, maxGradNorm=None), False),
    "llama-accumulate": (llama, dict(schedule=dict(name="constant", warmupSteps=2, minLearningRate=0.0),
                                     accumulate=2), True),
    "llama-wsd": (llama, dict(schedule=dict(name="wsd", warmupSteps=4, decaySteps=10, minLearningRate=0.0003)), False),
    "llama-table": (llama, dict(schedule=dict(name="table", learningRates=SAWTOOTH), betas=[0.8, 0.99], eps=1e-6),
                    False),
}


def distilbert():
    return DistilBertForSequenceClassification(DistilBertConfig(
        vocab_size=VOCAB, max_position_embeddings=16, n_layers=2, n_heads=2, dim=12, hidden_dim=20, dropout=0.0,
        attention_dropout=0.0, seq_classif_dropout=0.0, num_labels=3, pad_token_id=0))


def t5():
    return T5ForConditionalGeneration(T5Config(
        vocab_size=VOCAB, d_model=12, d_kv=5, d_ff=18, num_layers=2, num_decoder_layers=1, num_heads=2,
        relative_attention_num_buckets=8, relative_attention_max_distance=12, dropout_rate=0.0,
        feed_forward_proj="gated-gelu", decoder_start_token_id=0, pad_token_id=0, eos_token_id=1))


def vit():
    return ViTForImageClassification(ViTConfig(
        hidden_size=12, num_hidden_layers=2, num_attention_heads=2, intermediate_size=20, image_size=8, patch_size=4,
        num_channels=3, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, num_labels=3))


def padded(g):
    """Ids with padding behind, and the mask that says so."""
    ids = torch.randint(2, VOCAB, (STEPS, BATCH, SEQ), generator=g)
    lengths = torch.randint(3, SEQ + 1, (STEPS, BATCH, 1), generator=g)
    mask = (torch.arange(SEQ) < lengths).long()
    return ids * mask, mask


def classes(g):
    """The class is what the first token leaves when divided by three."""
    ids, mask = padded(g)
    return {"input_ids": ids, "attention_mask": mask, "labels": ids[..., 0] % 3}


def pairs(g):
    """The target is the source's beginning, moved up by one; uneven lengths."""
    ids, mask = padded(g)
    return {"input_ids": ids, "attention_mask": mask,
            "labels": ((ids + 1) % VOCAB).masked_fill(mask == 0, -100)[..., :7]}


def images(g):
    """The class is the brightest channel."""
    pixels = torch.randn(STEPS, BATCH, 3, 8, 8, generator=g)
    return {"pixel_values": pixels, "labels": pixels.mean(dim=(-1, -2)).argmax(-1)}


# heads that are no language models: model, what differs in run.yaml, what the batches hold
OTHERS = {
    "distilbert-classes": (distilbert, dict(schedule=dict(name="cosine", warmupSteps=5, minLearningRate=0.0003)),
                           classes),
    "t5-accumulate": (t5, dict(schedule=dict(name="constant", warmupSteps=2, minLearningRate=0.0), accumulate=2),
                      pairs),
    "vit-images": (vit, dict(schedule=dict(name="linear", warmupSteps=3, minLearningRate=0.0)), images),
}


def settings(more):
    base = dict(learningRate=0.003, betas=[0.9, 0.95], eps=1e-8, weightDecay=0.1, decayOn="matrices", maxGradNorm=1.0,
                accumulate=1)
    return base | more


def run_yaml(run):
    def flow(value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(flow(v) for v in value) + "]"
        if isinstance(value, float):
            text = repr(value)
            return text.replace("e", ".0e") if "e" in text and "." not in text else text  # YAML wants the point
        return str(value)

    optimizer = {"name": "adamw"} | {k: run[k] for k in ("learningRate", "betas", "eps", "weightDecay", "decayOn")}
    lines = ["init: start", "batches: batches.safetensors", f"optimizer: {flow(optimizer)}",
             f"schedule: {flow(run['schedule'])}"]
    if run["maxGradNorm"] is not None:
        lines.append(f"maxGradNorm: {run['maxGradNorm']}")
    lines += [f"accumulate: {run['accumulate']}", f"steps: {STEPS}", "seed: 1", "dropout: 0", "precision: f32"]
    return "\n".join(lines) + "\n"


def batches(g, with_labels):
    """Sequences with something to learn: each id follows from the one before, one in five is noise."""
    ids = torch.empty(STEPS, BATCH, SEQ, dtype=torch.int64)
    ids[..., 0] = torch.randint(0, VOCAB, (STEPS, BATCH), generator=g)
    noise = torch.randint(0, VOCAB, ids.shape, generator=g)
    is_noise = torch.rand(ids.shape, generator=g) < 0.2
    for t in range(1, SEQ):
        ids[..., t] = torch.where(is_noise[..., t], noise[..., t], (ids[..., t - 1] * 3 + 7) % VOCAB)
    tensors = {"input_ids": ids}
    if with_labels:
        # uneven between the rows, so that a mean of means is not the mean over the step's labels
        share = torch.tensor([0.0, 0.1, 0.5, 0.7])[None, :, None]
        tensors["labels"] = ids.masked_fill(torch.rand(ids.shape, generator=g) < share, -100)
    return tensors


def labelled(labels):
    return (labels[..., 1:] != -100).sum()


def summed_loss(model, ids, labels):
    logits = model(input_ids=ids).logits[:, :-1]
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels[:, 1:].flatten(), reduction="sum")


def micro_batches(model, run, batch):
    """Summed losses of a step's micro-batches, and how many labels they have."""
    if "input_ids" in batch and isinstance(model, (GPT2LMHeadModel, LlamaForCausalLM)):
        ids, labels = batch["input_ids"], batch.get("labels", batch["input_ids"])
        for micro_ids, micro_labels in zip(ids.chunk(run["accumulate"]), labels.chunk(run["accumulate"])):
            yield summed_loss(model, micro_ids, micro_labels), labelled(labels)
        return
    count = (batch["labels"] != -100).sum()
    for parts in zip(*(t.chunk(run["accumulate"]) for t in batch.values())):
        micro = {n: t.contiguous() for n, t in zip(batch, parts)}
        yield model(**micro).loss * (micro["labels"] != -100).sum(), count


def train(model, run, data):
    model.train()
    decayed = [p for p in model.parameters() if run["decayOn"] == "all" or p.ndim >= 2]
    others = [p for p in model.parameters() if not (run["decayOn"] == "all" or p.ndim >= 2)]
    groups = [{"params": decayed, "weight_decay": run["weightDecay"]}, {"params": others, "weight_decay": 0.0}]
    peak = 1.0 if run["schedule"]["name"] == "table" else run["learningRate"]
    optimizer = torch.optim.AdamW([group for group in groups if group["params"]], lr=peak, betas=tuple(run["betas"]),
                                  eps=run["eps"])
    schedule = SCHEDULES[run["schedule"]["name"]](optimizer, run["schedule"])
    curve = []
    for step in range(STEPS):
        optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for summed, count in micro_batches(model, run, {n: t[step] for n, t in data.items()}):
            loss = summed / count
            loss.backward()
            total += loss.item()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), run["maxGradNorm"] or float("inf")).item()
        rate = optimizer.param_groups[0]["lr"]
        optimizer.step()
        schedule.step()
        curve.append({"step": step + 1, "loss": total, "gradNorm": norm, "learningRate": rate})
    return curve


def make(name, seed):
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    build, more, of = CASES.get(name) or OTHERS[name]
    run = settings(more)
    torch.manual_seed(seed)
    model = build()
    randomize(model, seed)
    model.save_pretrained(folder / "start")
    data = of(generator(seed + 1)) if name in OTHERS else batches(generator(seed + 1), of)
    save(folder / "batches.safetensors", data)
    (folder / "run.yaml").write_text(run_yaml(run))

    model = load(folder / "start")
    curve = train(model, run, data)
    final = {n: p.detach() for n, p in model.named_parameters()}
    if name in OTHERS:
        # under the names of files, which are not those of the modules
        model.save_pretrained(folder / "end")
        (folder / "end" / "model.safetensors").rename(folder / "final.safetensors")
        shutil.rmtree(folder / "end")
    else:
        save(folder / "final.safetensors", final)
    write_json(folder / "curve.json", curve, lines=True)

    # the same run in f64: what lies between the two is rounding, and no port need be closer than that
    exact = load(folder / "start", torch.float64)
    curve64 = train(exact, run, data)
    far = lambda key: max(abs(a[key] - b[key]) for a, b in zip(curve, curve64))
    weights = differences({n: p.detach() for n, p in exact.named_parameters()}, final)
    write_json(folder / "noise.json", {
        "loss": far("loss"), "gradNorm": far("gradNorm"),
        "weights": {n: absolute for n, absolute, _, _ in weights}})
    worst = max(weights, key=lambda row: row[1])
    print(f"{name:<18} loss {curve[0]['loss']:.4f} -> {curve[-1]['loss']:.4f}  to f64: loss {far('loss'):.1e} "
          f"gradNorm {far('gradNorm'):.1e} weights {worst[1]:.1e} ({worst[0]})", flush=True)


if __name__ == "__main__":
    for number, case in enumerate(CASES | OTHERS):
        if not sys.argv[1:] or case in sys.argv[1:]:
            make(case, 3000 + 10 * number)
    write_versions(ROOT)
