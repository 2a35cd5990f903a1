"""Inverse frequencies and attention factors of every rotary scaling, by the functions Hugging Face uses itself.

    python rope.py
"""

import torch
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
from transformers.models.phi.modeling_phi import PhiRotaryEmbedding

from common import HERE, write_json, write_versions

ROOT = HERE / "rope"
D = 10  # frequencies of a head of 20


def case(name, parameters, max_position_embeddings, head_dim=2 * D, seq_len=None):
    return {"name": name, "headDim": head_dim, "maxPositionEmbeddings": max_position_embeddings, "seqLen": seq_len,
            "ropeParameters": {"rope_theta": 10000.0} | parameters}


YARN = {"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 512}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0}
LONGROPE = {"rope_type": "longrope", "factor": 16.0, "original_max_position_embeddings": 256,
            "short_factor": [1.0 + 0.05 * i for i in range(D)], "long_factor": [1.0 + 2.5 * i for i in range(D)]}
CASES = [
    case("default", {"rope_type": "default"}, 2048),
    case("default-theta", {"rope_type": "default", "rope_theta": 500000.0}, 2048, head_dim=14),
    case("default-partial", {"rope_type": "default", "partial_rotary_factor": 0.4}, 2048),
    case("linear-partial", {"rope_type": "linear", "factor": 4.0, "partial_rotary_factor": 0.4}, 2048),
    case("linear", {"rope_type": "linear", "factor": 4.0}, 2048),
    case("dynamic-at-start", {"rope_type": "dynamic", "factor": 10.0}, 2048),
    case("dynamic-short", {"rope_type": "dynamic", "factor": 10.0}, 2048, seq_len=100),
    case("dynamic-long", {"rope_type": "dynamic", "factor": 10.0}, 2048, seq_len=16384),
    case("yarn", YARN, 4096),
    case("yarn-128", YARN | {"factor": 10.0, "original_max_position_embeddings": 2048}, 20480, head_dim=128),
    case("yarn-betas", YARN | {"beta_fast": 16, "beta_slow": 2}, 4096),
    case("yarn-attention-factor", YARN | {"attention_factor": 0.5}, 4096),
    case("yarn-mscale", YARN | {"mscale": 0.7, "mscale_all_dim": 0.9}, 4096),
    case("yarn-no-truncate", YARN | {"truncate": False}, 4096),
    case("llama3", LLAMA3 | {"rope_theta": 500000.0, "original_max_position_embeddings": 8192}, 131072, head_dim=64),
    case("llama3-small", LLAMA3 | {"original_max_position_embeddings": 64}, 512),
    case("longrope-short", LONGROPE, 4096),
    case("longrope-at-original-length", LONGROPE, 4096, seq_len=256),
    case("longrope-long", LONGROPE, 4096, seq_len=257),
    case("longrope-attention-factor", LONGROPE | {"attention_factor": 1.25}, 4096, seq_len=1000),
]


def frequencies(one):
    config = LlamaConfig(hidden_size=one["headDim"] * 2, num_attention_heads=2, head_dim=one["headDim"],
                         max_position_embeddings=one["maxPositionEmbeddings"],
                         rope_parameters=dict(one["ropeParameters"]))
    kind = one["ropeParameters"]["rope_type"]
    if "partial_rotary_factor" in one["ropeParameters"] and kind == "default":
        return PhiRotaryEmbedding.compute_default_rope_parameters(config)  # Llama's own ignores the factor
    if kind == "default":
        return LlamaRotaryEmbedding.compute_default_rope_parameters(config)
    return ROPE_INIT_FUNCTIONS[kind](config, torch.device("cpu"), seq_len=one["seqLen"])


if __name__ == "__main__":
    ROOT.mkdir(exist_ok=True)
    stored = []
    for one in CASES:
        inverse, attention_factor = frequencies(one)
        stored.append(one | {"inverseFrequencies": inverse.tolist(), "attentionFactor": float(attention_factor)})
        print(f"{one['name']:<30} {len(inverse):>3} frequencies, attention factor {float(attention_factor):.6f}")
    write_json(ROOT / "inverse-frequencies.json", stored, lines=True)
    write_versions(ROOT)
