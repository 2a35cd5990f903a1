"""Random configurations of a family, Hugging Face against Headway: traces, gradients and greedy text.

    python differential.py FAMILY --seed N --count K --headway PATH
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
import transformers

from transformers.generation import GenerationMixin

from common import (differences, generator, load, load_architecture, randomize, read, save, trace, trace_any)
from draws import ACTIVATIONS, DRAWS, draw
from decoders import by_expert, falcon_adds_once

FAMILIES = {"gpt2": ("GPT2Config", "GPT2LMHeadModel"), "llama": ("LlamaConfig", "LlamaForCausalLM"),
            "mistral": ("MistralConfig", "MistralForCausalLM"), "qwen2": ("Qwen2Config", "Qwen2ForCausalLM"),
            "qwen3": ("Qwen3Config", "Qwen3ForCausalLM"), "smollm3": ("SmolLM3Config", "SmolLM3ForCausalLM"),
            "gemma3": ("Gemma3TextConfig", "Gemma3ForCausalLM")} | {
    name: (f"{classes}Config", f"{classes}ForCausalLM") for name, classes in {
        "gpt_neox": "GPTNeoX", "gpt_neo": "GPTNeo", "opt": "OPT", "bloom": "Bloom", "mpt": "Mpt", "falcon": "Falcon",
        "gemma": "Gemma", "gemma2": "Gemma2", "phi3": "Phi3", "olmo2": "Olmo2", "mixtral": "Mixtral", "qwen2_moe": "Qwen2Moe", "qwen3_moe": "Qwen3Moe", "gpt_oss": "GptOss",
        "deepseek_v2": "DeepseekV2", "deepseek_v3": "DeepseekV3"}.items()} | {
    "openai-gpt": ("OpenAIGPTConfig", "OpenAIGPTLMHeadModel")}
LIMIT = 1e-4
CLOSE = 2e-3  # a step whose two best logits are closer than this may be decided by rounding


def draw_rope(r, head_dim):
    kind = r.choice(["default", "default", "linear", "llama3", "yarn", "dynamic"])
    if kind == "dynamic" and head_dim == 2:
        kind = "default"  # the exponent is head_dim / (head_dim - 2)
    parameters = {"rope_type": kind, "rope_theta": r.choice([10000.0, 500000.0, 100.0])}
    if kind != "default":
        parameters["factor"] = r.choice([2.0, 3.5, 8.0])
    if kind in ("llama3", "yarn"):
        parameters["original_max_position_embeddings"] = r.choice([16, 32])
    if kind == "llama3":
        parameters |= {"low_freq_factor": 1.0, "high_freq_factor": 4.0}
    return parameters


def draw_early(r, family, shared):
    """GPT-NeoX, GPT-Neo, OPT, BLOOM, MPT, Falcon: families with names of sizes of their own."""
    heads, layers, positions = r.randint(1, 6), r.randint(1, 3), 64
    hidden = heads * 2 * r.randint(1, 9)
    act = r.choice(["gelu", "gelu_new", "relu"])
    if family == "gpt_neox":
        return shared | dict(
            hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, intermediate_size=r.randint(5, 60),
            max_position_embeddings=positions, hidden_act=act, use_parallel_residual=r.random() < 0.5,
            attention_bias=r.random() < 0.6, layer_norm_eps=r.choice([1e-5, 1e-3]),
            rope_parameters={"rope_type": r.choice(["default", "linear"]), "rope_theta": r.choice([1e4, 1e2]),
                             "factor": 2.5, "partial_rotary_factor": r.choice([0.25, 0.5, 1.0] if hidden // heads % 8 == 0 else [1.0])})
    if family == "gpt_neo":
        types = [r.choice(["global", "local"]) for _ in range(layers)]
        return shared | dict(
            hidden_size=hidden, num_layers=layers, num_heads=heads, max_position_embeddings=positions,
            attention_types=[[[t], 1] for t in types], window_size=r.choice([2, 3, 5, 40]), activation_function=act,
            intermediate_size=r.choice([None, r.randint(5, 60)]), layer_norm_epsilon=r.choice([1e-5, 1e-3]))
    if family == "opt":
        before = r.random() < 0.6
        return shared | dict(
            hidden_size=hidden, ffn_dim=r.randint(5, 60), num_hidden_layers=layers, num_attention_heads=heads,
            max_position_embeddings=positions, pad_token_id=r.choice([0, 1, 3]), do_layer_norm_before=before,
            word_embed_proj_dim=r.choice([None, r.randint(5, 30)]), activation_function=act,
            enable_bias=r.random() < 0.7, _remove_final_layer_norm=before and r.random() < 0.2)
    if family == "bloom":
        return shared | dict(hidden_size=hidden, n_layer=layers, n_head=heads, layer_norm_epsilon=r.choice([1e-5, 1e-3]),
                             apply_residual_connection_post_layernorm=r.random() < 0.4)
    if family == "mpt":
        return shared | dict(d_model=hidden, n_layers=layers, n_heads=heads, max_seq_len=positions,
                             layer_norm_epsilon=r.choice([1e-5, 1e-3]),
                             attn_config={"softmax_scale": r.choice([None, 0.3])})
    kv = r.choice([n for n in (1, 2, 3, 6) if heads % n == 0])
    new = r.random() < 0.5
    return shared | dict(
        hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, max_position_embeddings=positions,
        num_kv_heads=kv if new else None, new_decoder_architecture=new, multi_query=r.random() < 0.5,
        parallel_attn=new or r.random() < 0.5, bias=r.random() < 0.5, alibi=r.random() < 0.4, activation=act,
        num_ln_in_parallel_attn=r.choice([None, 1, 2]) if new else None, ffn_hidden_size=r.randint(5, 60),
        layer_norm_epsilon=r.choice([1e-5, 1e-3]))


def draw_gemma(r, family, config):
    """`config` of a Llama with what Gemma has beside it."""
    act = config.pop("hidden_act")
    config |= {"attention_bias": r.random() < 0.3}
    if family == "gemma":
        return config | {"hidden_act": act}
    layers = config["num_hidden_layers"]
    config |= dict(
        hidden_activation=act, query_pre_attn_scalar=r.randint(2, 20), sliding_window=r.choice([2, 3, 5]),
        layer_types=[r.choice(["full_attention", "sliding_attention"]) for _ in range(layers)],
        attn_logit_softcapping=r.choice([None, 1.0, 30.0]), final_logit_softcapping=r.choice([None, 2.0, 30.0]))
    if family == "gemma3":
        config["rope_parameters"] = {"full_attention": {"rope_type": r.choice(["default", "linear"]), "factor": 4.0,
                                                        "rope_theta": r.choice([1e6, 1e2])},
                                     "sliding_attention": {"rope_type": "default", "rope_theta": r.choice([1e4, 1e2])}}
        config["max_position_embeddings"] = 64
    return config


def draw_config(r, family):
    shared = dict(vocab_size=r.randint(11, 130), tie_word_embeddings=r.random() < 0.5, bos_token_id=1, eos_token_id=2)
    if family == "gpt2":
        heads = r.randint(1, 5)
        return shared | dict(
            n_head=heads, n_embd=heads * r.randint(1, 11), n_layer=r.randint(1, 3), n_positions=64,
            n_inner=r.choice([None, r.randint(5, 60)]), layer_norm_epsilon=r.choice([1e-5, 1e-3]),
            activation_function=r.choice(ACTIVATIONS),
            scale_attn_weights=r.random() < 0.8, scale_attn_by_inverse_layer_idx=r.random() < 0.3)
    if family == "openai-gpt":
        heads = r.randint(1, 6)
        return shared | dict(n_head=heads, n_embd=heads * r.randint(2, 9), n_layer=r.randint(1, 3), n_positions=64,
                             layer_norm_epsilon=r.choice([1e-5, 1e-3]), afn=r.choice(["gelu", "relu", "silu"]))
    if family in ("gpt_neox", "gpt_neo", "opt", "bloom", "mpt", "falcon"):
        return draw_early(r, family, shared)
    kv = r.randint(1, 3)
    heads = kv * r.randint(1, 3)
    head_dim = 2 * r.randint(1, 9)
    config = shared | dict(
        num_attention_heads=heads, num_key_value_heads=kv, head_dim=head_dim, hidden_size=heads * r.randint(2, 9),
        intermediate_size=r.randint(5, 60), num_hidden_layers=r.randint(1, 3), rms_norm_eps=r.choice([1e-6, 1e-5, 1e-3]),
        hidden_act=r.choice(["silu", "silu", "silu", "gelu_pytorch_tanh"] + ACTIVATIONS),
        pad_token_id=r.choice([None, 0, 3]), rope_parameters=draw_rope(r, head_dim))
    # dynamic scaling begins beyond this length
    config["max_position_embeddings"] = 6 if config["rope_parameters"]["rope_type"] == "dynamic" else 64
    if family == "llama":
        config |= dict(attention_bias=r.random() < 0.4, mlp_bias=r.random() < 0.4)
    if family == "mistral":
        config |= dict(sliding_window=r.choice([None, 1, 2, 3, 5]))
    if family in ("qwen2", "qwen3"):
        config |= dict(use_sliding_window=r.random() < 0.5, sliding_window=r.choice([1, 2, 4]),
                       max_window_layers=r.randint(0, 3))
    if config["rope_parameters"]["rope_type"] == "dynamic" and config.get("sliding_window") == 1:
        config["sliding_window"] = 2  # no cache would turn cached keys too, see greedy
    if family == "smollm3":
        config |= dict(attention_bias=r.random() < 0.4, mlp_bias=r.random() < 0.4, use_sliding_window=False)
        layers = config["num_hidden_layers"]
        if r.random() < 0.5:
            config["no_rope_layers"] = [r.randint(0, 1) for _ in range(layers)]
        else:
            config["no_rope_layer_interval"] = r.randint(1, 3)
        config["pad_token_id"] = r.choice([0, 3])
    if family == "qwen2":
        config["hidden_size"] = heads * head_dim  # the family has no head_dim of its own
        del config["head_dim"]
    if family.startswith("gemma"):
        return draw_gemma(r, family, config)
    if family in ("phi3", "olmo2"):
        config["hidden_size"] = heads * head_dim
        del config["head_dim"]
    if family == "olmo2":
        config |= dict(attention_bias=r.random() < 0.4)
    if family == "phi3":
        config["sliding_window"] = r.choice([None, 2, 3, 5])
        config["rope_parameters"] = {"rope_type": "default", "rope_theta": r.choice([1e4, 1e2]),
                                     "partial_rotary_factor": 1.0 if head_dim < 8 else r.choice([0.5, 1.0])}
        dims = int(head_dim * config["rope_parameters"]["partial_rotary_factor"])
        if dims % 2:
            config["rope_parameters"]["partial_rotary_factor"] = 1.0
            dims = head_dim
        if r.random() < 0.5:
            config["original_max_position_embeddings"] = 32
            config["rope_parameters"] |= {
                "rope_type": "longrope", "original_max_position_embeddings": 32,
                "short_factor": [1 + r.random() for _ in range(dims // 2)],
                "long_factor": [2 + r.random() for _ in range(dims // 2)]}
        config["max_position_embeddings"] = 64
    if family.startswith("deepseek"):
        del config["head_dim"]
        config["num_key_value_heads"] = heads
        groups = r.randint(1, 3)
        size = r.randint(2, 3)
        chosen = r.randint(1, groups)
        turned = 2 * r.randint(2, 4)
        config["hidden_size"] = 4 * heads * r.randint(1, 3)
        config |= dict(n_group=groups, topk_group=chosen, n_routed_experts=groups * size, moe_intermediate_size=
                       4 * r.randint(1, 5), num_experts_per_tok=r.randint(1, chosen * size), n_shared_experts=r.randint(1, 2),
                       q_lora_rank=r.choice([None, r.randint(3, 12)]), kv_lora_rank=2 * r.randint(2, 6),
                       qk_nope_head_dim=2 * r.randint(1, 5), qk_rope_head_dim=turned, v_head_dim=r.randint(1, 9),
                       first_k_dense_replace=r.randint(0, 2), routed_scaling_factor=r.choice([1.0, 2.5]),
                       attention_bias=r.random() < 0.4, rope_parameters=draw_rope(r, turned),
                       output_router_logits=r.random() < 0.3)
        if config["rope_parameters"]["rope_type"] == "yarn" and r.random() < 0.7:
            config["rope_parameters"] |= {"mscale": r.choice([0.7, 1.0]), "mscale_all_dim": r.choice([0, 0.5, 1.0])}
        config["max_position_embeddings"] = 6 if config["rope_parameters"]["rope_type"] == "dynamic" else 64
        if family == "deepseek_v2":
            config |= dict(topk_method=r.choice(["greedy", "group_limited_greedy"]), mlp_bias=r.random() < 0.4)
        else:
            config |= dict(norm_topk_prob=r.random() < 0.6, rope_interleave=r.random() < 0.7)
        return config
    if family == "gpt_oss":
        experts = r.randint(1, 5)
        config |= dict(num_local_experts=experts, num_experts_per_tok=r.randint(1, experts), hidden_size=4 * r.randint(1, 6),
                       intermediate_size=4 * r.randint(1, 6), sliding_window=r.choice([2, 3, 5]),
                       swiglu_limit=r.choice([0.3, 1.0, 7.0]), swiglu_alpha=r.choice([1.702, 1.0]),
                       attention_bias=r.random() < 0.6, output_router_logits=r.random() < 0.4)
        if r.random() < 0.3:
            del config["rope_parameters"]
            config["max_position_embeddings"] = 64
        return config
    if family in ("mixtral", "qwen2_moe", "qwen3_moe"):
        experts = r.randint(1, 6)
        # widths whose rows are whole 16 bytes, which the reference's experts need
        config |= dict(intermediate_size=4 * r.randint(1, 12), hidden_size=4 * r.randint(2, 9), num_experts_per_tok=
                       r.randint(1, experts), **{"num_local_experts" if family == "mixtral" else "num_experts": experts})
        config |= dict(output_router_logits=r.random() < 0.4, router_aux_loss_coef=r.choice([0.01, 0.5]))
        if family == "mixtral":
            config["sliding_window"] = r.choice([None, 2, 3, 5])
        else:
            # a norm over two numbers that are nearly 0 turns half a unit in the last place of a weight into 2e-4
            config["head_dim"] = max(4, head_dim)
            config |= dict(moe_intermediate_size=4 * r.randint(1, 8), norm_topk_prob=r.random() < 0.5,
                           attention_bias=r.random() < 0.4, decoder_sparse_step=r.randint(1, 2),
                           mlp_only_layers=r.choice([[], [0]]))
    if family in ("qwen2_moe", "qwen3_moe") and not any(
            (i + 1) % config["decoder_sparse_step"] == 0 and i not in config["mlp_only_layers"]
            for i in range(config["num_hidden_layers"])):
        config["output_router_logits"] = False  # the reference's loss needs a router
    if family == "qwen2_moe":
        del config["head_dim"]
        config["hidden_size"] = heads * head_dim * (1 if heads * head_dim % 4 == 0 else 2)
        config |= dict(shared_expert_intermediate_size=r.randint(1, 20), qkv_bias=r.random() < 0.6,
                       use_sliding_window=r.random() < 0.5, sliding_window=r.choice([2, 4]),
                       max_window_layers=r.randint(0, 3))
        if config["hidden_size"] // heads % 2 or config["hidden_size"] % 4:
            config["hidden_size"] = 4 * heads
    if family == "qwen3":
        config |= dict(attention_bias=r.random() < 0.4)
    return config


def draw_inputs(r, vocab):
    batch, length = r.randint(1, 4), r.randint(2, 13)
    g = generator(r.randrange(2**31))
    inputs = {"input_ids": torch.randint(0, vocab, (batch, length), generator=g)}
    padding = r.choice(["none", "left", "right", "mixed"])
    labels = inputs["input_ids"].clone()
    if padding != "none":
        mask = torch.ones(batch, length, dtype=torch.int64)
        for row in range(batch):
            n = r.randint(0, length - 1)
            side = r.choice(["left", "right"]) if padding == "mixed" else padding
            if n:
                mask[row, :n] = 0 if side == "left" else 1
                mask[row, length - n:] = 0 if side == "right" else mask[row, length - n:]
        inputs["attention_mask"] = mask
        labels[mask == 0] = -100
    if r.random() < 0.3:
        start = torch.randint(0, 5, (batch, 1), generator=g)
        inputs["position_ids"] = start + torch.arange(length)[None]
    labels[torch.rand(labels.shape, generator=g) < 0.15] = -100
    labels[0, -1] = inputs["input_ids"][0, -1]  # at least one, or the loss is NaN
    return inputs | {"labels": labels}


class Headway:
    """One running program that takes a command line at a time: starting a JVM for each would take most of the time."""

    def __init__(self, launcher):
        options = os.environ.get("HEADWAY_JAVA_OPTIONS", "") + " -Dheadway.lines=true"
        self.process = subprocess.Popen([launcher], env=os.environ | {"HEADWAY_JAVA_OPTIONS": options}, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, *arguments):
        self.process.stdin.write(json.dumps([str(a) for a in arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("headway ended by itself")
        answer = json.loads(line)
        if answer["exit"] != 0:
            raise RuntimeError(f"headway {arguments[0]} exited {answer['exit']}: {answer['err'].strip()[-2000:]}")
        return answer["out"]


def slides_by_one(config):
    types = getattr(config, "layer_types", None)
    sliding = config.model_type == "mistral" if types is None else "sliding_attention" in types
    return sliding and getattr(config, "sliding_window", None) == 1


def greedy(folder, prompt, new):
    """The new ids, and the smallest distance between the two best logits on the way."""
    model = load(folder)
    if getattr(model.config, "output_router_logits", False):
        model.config.output_router_logits = False
    # With a window of 1 the cache of Hugging Face keeps everything: the README says why.
    out = model.generate(torch.tensor([prompt]), max_new_tokens=new, do_sample=False, pad_token_id=0,
                         use_cache=not slides_by_one(model.config),
                         output_logits=True, return_dict_in_generate=True)
    tops = [logits[0].topk(2).values for logits in out.logits]
    return out.sequences[0, len(prompt):].tolist(), min(float(t[0] - t[1]) for t in tops)


def one(family, seed, headway):
    """Worst difference of the traced pass; raises where the text differs."""
    r = random.Random(f"{family}-{seed}")
    torch.manual_seed(seed)
    config_name, model_name = FAMILIES[family]
    config = draw_config(r, family)
    inputs = draw_inputs(r, config["vocab_size"])
    if family == "gpt_neo" and "attention_mask" in inputs and inputs["attention_mask"][0, -1] == 0:
        inputs["attention_mask"][0] = 1  # the last label of this row counts: see 12 in the README
    prompt = [r.randrange(config["vocab_size"]) for _ in range(r.randint(1, 7))]
    new = r.randint(1, 9)
    if not any(prompt):
        prompt[-1] = 1  # a prompt of nothing but the pad token is refused, while Hugging Face attends to all of it
    with tempfile.TemporaryDirectory() as temporary:
        folder, given, written = (Path(temporary) / n for n in ("model", "in.safetensors", "out.safetensors"))
        model = getattr(transformers, model_name)(getattr(transformers, config_name)(**config))
        randomize(model, seed)
        for buffer in (b for n, b in model.named_buffers() if n.endswith("e_score_correction_bias")):
            buffer.copy_(torch.randn(buffer.shape, generator=generator(seed + 1)) * 0.3)
        model.save_pretrained(folder)
        save(given, inputs)
        expected, gradients = trace(load(folder), inputs)
        gradients = by_expert(gradients, family)
        if family == "gpt_neox" and "grad.lm_head.weight" in gradients:
            gradients["grad.embed_out.weight"] = gradients.pop("grad.lm_head.weight")  # files keep the older name
        headway("trace", folder, "--inputs", given, "--out", written, "--gradients")
        rows = differences(expected | gradients, read(written))
        worst = max(rows, key=lambda row: min(row[1], row[2]))
        ids, closest = greedy(folder, prompt, new)
        answer = json.loads(headway("generate", folder, "--ids", ",".join(map(str, prompt)),
                                "--max-new-tokens", new, "--temperature", 0, "--pad-token-id", 0, "--json"))
        actual = answer["sequences"][0]["ids"]
    shape = f"mask {'yes' if 'attention_mask' in inputs else 'no'}, positions {'yes' if 'position_ids' in inputs else 'no'}"
    print(f"seed {seed}: worst abs {worst[1]:.2e} rel {worst[2]:.2e} in {worst[0]} {worst[3]} ({shape}), "
          f"text {'equal' if actual == ids else 'DIFFERENT' if closest > CLOSE else 'differs at a near tie'}", flush=True)
    good = min(worst[1], worst[2]) <= LIMIT and (actual == ids or closest <= CLOSE)
    if not good:
        print(f"  config {json.dumps(config)}\n  prompt {prompt} expected {ids} got {actual}, closest {closest:.1e}")
    return good, min(worst[1], worst[2])


def drawn_text(r, vocab, ends):
    """Options of one text: greedy or with beams."""
    options = {"max_new_tokens": r.randint(1, 7), "eos_token_id": ends}
    if r.random() < 0.6:
        options |= {"num_beams": min(r.randint(2, 4), vocab), "length_penalty": r.choice([1.0, 0.0, 2.0, -0.5]),
                    "early_stopping": r.choice([True, False, "never"])}
        options["num_return_sequences"] = r.randint(1, options["num_beams"])
    if r.random() < 0.3:
        options["no_repeat_ngram_size"] = 2
    if r.random() < 0.3:
        options["repetition_penalty"] = 1.4
    if r.random() < 0.3:
        options["min_new_tokens"] = r.randint(1, options["max_new_tokens"])
    return options


def texts(folder, prompt, options, off=0):
    """The new ids of each text; `off` moves the weights a little, which shows what rounding decides."""
    model = load_architecture(folder)
    if off:
        g = generator(off)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(1 + 3e-6 * torch.randn(parameter.shape, generator=g))
    pad = model.config.get_text_config(decoder=True).pad_token_id or 0
    if model.config.model_type in ("roberta", "xlm-roberta", "camembert"):  # see 22 in the README
        prompt = prompt | {"position_ids": pad + 1 + torch.arange(prompt["input_ids"].shape[1])[None]}
    deep = getattr(model.config, "num_decoder_layers", None) not in (None, getattr(model.config, "num_layers", None))
    out = GenerationMixin.generate(model, **prompt, do_sample=False, pad_token_id=pad, use_cache=not deep,
                                   **{"num_beams": 1} | options)
    begins = 1 if model.config.is_encoder_decoder else prompt["input_ids"].shape[1]
    rows = []
    for row in out[:, begins:].tolist():
        rows.append(row[:next((i + 1 for i, t in enumerate(row) if t == options["eos_token_id"]), len(row))])
    return rows


def any_family(family, seed, headway):
    """The same for a family of `draws.py`, with the head that was drawn."""
    r = random.Random(f"{family}-{seed}")
    torch.manual_seed(seed)
    config_class, model_class, config, inputs, prompt = draw(family, seed, r)
    text, wanted, actual, near = "no text", None, None, False
    with tempfile.TemporaryDirectory() as temporary:
        folder, given, written = (Path(temporary) / n for n in ("model", "in.safetensors", "out.safetensors"))
        model = getattr(transformers, model_class)(getattr(transformers, config_class)(**config))
        randomize(model, seed)
        model.save_pretrained(folder)
        save(given, inputs)
        options = {"use_cache": False} if prompt is not None else {}
        if family.startswith("mamba"):
            options["output_attentions"] = None
        expected, gradients = trace_any(load_architecture(folder), inputs, **options)
        headway("trace", folder, "--inputs", given, "--out", written, *(["--gradients"] if gradients else []))
        rows = differences(expected | gradients, read(written))
        worst = max(rows, key=lambda row: min(row[1], row[2]))
        if prompt is not None:
            sizes = config.get("text_config", config.get("decoder", config))
            how = drawn_text(r, sizes["vocab_size"], 2)
            wanted = texts(folder, prompt, how)
            near = any(texts(folder, prompt, how, off) != wanted for off in (1, 2))
            save(given, prompt)
            said = [str(x) for key, value in how.items()
                    for x in ("--" + key.replace("_", "-"), str(value).lower())]
            answer = json.loads(headway("generate", folder, "--inputs", given, "--temperature", 0, "--pad-token-id",
                                        sizes.get("pad_token_id", 0), "--json", *said))
            actual = [s["ids"] for s in answer["sequences"]]
            text = "text equal" if actual == wanted else "text differs at a near tie" if near else "text DIFFERENT"
    print(f"seed {seed}: worst abs {worst[1]:.2e} rel {worst[2]:.2e} in {worst[0]} {worst[3]} ({model_class}), {text}",
          flush=True)
    good = min(worst[1], worst[2]) <= LIMIT and (actual == wanted or near)
    if not good:
        print(f"  config {json.dumps(config)}\n  text {how if prompt is not None else ''} expected {wanted} got {actual}")
    return good, min(worst[1], worst[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("family", choices=[*FAMILIES, *DRAWS])
    parser.add_argument("--seed", type=int, default=0, help="of the first configuration; the next ones count up")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--headway", required=True, help="the launcher")
    arguments = parser.parse_args()
    falcon_adds_once()
    bad, worst = [], 0.0
    headway = Headway(arguments.headway)
    for seed in range(arguments.seed, arguments.seed + arguments.count):
        try:
            compare = any_family if arguments.family in DRAWS else one
            good, difference = compare(arguments.family, seed, headway)
        except (RuntimeError, json.JSONDecodeError, KeyError, OSError) as error:
            print(f"seed {seed}: {type(error).__name__}: {error}")
            good, difference = False, float("inf")
        worst = max(worst, difference)
        if not good:
            bad.append(seed)
    print(f"{arguments.family}: {arguments.count - len(bad)} of {arguments.count} equal, worst {worst:.2e}"
          + (f", failing seeds {bad}" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
