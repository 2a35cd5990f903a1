"""Tiny random decoders: checkpoint, traced pass, gradients and greedy text of each, by Hugging Face transformers.

    python decoders.py [CASE ...]
"""

import json
import shutil
import sys

import torch
import transformers
from transformers import (GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, MistralConfig,
                          MistralForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM,
                          SmolLM3Config, SmolLM3ForCausalLM)

from common import HERE, generator, load, randomize, read, save, trace, write_json, write_versions

ROOT = HERE / "decoders"
B, T = 3, 11  # longer than every sliding window below


def gpt2(**more):
    base = dict(vocab_size=71, n_positions=48, n_embd=21, n_layer=2, n_head=3, bos_token_id=1, eos_token_id=2)
    return GPT2LMHeadModel(GPT2Config(**base | more))


def llama_like(config, model, **more):
    base = dict(vocab_size=67, hidden_size=24, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
                num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2)
    return model(config(**base | more))


def llama(**more):
    return llama_like(LlamaConfig, LlamaForCausalLM, **more)


def made(name, **config):
    """A model of the family whose classes begin with `name`."""
    config = dict(vocab_size=67, bos_token_id=1, eos_token_id=2) | config
    return getattr(transformers, f"{name}ForCausalLM")(getattr(transformers, f"{name}Config")(**config))


def sized(name, **more):
    """The same with the usual names of sizes."""
    return made(name, **dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=37,
                             max_position_embeddings=64) | more)


def gpt1(**more):
    base = dict(vocab_size=41, n_positions=48, n_embd=12, n_layer=2, n_head=3, bos_token_id=1, eos_token_id=2)
    return transformers.OpenAIGPTLMHeadModel(transformers.OpenAIGPTConfig(**base | more))


def rope(kind, theta=10000.0, **more):
    return {"rope_type": kind, "rope_theta": theta, **more}


