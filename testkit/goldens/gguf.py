"""GGUF files of tiny models, what Hugging Face's arithmetic makes of their weights, and greedy text.

A model of random weights is written with the `gguf` package in one type, or in several; the weights of the reference
are what the package dequantizes again, so that nothing but the order of sums may differ. `gguf/CASE/model.gguf`,
`inputs.safetensors`, `expected.safetensors`, `generate.json` as in `decoders/`.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# This file has the package's name.
sys.path = [p for p in sys.path if Path(p or ".").resolve() != HERE]
import gguf  # noqa: E402

sys.path.insert(0, str(HERE))
import numpy  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

import common  # noqa: E402

T = gguf.GGMLQuantizationType
NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}  # fmt: skip

SANDWICH = NAMES | {"post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
                    "post_feedforward_layernorm": "post_ffw_norm"}
OTHERS = {
    "gemma2": SANDWICH, "gemma3_text": SANDWICH,
    "phi3": NAMES | {"self_attn.qkv_proj": "attn_qkv", "mlp.gate_up_proj": "ffn_up"},
    "mixtral": NAMES | {"mlp.gate": "ffn_gate_inp"},
    "gpt2": {"ln_1": "attn_norm", "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output", "ln_2": "ffn_norm",
             "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"},
    "bert": {"attention.self.query": "attn_q", "attention.self.key": "attn_k", "attention.self.value": "attn_v",
             "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
             "intermediate.dense": "ffn_up", "output.dense": "ffn_down", "output.LayerNorm": "layer_output_norm"},
    "mamba": {"norm": "attn_norm", "mixer.in_proj": "ssm_in", "mixer.conv1d": "ssm_conv1d", "mixer.x_proj": "ssm_x",
              "mixer.dt_proj": "ssm_dt", "mixer.A_log": "ssm_a", "mixer.D": "ssm_d", "mixer.out_proj": "ssm_out"},
}  # fmt: skip
OUTSIDE = {
    "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output", "transformer.wte": "token_embd",
    "transformer.wpe": "position_embd", "transformer.ln_f": "output_norm", "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd", "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm", "backbone.embeddings": "token_embd", "backbone.norm_f": "output_norm",
}  # fmt: skip

SMALL = dict(
    vocab_size=48, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-5, tie_word_embeddings=False,
)  # fmt: skip
TINY = SMALL | dict(hidden_size=32, intermediate_size=32, num_attention_heads=4, num_hidden_layers=1, vocab_size=40)
# K types have blocks of 256.
WIDE = SMALL | dict(hidden_size=256, intermediate_size=256, num_hidden_layers=1, vocab_size=32)

LLAMA3 = dict(
    rope_type="llama3", rope_theta=500.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=16,
)  # fmt: skip

CASES = {
    "llama-f32": ("llama", SMALL, T.F32, {}),
    "llama-f16": ("llama", SMALL | dict(attention_bias=True), T.F16, {}),
    "llama-bf16": ("llama", SMALL, T.BF16, {}),
    "llama-q8_0": ("llama", SMALL, T.Q8_0, {}),
    "llama-q4_0": ("llama", SMALL | dict(rope_parameters=LLAMA3), T.Q4_0, {}),
    "llama-mixed": ("llama", SMALL, T.Q4_1, {"attn_v": T.Q5_1, "ffn_down": T.Q5_0, "output": T.Q8_0, "attn_q": T.MXFP4}),
    "llama-k": ("llama", WIDE, T.Q4_K, {
        "attn_q": T.Q2_K, "attn_k": T.Q3_K, "attn_v": T.Q6_K, "ffn_gate": T.Q5_K, "ffn_up": T.IQ4_XS,
        "ffn_down": T.IQ4_NL, "output": T.Q6_K,
    }),
    "llama-split": ("llama", SMALL, T.Q8_0, {}),
    "qwen2-q8_0": ("qwen2", SMALL | dict(tie_word_embeddings=True), T.Q8_0, {}),
    "qwen3-q4_0": ("qwen3", SMALL | dict(head_dim=32), T.Q4_0, {}),
    "gemma-q8_0": ("gemma", TINY | dict(head_dim=16, tie_word_embeddings=True), T.Q8_0, {}),
    "gemma2-q4_0": ("gemma2", TINY | dict(
        head_dim=16, sliding_window=4, query_pre_attn_scalar=16, tie_word_embeddings=True, num_hidden_layers=2,
        attn_logit_softcapping=2.0, final_logit_softcapping=3.0), T.Q4_0, {}),
    "gemma3-q8_0": ("gemma3_text", TINY | dict(
        head_dim=16, sliding_window=4, query_pre_attn_scalar=16, num_hidden_layers=6, tie_word_embeddings=True,
        rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 1e6},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 1e4}}), T.Q8_0, {}),
    "phi3-q8_0": ("phi3", TINY, T.Q8_0, {}),
    "phi3-long": ("phi3", TINY | dict(
        num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=64, original_max_position_embeddings=32,
        rope_parameters=dict(rope_type="longrope", rope_theta=1e4, original_max_position_embeddings=32,
                             short_factor=[1.0 + i / 9 for i in range(8)], long_factor=[2.0 + i / 5 for i in range(8)])),
        T.Q4_0, {}),
    "gpt2-q8_0": ("gpt2", dict(vocab_size=48, n_positions=64, n_embd=32, n_layer=2, n_head=4,
                               tie_word_embeddings=True), T.Q8_0, {"position_embd": T.F32}),
    "bert-q8_0": ("bert", dict(vocab_size=48, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
                               intermediate_size=64, max_position_embeddings=32, type_vocab_size=2), T.Q8_0,
                  {"position_embd": T.F32, "token_types": T.F32}),
    "mamba-q8_0": ("mamba", dict(vocab_size=48, hidden_size=32, state_size=4, num_hidden_layers=2, expand=2,
                                 time_step_rank=32, use_associative_scan=False), T.Q8_0,
                   {"ssm_conv1d": T.F32, "ssm_a": T.F32}),
    "mixtral-q4_0": ("mixtral", TINY | dict(num_local_experts=3, num_experts_per_tok=2, sliding_window=None), T.Q4_0,
                     {"ffn_gate_inp": T.F32}),
}  # fmt: skip


# Where the first draw of a case has a text with a near tie.
SEEDS = {"gpt2-q8_0": 207}


def gguf_name(name, arch):
    stem, _, end = name.rpartition(".")
    if stem in OUTSIDE:
        return f"{OUTSIDE[stem]}.{end}"
    parts = name.split(".")
    at = next(i for i, p in enumerate(parts) if p.isdigit())
    inside = ".".join(parts[at + 1:])
    names = OTHERS.get(arch, NAMES)
    if inside in names:  # without `.weight`
        return f"blk.{parts[at]}.{names[inside]}"
    return f"blk.{parts[at]}.{names[inside.rpartition('.')[0]]}.{end}"


def form(arch, name, value):
    """The form that the format keeps a tensor in, and the way back."""
    if arch.startswith("gemma") and name.endswith("norm.weight"):
        return value + 1, lambda v: v - 1
    if arch == "gpt2" and ".c_" in name and value.ndim == 2:
        return value.T.copy(), lambda v: v.T
    if name.endswith("A_log"):
        return -numpy.exp(value), lambda v: numpy.log(-v)
    if name.endswith("conv1d.weight"):
        return value[:, 0], lambda v: v[:, None]
    return value, lambda v: v


def experts(state):
    """Experts of a block as the format has them: gate, up and down of all, one tensor each."""
    for name in [n for n in state if n.endswith("experts.gate_up_proj")]:
        both, down = state.pop(name), state.pop(name.replace("gate_up_proj", "down_proj"))
        block = name.split(".")[2]
        half = both.shape[1] // 2
        for to, part in (("gate", both[:, :half]), ("up", both[:, half:]), ("down", down)):
            yield name, to, f"blk.{block}.ffn_{to}_exps.weight", part.numpy()


def interleave(weight, heads):
    """Rows of a head from halves (i, i + d/2) to pairs (2i, 2i + 1)."""
    shape = weight.shape
    return weight.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def deinterleave(weight, heads):
    shape = weight.shape
    return weight.reshape(heads, shape[0] // heads // 2, 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def random_blocks(shape, kind, rng):
    """Blocks of a type that the package does not quantize to: random but for scales that make values near 0.1."""
    size, width = gguf.GGML_QUANT_SIZES[kind]
    b = rng.integers(0, 256, (*shape[:-1], shape[-1] // size, width), dtype=numpy.uint8)
    import quants

    rows = b.reshape(-1, width)
    levels = {T.Q2_K: 25, T.Q3_K: 60, T.Q4_K: 400, T.Q5_K: 800, T.Q6_K: 2000, T.IQ4_NL: 70, T.IQ4_XS: 1500}[kind]
    for at in quants.HALVES[kind]:
        d = rng.uniform(0.05, 0.3, len(rows)) / levels
        rows[:, at : at + 2] = d.astype(numpy.float16).view(numpy.uint8).reshape(-1, 2)
    return b.reshape(*shape[:-1], -1)


def quantized(value, kind, rng):
    """(what the file holds, what it means)."""
    if kind in (T.F32, T.F16):
        stored = value.astype(numpy.float32 if kind == T.F32 else numpy.float16)
        return stored, stored.astype(numpy.float32)
    try:
        stored = gguf.quants.quantize(value, kind)
    except NotImplementedError:
        stored = random_blocks(value.shape, kind, rng)
    return stored, gguf.quants.dequantize(stored, kind).reshape(value.shape)


def make(case, seed):
    arch, settings, kind, others = CASES[case]
    config = transformers.AutoConfig.for_model(arch, **settings, bos_token_id=1, eos_token_id=2, pad_token_id=None)
    if arch == "bert":
        config.pad_token_id = 0
        model = transformers.BertModel(config, add_pooling_layer=False)
    else:
        model = transformers.AutoModelForCausalLM.from_config(config)
    if arch != "mamba":
        model.set_attn_implementation("eager")
    model.eval()
    common.randomize(model, seed)
    folder = HERE / "gguf" / case
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rng = numpy.random.default_rng(seed)
    split = 6 if case.endswith("split") else 0
    named = {"gemma3_text": "gemma3", "mixtral": "llama"}.get(arch, arch)
    writer = gguf.GGUFWriter(folder / "model.gguf", named, split_max_tensors=split)
    metadata(writer, config)
    heads = {"attn_q": config.num_attention_heads, "attn_k": getattr(config, "num_key_value_heads", 1)} if named == "llama" else {}
    given, state = dict(model.state_dict()), {}
    for name, part, to, value in list(experts(given)):
        stored, meant = quantized(numpy.ascontiguousarray(value), kind, rng)
        writer.add_tensor(to, stored, raw_dtype=None if kind in (T.F32, T.F16) else kind)
        whole = torch.from_numpy(meant.copy())
        if part == "gate":
            gate = whole
        elif part == "up":
            state[name] = torch.cat([gate, whole], 1)
        else:
            state[name.replace("gate_up_proj", "down_proj")] = whole
    for name, parameter in given.items():
        if getattr(config, "tie_word_embeddings", False) and name == "lm_head.weight":
            continue
        value, back = form(arch, name, parameter.numpy())
        to = gguf_name(name, arch)
        part = to.split(".")[0] if not to.startswith("blk") else to.split(".")[2]
        turned = part in heads
        value = interleave(value, heads[part]) if turned else value
        use = T.F32 if value.ndim == 1 else others.get(part, kind)
        stored, meant = quantized(numpy.ascontiguousarray(value), use, rng)
        plain = use in (T.F32, T.F16)
        writer.add_tensor(to, stored, raw_dtype=None if plain else use)
        meant = back(deinterleave(meant, heads[part]) if turned else meant)
        state[name] = torch.from_numpy(numpy.ascontiguousarray(meant))
    if case == "phi3-long":
        for kind_of in ("long", "short"):
            writer.add_tensor(f"rope_factors_{kind_of}.weight",
                              numpy.array(config.rope_parameters[f"{kind_of}_factor"], numpy.float32))
    if settings.get("rope_parameters") == LLAMA3:
        inverse, _ = transformers.modeling_rope_utils.ROPE_INIT_FUNCTIONS["llama3"](config, "cpu")
        base = config.rope_parameters["rope_theta"] ** (torch.arange(0, 16, 2).float() / 16)
        writer.add_tensor("rope_freqs.weight", (1 / (inverse * base)).numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    model.load_state_dict(state, strict=False)
    model.tie_weights()
    expect(model, config, folder, seed)
    # Its reader knows no biases in Llama, no rope_freqs.weight, no parts, and no head_dim of Qwen3.
    # Nor does it know Gemma 1, BERT, mixtures of experts, long factors, the scale of Gemma 2 and 3, or how to make a
    # Phi-3 of a small vocabulary, or where positions of GPT-2 end.
    if case not in ("llama-f16", "llama-q4_0", "llama-split", "qwen3-q4_0", "gemma-q8_0", "bert-q8_0", "phi3-long", "phi3-q8_0", "gpt2-q8_0",
                    "gemma2-q4_0", "gemma3-q8_0", "mixtral-q4_0"):
        as_transformers_reads_it(folder)


def as_transformers_reads_it(folder):
    """Hugging Face's own reader of GGUF files, which knows nothing of this script, gives the same logits."""
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, gguf_file="model.gguf", attn_implementation="eager", dtype=torch.float32
    ).eval()
    with torch.no_grad():
        logits = model(input_ids=common.read(folder / "inputs.safetensors")["input_ids"]).logits
    worst = (logits - common.read(folder / "expected.safetensors")["logits"]).abs().max().item()
    print(folder.name, "differs from transformers' reader by", worst, flush=True)
    assert worst < 2e-5, folder.name


