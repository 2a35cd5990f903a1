"""Tiny random state-space models: checkpoint, traced pass, gradients and greedy text, by Hugging Face transformers.

    python statespace.py [CASE ...]
"""

import sys

import torch
import transformers

from common import HERE, generator, make_case, write_json, write_versions
from decoders import generations, inputs

ROOT = HERE / "statespace"


def mamba(**more):
    base = dict(vocab_size=53, hidden_size=12, state_size=5, num_hidden_layers=2, pad_token_id=0, bos_token_id=1,
                eos_token_id=2, use_associative_scan=False)
    return base | more


def mamba2(**more):
    return mamba(**dict(num_heads=4, head_dim=6, n_groups=1, chunk_size=4) | more)


def jamba(**more):
    base = dict(vocab_size=53, hidden_size=16, intermediate_size=12, num_hidden_layers=3, num_attention_heads=4,
                num_key_value_heads=2, num_experts=3, num_experts_per_tok=2, attn_layer_period=3, attn_layer_offset=1,
                expert_layer_period=2, expert_layer_offset=0, mamba_d_state=4, mamba_d_conv=3, mamba_expand=1,
                mamba_dt_rank=3, pad_token_id=0, bos_token_id=1, eos_token_id=2, use_associative_scan=False)
    return base | more


# name -> (config class, model class, config)
CASES = {
    "mamba": ("MambaConfig", "MambaForCausalLM", mamba()),
    "mamba-other": ("MambaConfig", "MambaForCausalLM",
                    mamba(use_bias=True, use_conv_bias=False, conv_kernel=3, expand=3, time_step_rank=4,
                          tie_word_embeddings=False, layer_norm_epsilon=1e-3, hidden_act="gelu", state_size=3)),
    "mamba2": ("Mamba2Config", "Mamba2ForCausalLM", mamba2()),
    # groups, steps with bounds
    "mamba2-other": ("Mamba2Config", "Mamba2ForCausalLM",
                     mamba2(use_bias=True, use_conv_bias=False, conv_kernel=3, expand=3, num_heads=6, head_dim=6,
                            n_groups=3, tie_word_embeddings=True, layer_norm_epsilon=1e-3, hidden_act="gelu",
                            time_step_limit=(0.5, 0.9))),
    "jamba": ("JambaConfig", "JambaForCausalLM", jamba(output_router_logits=True, router_aux_loss_coef=0.5)),
    # attention first, experts behind it, no biases of the convolution but of the projections
    "jamba-other": ("JambaConfig", "JambaForCausalLM",
                    jamba(num_hidden_layers=2, attn_layer_period=2, attn_layer_offset=0, expert_layer_offset=1,
                          num_key_value_heads=1, num_experts=2, num_experts_per_tok=1, mamba_conv_bias=False,
                          mamba_proj_bias=True, mamba_dt_rank="auto", mamba_expand=2, tie_word_embeddings=True,
                          rms_norm_eps=1e-3)),
}


def make(name, seed):
    config_class, model_class, config = CASES[name]
    torch.manual_seed(seed)
    config = getattr(transformers, config_class)(**config)
    model = getattr(transformers, model_class)(config)
    g = generator(seed + 1)
    given = inputs(config.vocab_size, 0, g)
    plain = {"input_ids": torch.randint(3, config.vocab_size, (2, 3), generator=g)}
    plain["labels"] = plain["input_ids"].clone()
    make_case(ROOT / name, model, seed, {"": given, "-plain": plain}, use_cache=False,
              **{} if name.startswith("jamba") else {"output_attentions": None})


if __name__ == "__main__":
    for number, case in enumerate(CASES):
        if not sys.argv[1:] or any(case.startswith(a) for a in sys.argv[1:]):
            make(case, 7000 + 10 * number)
    write_versions(ROOT)