def old_style_rope(folder):
    """config.json as files before transformers 5 have it."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config.pop("rope_parameters")
    config["rope_theta"] = 5000.0
    config["rope_scaling"] = {"type": "linear", "factor": 2.5}
    config["torch_dtype"] = config.pop("dtype")
    write_json(path, config)


def deepseek(name, **more):
    base = dict(hidden_size=16, intermediate_size=12, moe_intermediate_size=4, vocab_size=41, q_lora_rank=10, kv_lora_rank=6,
                qk_nope_head_dim=6, qk_rope_head_dim=4, v_head_dim=7, n_routed_experts=6, n_shared_experts=1,
                num_experts_per_tok=3, first_k_dense_replace=1, num_attention_heads=2, num_key_value_heads=2)
    model = sized(name, **base | more)
    g = generator(41)
    for module in model.modules():
        if hasattr(module, "e_score_correction_bias"):
            module.e_score_correction_bias.copy_(torch.randn(module.e_score_correction_bias.shape, generator=g) * 0.3)
    return model


def experts_in_blocks(folder):
    """Experts as files of the family have them: 32 values of 4 bits with a common power of two."""
    path = folder / "model.safetensors"
    tensors, g = read(path), generator(77)
    for name in [n for n in tensors if n.endswith("experts.gate_up_proj") or n.endswith("experts.down_proj")]:
        experts, inner, outer = tensors.pop(name).shape
        shape = (experts, outer, inner // 32)
        tensors[name + "_blocks"] = torch.randint(0, 256, (*shape, 16), generator=g).to(torch.uint8)
        tensors[name + "_scales"] = torch.randint(122, 126, shape, generator=g).to(torch.uint8)
    save(path, tensors)
    config = json.loads((folder / "config.json").read_text())
    config["quantization_config"] = {"quant_method": "mxfp4", "dequantize": True}
    write_json(folder / "config.json", config)


def fp8_blocks(folder):
    """Matrices in 8 bits with a scale for each block of 2 × 2, as DeepSeek-V3's files have them with 128 × 128."""
    path = folder / "model.safetensors"
    tensors = read(path)
    for name in [n for n in tensors if n.endswith("_proj.weight") or n.endswith("_proj_with_mqa.weight")]:
        weight = tensors.pop(name)
        rows, columns = weight.shape
        blocks = weight.reshape(rows // 2, 2, columns // 2, 2)
        scales = blocks.abs().amax((1, 3)) / 448
        tensors[name] = (blocks / scales[:, None, :, None]).reshape(rows, columns).to(torch.float8_e4m3fn)
        tensors[name + "_scale_inv"] = scales
    save(path, tensors)
    config = json.loads((folder / "config.json").read_text())
    config["quantization_config"] = {"quant_method": "fp8", "fmt": "e4m3", "activation_scheme": "dynamic",
                                     "weight_block_size": [2, 2], "dequantize": True}
    write_json(folder / "config.json", config)


def further(folder):
    """The checkpoint with the modules that predict further tokens, random: (model, modules)."""
    from transformers.modeling_layers import MtpModel
    model = load(folder)
    modules = MtpModel(model, model.config.num_mtp_layers).eval()
    modules.config._attn_implementation = "eager"
    g = generator(88)
    with torch.no_grad():
        for name, parameter in sorted(modules.layers.named_parameters()):
            noise = torch.randn(parameter.shape, generator=g) * 0.2
            parameter.copy_(1 + noise if parameter.ndim == 1 else noise)
        for name, buffer in sorted(modules.layers.named_buffers()):
            if name.endswith("e_score_correction_bias"):
                buffer.copy_(torch.randn(buffer.shape, generator=g) * 0.3)
    return model, modules


def further_names(modules, first, values):
    """Values by the names of the modules' parameters, under the names of DeepSeek-V3's files."""
    named = {}
    for name, value in values.items():
        depth, rest = name.split(".", 1)
        rest = rest.removeprefix("mtp_block.").replace("post_norm.", "shared_head.norm.")
        rest = rest if rest != "attention_shared_head.norm.weight" else "post_attention_layernorm.weight"
        named[f"model.layers.{first + int(depth)}.{rest}"] = value
    return by_expert(named, "deepseek_v3")


def further_blocks(folder):
    model, modules = further(folder)
    first = model.config.num_hidden_layers
    tensors = read(folder / "model.safetensors")
    values = further_names(modules, first, {n: t.detach() for n, t in modules.layers.state_dict().items()})
    for depth in range(modules.num_mtp_layers):  # copies of what is shared
        values[f"model.layers.{first + depth}.embed_tokens.weight"] = tensors["model.embed_tokens.weight"].clone()
        values[f"model.layers.{first + depth}.shared_head.head.weight"] = tensors["lm_head.weight"].clone()
    save(folder / "model.safetensors", tensors | values)


def trace_further(folder, arguments):
    """Depth k reads token i + k + 1 and what depth k - 1 made of token i, and predicts token i + k + 2."""
    model, modules = further(folder)
    ids, labels = arguments["input_ids"], arguments["labels"]
    out = model(input_ids=ids, labels=labels, output_hidden_states=True, output_attentions=True, use_cache=False)
    expected = {"logits": out.logits, "last_hidden_state": out.hidden_states[-1]}
    hidden, losses = out.hidden_states[-1], []
    for depth in range(modules.num_mtp_layers):
        count = ids.shape[1] - 1 - depth
        positions = torch.arange(depth + 1, depth + 1 + count)[None].expand(ids.shape[0], -1)
        hidden = modules.forward_layer(depth, hidden[:, :count], positions, None, input_ids=ids[:, depth + 1:])
        logits = modules._project_to_logits(hidden)
        expected[f"mtp_logits.{depth}"] = logits
        losses.append(torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, depth + 2:].flatten(), ignore_index=-100))
    expected["loss"] = out.loss + 0.3 * sum(losses) / len(losses)
    expected["loss"].backward()
    gradients = by_expert({f"grad.{n}": p.grad for n, p in model.named_parameters()}, "deepseek_v3")
    more = further_names(modules, model.config.num_hidden_layers, {n: p.grad for n, p in modules.layers.named_parameters()})
    gradients |= {f"grad.{n}": g for n, g in more.items()}
    detach = lambda tensors: {name: t.detach().clone() for name, t in tensors.items()}
    return detach(expected), detach(gradients)