def metadata(writer, config):
    kind = config.model_type
    if kind == "mamba":
        writer.add_context_length(64)
        writer.add_ssm_conv_kernel(config.conv_kernel)
        writer.add_ssm_inner_size(config.intermediate_size)
        writer.add_ssm_state_size(config.state_size)
        writer.add_ssm_time_step_rank(config.time_step_rank)
        writer.add_layer_norm_rms_eps(config.layer_norm_epsilon)
        writer.add_feed_forward_length(0)
        writer.add_head_count(0)
    else:
        writer.add_context_length(config.max_position_embeddings)
        writer.add_feed_forward_length(getattr(config, "intermediate_size", None) or 4 * config.hidden_size)
        writer.add_head_count(config.num_attention_heads)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    if kind in ("gpt2", "bert"):
        writer.add_layer_norm_eps(config.layer_norm_epsilon if kind == "gpt2" else config.layer_norm_eps)
    elif kind != "mamba":
        writer.add_head_count_kv(config.num_key_value_heads)
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        rope = config.rope_parameters
        writer.add_rope_freq_base(rope.get("full_attention", rope)["rope_theta"])
    if kind == "phi3":
        writer.add_rope_dimension_count(config.hidden_size // config.num_attention_heads)
    if kind == "phi3" and rope["rope_type"] == "longrope":
        writer.add_rope_scaling_orig_ctx_len(config.original_max_position_embeddings)
        factor = config.max_position_embeddings / config.original_max_position_embeddings
        writer.add_rope_scaling_attn_factors((1 + numpy.log(factor) / numpy.log(config.original_max_position_embeddings)) ** 0.5)
    if kind in ("gemma2", "gemma3_text"):
        writer.add_sliding_window(config.sliding_window)
    if kind == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
    if kind == "mixtral":
        writer.add_expert_count(config.num_local_experts)
        writer.add_expert_used_count(config.num_experts_per_tok)
    if getattr(config, "head_dim", None):
        writer.add_key_length(config.head_dim)
        writer.add_value_length(config.head_dim)
    writer.add_vocab_size(config.vocab_size)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


@torch.no_grad()
def expect(model, config, folder, seed):
    g = common.generator(seed + 1)
    # Twelve tokens in one row take the kernel for many rows, the steps of generation the one for few.
    ids = torch.randint(3, config.vocab_size, (2, 12), generator=g)
    kind = config.model_type
    more = {} if kind == "mamba" else {"output_attentions": True}
    out = model(input_ids=ids, output_hidden_states=True, **more, **{} if kind == "bert" else {"use_cache": False})
    expected = {"last_hidden_state": out.hidden_states[-1]} | ({} if kind == "bert" else {"logits": out.logits})
    expected |= {f"hidden_states.{i}": h for i, h in enumerate(out.hidden_states)}
    expected |= {f"attentions.{i}": a for i, a in enumerate(getattr(out, "attentions", None) or ())}
    common.save(folder / "inputs.safetensors", {"input_ids": ids})
    common.save(folder / "expected.safetensors", expected)
    if kind == "bert":
        return
    prompt = ids[:1, :5]
    made = model.generate(
        prompt, max_new_tokens=12, do_sample=False, eos_token_id=2, pad_token_id=2, output_scores=True,
        return_dict_in_generate=True,
    )  # fmt: skip
    closest = min((lambda t: (t[0] - t[1]).item())(s[0].topk(2).values) for s in made.scores)
    assert closest > 2e-3, (folder.name, closest)
    new = made.sequences[0, 5:].tolist()
    common.write_json(folder / "generate.json", {"promptIds": prompt[0].tolist(), "ids": new})


def main():
    wanted = sys.argv[1:] or list(CASES)
    for case in wanted:
        make(case, SEEDS.get(case, 100 + list(CASES).index(case)))
    import quants

    common.write_versions(HERE / "gguf")
    print(quants.version())


if __name__ == "__main__":
    main()
