"""The Rust library's side of `headway bench tokenize`: kilobytes of text a second, as a JSON object on standard output.

    python tokenize_side.py --model FOLDER --file TEXT --threads 2

All lines of the file in one call of `encode_batch`, which gives whole encodings; `encode_batch_fast` leaves offsets out.
"""
import argparse
import json
import os
import pathlib
import statistics
import time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True, help="tokenizer.json, or a folder with one")
    parser.add_argument("--file", required=True)
    parser.add_argument("--threads", default="2")
    parser.add_argument("--runs", type=int, default=7)
    a = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = a.threads
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    import tokenizers
    path = pathlib.Path(a.model)
    tokenizer = tokenizers.Tokenizer.from_file(str(path / "tokenizer.json" if path.is_dir() else path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    text = pathlib.Path(a.file).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()]
    megabytes = sum(len(line.encode()) for line in lines) / 1e6

    def speed(encode):
        start = time.perf_counter()
        encode(lines)
        return 1000 * megabytes / (time.perf_counter() - start)

    result = {"version": tokenizers.__version__}
    for name, encode in (("ids", tokenizer.encode_batch_fast), ("encodings", tokenizer.encode_batch)):
        end = time.perf_counter() + 2
        while time.perf_counter() < end:
            speed(encode)
        result[name] = statistics.median(speed(encode) for _ in range(a.runs))
    print(json.dumps(result))


main()
