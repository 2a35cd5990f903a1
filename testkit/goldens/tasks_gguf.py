"""A tiny chat model as a GGUF file with vocabulary and chat template, and what Hugging Face answers with the same weights.

    python tasks_gguf.py
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# This folder has a gguf.py of its own.
sys.path = [p for p in sys.path if p and Path(p).resolve() != HERE]
import gguf  # noqa: E402

sys.path.insert(0, str(HERE))

import json  # noqa: E402

import torch  # noqa: E402
import transformers  # noqa: E402

import common  # noqa: E402
import tasks  # noqa: E402

TEMPLATE = ("{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
            "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}


def name_of(name):
    whole = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight", "lm_head.weight": "output.weight"}
    if name in whole:
        return whole[name]
    _, _, layer, *rest = name.split(".")
    return f"blk.{layer}.{NAMES['.'.join(rest[:-1])]}.{rest[-1]}"


tokenizer = tasks.gpt(chat_template=TEMPLATE)
config = transformers.Qwen2Config(
    vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=96, bos_token_id=0, eos_token_id=0, tie_word_embeddings=False)
model = transformers.Qwen2ForCausalLM(config).eval()
common.randomize(model, 31, 0.3)
folder = HERE / "tasks" / "chat-gguf"
folder.mkdir(parents=True, exist_ok=True)

w = gguf.GGUFWriter(folder / "model.gguf", "qwen2")
w.add_context_length(96)
w.add_embedding_length(32)
w.add_block_count(2)
w.add_feed_forward_length(48)
w.add_head_count(4)
w.add_head_count_kv(2)
w.add_layer_norm_rms_eps(config.rms_norm_eps)
w.add_rope_freq_base(config.rope_parameters["rope_theta"])
w.add_vocab_size(config.vocab_size)
said = json.loads(tokenizer.backend_tokenizer.to_str())
special = {t["id"] for t in said["added_tokens"]}
vocab = {t: i for t, i in said["model"]["vocab"].items()} | {t["content"]: t["id"] for t in said["added_tokens"]}
tokens = sorted(vocab, key=vocab.get)
w.add_tokenizer_model("gpt2")
w.add_tokenizer_pre("gpt-2")
w.add_token_list(tokens)
w.add_token_types([3 if i in special else 1 for i in range(len(tokens))])
w.add_token_merges([" ".join(m) if isinstance(m, list) else m for m in said["model"]["merges"]])
w.add_bos_token_id(0)
w.add_eos_token_id(0)
w.add_add_bos_token(False)
w.add_chat_template(TEMPLATE)
for name, parameter in model.state_dict().items():
    w.add_tensor(name_of(name), parameter.numpy())
w.write_header_to_file()
w.write_kv_data_to_file()
w.write_tensors_to_file()
w.close()

chat = [{"role": "system", "content": "Speak as a citizen."}, {"role": "user", "content": "Who is chief enemy?"}]
ids = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_tensors="pt", return_dict=True)
with torch.no_grad():
    out = model.generate(**ids, max_new_tokens=8, do_sample=False, pad_token_id=0)
answer = tokenizer.decode(out[0, ids["input_ids"].shape[1]:], skip_special_tokens=True)
tasks.cases_of(folder, [{"task": "chat", "input": chat, "options": {"max_new_tokens": 8}, "output": answer}])
print(repr(answer))