# name -> (model, what save_pretrained is told, what is done to the folder after, dtype of the file)
F32 = torch.float32
CASES = {
    "gpt2-a": lambda: (gpt2(), {}, None, F32),
    "gpt2-b": lambda: (gpt2(activation_function="gelu", scale_attn_by_inverse_layer_idx=True, n_inner=31, n_head=4,
                            n_embd=20, n_layer=3, tie_word_embeddings=False, layer_norm_epsilon=1e-6), {}, None, F32),
    "gpt2-c": lambda: (gpt2(activation_function="relu", scale_attn_weights=False, n_embd=18), {}, None, F32),
    "llama-a": lambda: (llama(), {}, None, F32),
    "llama-b": lambda: (llama(tie_word_embeddings=True, attention_bias=True, mlp_bias=True, head_dim=10,
                              pad_token_id=0, hidden_act="gelu_pytorch_tanh"), {}, None, F32),
    "llama-c": lambda: (llama(num_key_value_heads=1, hidden_size=40, num_attention_heads=4, vocab_size=83,
                              rope_parameters=rope("llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                                   original_max_position_embeddings=64),
                              max_position_embeddings=512), {}, None, F32),
    "llama-d": lambda: (llama(head_dim=14, rope_parameters=rope("linear", 5000.0, factor=2.5)), {},
                        old_style_rope, F32),
    "llama-e": lambda: (llama(head_dim=14, num_attention_heads=3, num_key_value_heads=3,
                              rope_parameters=rope("yarn", factor=4.0, original_max_position_embeddings=32),
                              max_position_embeddings=128), {}, None, F32),
    # sequences of 11 over an original length of 8: the base grows
    "llama-f": lambda: (llama(head_dim=10, rope_parameters=rope("dynamic", factor=3.0),
                              max_position_embeddings=8), {}, None, F32),
    "llama-sharded": lambda: (llama(vocab_size=97), {"max_shard_size": "24KB"}, None, F32),
    "llama-bf16": lambda: (llama(), {}, None, torch.bfloat16),
    "gpt2-f16": lambda: (gpt2(n_embd=15), {}, None, torch.float16),
    "mistral-a": lambda: (llama_like(MistralConfig, MistralForCausalLM, sliding_window=4, head_dim=10), {}, None, F32),
    "qwen2-a": lambda: (llama_like(Qwen2Config, Qwen2ForCausalLM, num_hidden_layers=3, use_sliding_window=True,
                                   sliding_window=5, max_window_layers=1, rope_parameters=rope("default", 1e6)),
                        {}, None, F32),
    "qwen3-a": lambda: (llama_like(Qwen3Config, Qwen3ForCausalLM, head_dim=14, tie_word_embeddings=True,
                                   rope_parameters=rope("default", 1e6)), {}, None, F32),
    "smollm-a": lambda: (llama(vocab_size=73, hidden_size=30, num_attention_heads=5, num_key_value_heads=1,
                               tie_word_embeddings=True, pad_token_id=2, max_position_embeddings=96),
                         {}, None, F32),
    "smollm3-a": lambda: (llama_like(SmolLM3Config, SmolLM3ForCausalLM, num_hidden_layers=3,
                                     no_rope_layers=[1, 0, 1], pad_token_id=2), {}, None, F32),
} | {name: (lambda make=make: (make(), {}, None, F32)) for name, make in {
    "neox-a": lambda: sized("GPTNeoX", hidden_size=40, rope_parameters=rope("default") | {"partial_rotary_factor": 0.4}),
    "neox-b": lambda: sized("GPTNeoX", use_parallel_residual=False, attention_bias=False, tie_word_embeddings=True,
                            hidden_act="gelu_new", rope_parameters=rope("linear", factor=2.0) | {"partial_rotary_factor": 1.0}),
    "neo-a": lambda: made("GPTNeo", hidden_size=20, num_layers=3, num_heads=4, max_position_embeddings=48,
                          attention_types=[[["global", "local", "local"], 1]], window_size=4),
    "neo-b": lambda: made("GPTNeo", hidden_size=18, num_layers=2, num_heads=3, max_position_embeddings=48,
                          attention_types=[[["local"], 1], [["global"], 1]], window_size=3, intermediate_size=31,
                          activation_function="relu", tie_word_embeddings=False),
    "opt-a": lambda: made("OPT", hidden_size=24, ffn_dim=37, num_hidden_layers=2, num_attention_heads=3,
                          max_position_embeddings=48, pad_token_id=0),
    "opt-b": lambda: made("OPT", hidden_size=24, ffn_dim=37, num_hidden_layers=2, num_attention_heads=4,
                          max_position_embeddings=48, pad_token_id=0, do_layer_norm_before=False,
                          word_embed_proj_dim=14, activation_function="gelu", enable_bias=False),
    "bloom-a": lambda: made("Bloom", hidden_size=24, n_layer=2, n_head=3),
    "bloom-b": lambda: made("Bloom", hidden_size=24, n_layer=2, n_head=4, tie_word_embeddings=False,
                            apply_residual_connection_post_layernorm=True),
    "mpt-a": lambda: made("Mpt", d_model=24, n_layers=2, n_heads=4, max_seq_len=48),
    "mpt-b": lambda: made("Mpt", d_model=30, n_layers=2, n_heads=6, max_seq_len=48, tie_word_embeddings=False,
                          attn_config={"softmax_scale": 0.3, "alibi_bias_max": 4}),
    "mpt-c": lambda: made("Mpt", d_model=16, n_layers=1, n_heads=2, max_seq_len=32, attn_config={"clip_qkv": 0.3}),
    "falcon-a": lambda: sized("Falcon", intermediate_size=96, hidden_size=40),
    "falcon-b": lambda: sized("Falcon", hidden_size=48, new_decoder_architecture=True, num_kv_heads=2, bias=True,
                              ffn_hidden_size=41, tie_word_embeddings=False),
    "falcon-c": lambda: sized("Falcon", multi_query=False, parallel_attn=False, bias=True, activation="relu"),
    "gemma-a": lambda: sized("Gemma", num_key_value_heads=2, head_dim=10, pad_token_id=0),
    "gemma-b": lambda: sized("Gemma", num_key_value_heads=1, head_dim=8, pad_token_id=0, attention_bias=True,
                             hidden_act="gelu", tie_word_embeddings=False),
    "gemma2-a": lambda: sized("Gemma2", num_key_value_heads=2, head_dim=10, pad_token_id=0, sliding_window=4,
                              query_pre_attn_scalar=7, attn_logit_softcapping=1.5, final_logit_softcapping=2.5),
    "gemma2-b": lambda: sized("Gemma2", num_key_value_heads=4, head_dim=6, pad_token_id=0, sliding_window=3,
                              num_hidden_layers=3, query_pre_attn_scalar=6, attn_logit_softcapping=None,
                              final_logit_softcapping=None, layer_types=["full_attention", "sliding_attention",
                                                                         "sliding_attention"]),
    "gemma3-a": lambda: transformers.Gemma3ForCausalLM(transformers.Gemma3TextConfig(
        vocab_size=67, bos_token_id=1, eos_token_id=2, hidden_size=24, num_hidden_layers=3, num_attention_heads=4,
        num_key_value_heads=2, head_dim=10, intermediate_size=37, max_position_embeddings=64, sliding_window=4,
        query_pre_attn_scalar=9, sliding_window_pattern=3, rope_parameters={
            "full_attention": rope("linear", 1e6, factor=4.0), "sliding_attention": rope("default")})),
    "gemma3-b": lambda: transformers.Gemma3ForCausalLM(transformers.Gemma3TextConfig(
        vocab_size=67, bos_token_id=1, eos_token_id=2, hidden_size=24, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=1, head_dim=8, intermediate_size=37, max_position_embeddings=64, sliding_window=5,
        query_pre_attn_scalar=8, layer_types=["sliding_attention", "sliding_attention"], attention_bias=True,
        attn_logit_softcapping=2.0, final_logit_softcapping=3.0)),
    "phi3-a": lambda: sized("Phi3", num_key_value_heads=2, hidden_size=40, pad_token_id=0, sliding_window=4),
    "phi3-b": lambda: sized("Phi3", num_key_value_heads=4, hidden_size=48, pad_token_id=0, tie_word_embeddings=True,
                            original_max_position_embeddings=32, max_position_embeddings=64,
                            rope_parameters=rope("longrope", short_factor=[1.0, 1.3, 1.7], long_factor=[1.5, 2.5, 4.0],
                                                 original_max_position_embeddings=32)
                                            | {"partial_rotary_factor": 0.5}),
    "olmo2-a": lambda: sized("Olmo2", num_key_value_heads=2, hidden_size=40, pad_token_id=0),
    "olmo2-b": lambda: sized("Olmo2", num_key_value_heads=1, pad_token_id=0, attention_bias=True,
                             tie_word_embeddings=True, rope_parameters=rope("yarn", factor=4.0,
                                                                            original_max_position_embeddings=16)),
    "falcon-alibi": lambda: sized("Falcon", multi_query=False, alibi=True, num_attention_heads=3),
    # a window narrower than the padding on the right: queries that see padding alone, beside tokens out of the window
    "neo-c": lambda: made("GPTNeo", hidden_size=20, num_layers=2, num_heads=2, max_position_embeddings=48,
                          attention_types=[[["local"], 2]], window_size=2),
    "mixtral-a": lambda: sized("Mixtral", intermediate_size=36, num_key_value_heads=2, num_local_experts=5, num_experts_per_tok=2),
    "mixtral-b": lambda: sized("Mixtral", intermediate_size=36, num_key_value_heads=4, num_local_experts=3, num_experts_per_tok=1,
                               head_dim=8, sliding_window=4, hidden_act="gelu", tie_word_embeddings=True),
    "qwen3moe-a": lambda: sized("Qwen3Moe", num_key_value_heads=2, num_experts=6, num_experts_per_tok=3, head_dim=10,
                                moe_intermediate_size=12),
    "qwen3moe-b": lambda: sized("Qwen3Moe", num_key_value_heads=1, num_experts=4, num_experts_per_tok=2, head_dim=8,
                                moe_intermediate_size=20, norm_topk_prob=True, num_hidden_layers=4,
                                decoder_sparse_step=2, mlp_only_layers=[1], attention_bias=True),
    "gpt1-a": lambda: gpt1(),
    "gpt1-b": lambda: gpt1(afn="silu", n_head=2, n_embd=10, layer_norm_epsilon=1e-3, tie_word_embeddings=False),
    "qwen2moe-a": lambda: sized("Qwen2Moe", num_key_value_heads=2, num_experts=5, num_experts_per_tok=2, hidden_size=16,
                                moe_intermediate_size=8, shared_expert_intermediate_size=8, vocab_size=41),
    # the loss that balances experts, a window in every other block, a block without experts
    "qwen2moe-b": lambda: sized("Qwen2Moe", num_key_value_heads=1, num_experts=3, num_experts_per_tok=1, hidden_size=16,
                                vocab_size=41, intermediate_size=17,
                                moe_intermediate_size=8, shared_expert_intermediate_size=8, norm_topk_prob=True,
                                num_hidden_layers=3, mlp_only_layers=[1], qkv_bias=False, use_sliding_window=True,
                                sliding_window=4, max_window_layers=2, output_router_logits=True,
                                router_aux_loss_coef=0.4),
    "mixtral-c": lambda: sized("Mixtral", intermediate_size=8, hidden_size=16, num_key_value_heads=2, vocab_size=41,
                               num_local_experts=4, num_experts_per_tok=2, output_router_logits=True,
                               router_aux_loss_coef=0.3),
    # limits that cut, a window shorter than the text, an original length shorter than it
    "gptoss-a": lambda: sized("GptOss", num_key_value_heads=2, head_dim=6, hidden_size=16, intermediate_size=8, vocab_size=41,
                              num_local_experts=4, num_experts_per_tok=2, sliding_window=4, swiglu_limit=0.5),
    "gptoss-b": lambda: sized("GptOss", num_key_value_heads=1, head_dim=8, hidden_size=16, intermediate_size=8, vocab_size=41,
                              num_local_experts=3, num_experts_per_tok=1, sliding_window=3, swiglu_limit=0.8,
                              layer_types=["full_attention", "sliding_attention"], tie_word_embeddings=True,
                              swiglu_alpha=1.3, output_router_logits=True, router_aux_loss_coef=0.2,
                              attention_bias=False, rope_parameters=rope("yarn", 1e4, factor=4.0, truncate=True,
                                                                         original_max_position_embeddings=16)),
    "deepseek2-a": lambda: deepseek("DeepseekV2", topk_method="group_limited_greedy", n_group=3, topk_group=2,
                                    num_hidden_layers=2, attention_bias=True, mlp_bias=True),
    "deepseek2-b": lambda: deepseek("DeepseekV2", q_lora_rank=None, first_k_dense_replace=0, n_shared_experts=2,
                                    routed_scaling_factor=1.7, num_hidden_layers=1, rope_parameters=rope(
                                        "yarn", factor=4.0, original_max_position_embeddings=16, mscale=0.7,
                                        mscale_all_dim=0.9, beta_fast=32, beta_slow=1)),
    "deepseek3-a": lambda: deepseek("DeepseekV3", n_group=3, topk_group=2, rope_parameters=rope(
        "yarn", factor=4.0, original_max_position_embeddings=16, mscale=1.0, mscale_all_dim=1.0)),
    "deepseek3-b": lambda: deepseek("DeepseekV3", n_group=1, topk_group=1, q_lora_rank=None, rope_interleave=False,
                                    norm_topk_prob=False, tie_word_embeddings=True, first_k_dense_replace=0,
                                    num_hidden_layers=1),
}.items()} | {"gptoss-mxfp4": lambda: (sized("GptOss", num_key_value_heads=2, head_dim=4, hidden_size=32,
                                             intermediate_size=32, num_local_experts=2, num_experts_per_tok=1,
                                             num_hidden_layers=1, vocab_size=41), {}, experts_in_blocks, F32),
              # blocks behind the last one, which predict further tokens
              "deepseek3-mtp": lambda: (deepseek("DeepseekV3", n_group=1, topk_group=1, num_hidden_layers=2, n_routed_experts=4,
                                                 num_experts_per_tok=2, num_nextn_predict_layers=2), {}, further_blocks, F32),
              "deepseek3-fp8": lambda: (deepseek("DeepseekV3", n_group=1, topk_group=1, num_hidden_layers=2, n_routed_experts=4, v_head_dim=8,
                                                 num_experts_per_tok=2), {}, fp8_blocks, F32)}


def by_expert(gradients, model_type):
    """In memory the experts of a block are one tensor, gate above up; in files each has its own."""
    named = {}
    if model_type == "gpt_oss":  # keeps them together in its files too
        return gradients
    for name, g in gradients.items():
        if not name.endswith((".experts.gate_up_proj", ".experts.down_proj", ".mlp.gate.weight")):
            named[name] = g
            continue
        mixtral = model_type == "mixtral"
        base = name.replace(".mlp.", ".block_sparse_moe.") if mixtral else name
        gate, up, down = ("w1", "w3", "w2") if mixtral else ("gate_proj", "up_proj", "down_proj")
        if base.endswith("gate.weight"):
            named[base] = g
        elif base.endswith("down_proj"):
            named |= {f"{base[:-10]}.{e}.{down}.weight": g[e] for e in range(len(g))}
        else:
            half = g.shape[1] // 2
            named |= {f"{base[:-13]}.{e}.{gate}.weight": g[e, :half] for e in range(len(g))}
            named |= {f"{base[:-13]}.{e}.{up}.weight": g[e, half:] for e in range(len(g))}
    return named


def inputs(vocab, pad, g):
    """Row 0 whole, row 1 padded on the left by 3, row 2 on the right by 2; labels ignore the padding and two more."""
    ids = torch.randint(3, vocab, (B, T), generator=g)
    mask = torch.ones(B, T, dtype=torch.int64)
    mask[1, :3] = 0
    mask[2, -2:] = 0
    ids[mask == 0] = pad
    labels = ids.masked_fill(mask == 0, -100)
    labels[0, 4] = -100
    labels[2, 1] = -100
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}


