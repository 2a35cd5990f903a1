"""Makes every stored golden again, in place; `git diff` then shows what a new library version changed.

    python make_all.py
"""

import subprocess
import sys

from common import HERE

SCRIPTS = (
    "decoders.py", "encoders.py", "encoder_decoders.py", "vision.py", "statespace.py", "recurrent.py", "generation.py",
    "training.py", "onnx_cases.py", "rope.py", "ops.py", "quants.py", "gguf.py", "gguf_tokenizers.py",
    "tokenizer_pairs.py", "audio.py", "images.py", "chat.py", "tokenizer_files.py", "tasks.py", "whisper_windows.py", "answer_positions.py", "attention.py", "parquet.py", "beam_sampling.py",
)

for script in SCRIPTS:
    print(f"== {script}", flush=True)
    subprocess.run([sys.executable, script], cwd=HERE, check=True)
