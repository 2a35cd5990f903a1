"""GGUF files of tiny Llama and Qwen models, what Hugging Face's arithmetic makes of their weights, and greedy text.

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

SMALL = dict(
    vocab_size=48, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-5, tie_word_embeddings=False,
)  # fmt: skip
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
}  # fmt: skip


def gguf_name(name):
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    if name == "lm_head.weight":
        return "output.weight"
    _, _, layer, *rest = name.split(".")
    return f"blk.{layer}.{NAMES['.'.join(rest[:-1])]}.{rest[-1]}"


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
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    common.randomize(model, seed)
    folder = HERE / "gguf" / case
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rng = numpy.random.default_rng(seed)
    split = 6 if case.endswith("split") else 0
    writer = gguf.GGUFWriter(folder / "model.gguf", arch, split_max_tensors=split)
    metadata(writer, config)
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
    state = {}
    for name, parameter in model.state_dict().items():
        if config.tie_word_embeddings and name == "lm_head.weight":
            continue
        value = parameter.numpy()
        to = gguf_name(name)
        part = to.split(".")[-2]
        turned = arch == "llama" and part in heads
        value = interleave(value, heads[part]) if turned else value
        use = T.F32 if value.ndim == 1 else others.get(part, kind)
        stored, meant = quantized(value, use, rng)
        plain = use in (T.F32, T.F16)
        writer.add_tensor(to, stored, raw_dtype=None if plain else use)
        state[name] = torch.from_numpy((deinterleave(meant, heads[part]) if turned else meant).copy())
    if "rope_parameters" in settings:
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
    if case not in ("llama-f16", "llama-q4_0", "llama-split", "qwen3-q4_0"):
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
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
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
    out = model(input_ids=ids, output_hidden_states=True, output_attentions=True, use_cache=False)
    expected = {"logits": out.logits, "last_hidden_state": out.hidden_states[-1]}
    expected |= {f"hidden_states.{i}": h for i, h in enumerate(out.hidden_states)}
    expected |= {f"attentions.{i}": a for i, a in enumerate(out.attentions)}
    common.save(folder / "inputs.safetensors", {"input_ids": ids})
    common.save(folder / "expected.safetensors", expected)
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
        make(case, 100 + list(CASES).index(case))
    import quants

    common.write_versions(HERE / "gguf")
    print(quants.version())


if __name__ == "__main__":
    main()