def variants(vocab, pad, g):
    """suffix of the file names -> arguments of `forward`."""
    padded = inputs(vocab, pad, g)
    plain = {"input_ids": torch.randint(3, vocab, (B, T), generator=g)}
    plain["labels"] = plain["input_ids"].clone()
    # what `generate` makes of the mask: 0, 0, 0, 0, 1, 2 … for a row that starts with three paddings
    counted = (padded["attention_mask"].cumsum(1) - 1).clamp(min=0)
    return {"": padded, "-plain": plain, "-positions": padded | {"position_ids": counted}}


def generations(folder, vocab, pad, g, ends_in_padding):
    """Greedy continuations; `ids` are the new ones only, the end token included, no padding."""
    stored = []

    def run(name, prompts, mask=None, new=9, **options):
        model = load(folder)  # a fresh one each time: dynamic rope remembers the longest sequence
        if getattr(model.config, "output_router_logits", False):
            model.config.output_router_logits = False  # its loss does not fit a cached step of a padded batch
        arguments = {"attention_mask": mask} if mask is not None else {}
        tokens = model.generate(prompts, max_new_tokens=new, do_sample=False, num_beams=1, **arguments,
                                **{"pad_token_id": pad, "eos_token_id": model.config.eos_token_id} | options,
                                output_scores=True, return_dict_in_generate=True)
        ends = options.get("eos_token_id", model.config.eos_token_id)
        rows, reasons = [], []
        for row in tokens.sequences[:, prompts.shape[1]:].tolist():
            stop = row.index(ends) + 1 if ends in row else len(row)
            rows.append(row[:stop])
            reasons.append("eos" if ends in row else "length")
        closest = min(float((top := scores.topk(2).values[r])[0] - top[1])
                      for step, scores in enumerate(tokens.scores) for r in range(len(rows)) if step < len(rows[r]))
        camel = {"repetition_penalty": "repetitionPenalty", "eos_token_id": "eosTokenId",
                 "no_repeat_ngram_size": "noRepeatNgramSize", "min_new_tokens": "minNewTokens"}
        stored.append({"name": name, "promptIds": prompts.tolist(),
                       "attentionMask": None if mask is None else mask.tolist(),
                       "maxNewTokens": new, "options": {camel[k]: v for k, v in options.items()},
                       "ids": rows, "finishReason": reasons, "closestTopTwoScores": closest})
        return rows

    draw = lambda n: torch.randint(3, vocab, (1, n), generator=g)
    first = draw(5)
    greedy = run("greedy", first, new=12)[0]
    run("greedy-one-token-prompt", draw(1))
    run("greedy-other", draw(7), new=14)
    if ends_in_padding:
        run("ends-in-padding", torch.cat([draw(4), torch.tensor([[pad]])], 1), torch.tensor([[1, 1, 1, 1, 0]]))
    padded = inputs(vocab, pad, g)
    left = [1, 0]  # rows of `inputs` without padding on the right
    batch, mask = padded["input_ids"][left], padded["attention_mask"][left]
    both = run("left-padded-batch", batch, mask)
    run("left-padded-eos", batch, mask, eos_token_id=both[0][min(2, len(both[0]) - 1)])
    run("left-padded-repetition-penalty", batch, mask, repetition_penalty=1.3)
    run("repetition-penalty", first, new=12, repetition_penalty=1.3)
    run("no-repeat-ngram", first, new=12, no_repeat_ngram_size=2)
    run("eos", first, new=12, eos_token_id=greedy[min(4, len(greedy) - 1)])
    run("min-new-tokens", first, new=12, eos_token_id=greedy[min(4, len(greedy) - 1)], min_new_tokens=8)
    return stored


def falcon_adds_once():
    """Falcon's eager attention has the linear biases in the mask as well: it adds them twice. Half of them is once."""
    from transformers.models.falcon import modeling_falcon
    whole = modeling_falcon.build_alibi_tensor
    modeling_falcon.build_alibi_tensor = lambda *a, **k: whole(*a, **k) / 2


def make(name, seed):
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(seed)
    model, how, after, dtype = CASES[name]()
    randomize(model, seed)
    model.to(dtype).save_pretrained(folder, **how)
    if after:
        after(folder)

    g = generator(seed + 1)
    config = model.config
    pad = config.pad_token_id if config.pad_token_id is not None else 0
    for suffix, arguments in variants(config.vocab_size, pad, g).items():
        if suffix == "-positions" and name not in ("gpt2-a", "llama-a"):
            continue
        expected, gradients = trace(load(folder), arguments)
        gradients = by_expert(gradients, config.model_type)
        if config.model_type == "gpt_neox":  # files keep the older name
            gradients["grad.embed_out.weight"] = gradients.pop("grad.lm_head.weight", None)
            gradients = {n: g for n, g in gradients.items() if g is not None}
        save(folder / f"inputs{suffix}.safetensors", arguments)
        save(folder / f"expected{suffix}.safetensors", expected)
        save(folder / f"gradients{suffix}.safetensors", gradients)
    if name.endswith("-mtp"):
        arguments = variants(config.vocab_size, pad, g)["-plain"] | {"num_mtp_layers": torch.tensor([2])}
        expected, gradients = trace_further(folder, arguments)
        save(folder / "inputs-mtp.safetensors", arguments)
        save(folder / "expected-mtp.safetensors", expected)
        save(folder / "gradients-mtp.safetensors", gradients)
    # drawn again until no step is nearly a tie, which rounding could decide either way
    for _ in range(100):
        stored = generations(folder, config.vocab_size, pad, g, name == "neox-a")
        if min(s["closestTopTwoScores"] for s in stored) > 2e-3:
            break
    else:
        raise RuntimeError(f"{name}: every draw has a near tie")
    write_json(folder / "generate.json", stored, lines=True)
    print(f"{name:<14} parameters {sum(p.numel() for p in model.parameters()):>6}  loss {expected['loss']:.4f}  "
          f"closest top two {min(s['closestTopTwoScores'] for s in stored):.4f}", flush=True)


if __name__ == "__main__":
    falcon_adds_once()
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or case in sys.argv[1:]:
            make(case, 1000 + 10 * number)
    write_versions(ROOT)
