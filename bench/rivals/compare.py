"""Headway and its rival in one run, turn by turn, and the ratio of their medians.

    python compare.py [--rounds 5] [--threads 2] [--only train,gemm,attention] [--dtype f32|bf16|int8]
    python compare.py --only embed
    python compare.py --only tokenize --model FOLDER [--file TEXT]
    python compare.py --only encoders [--model bert-base|vit-b16|whisper-tiny] [--dtype f32|bf16]
    python compare.py --only decode,prefill --model FILE.gguf [--batch 16] [--activations 8]

Each round starts a fresh process of either side, so that several forks count, and drift of the machine meets both.
PyTorch and ONNX Runtime need the packages of requirements.txt; decode and prefill are held against llama.cpp, whose build folder
LLAMA_BUILD names, on the same GGUF file. Prints a Markdown table; `headway bench WHAT --compare` calls this.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HEADWAY = HERE.parent.parent / "headway"


def lines(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def headway(what, threads, *more):
    return lines([str(HEADWAY), "bench", what, "--json", "--threads", str(threads), *more])


def torch(threads, *arguments):
    return lines([sys.executable, str(HERE / "torch_side.py"), *arguments, "--threads", str(threads)])[0]


def onnx(threads, engine):
    return lines([sys.executable, str(HERE / "embed_side.py"), "--engine", engine, "--threads", str(threads)])[0]


def other_load():
    return float(pathlib.Path("/proc/loadavg").read_text().split()[0])


def row(name, ours, theirs, unit, roof=None):
    a, b = statistics.median(ours), statistics.median(theirs)
    share = f"{100 * a / statistics.median(roof):.0f} %" if roof else ""
    print(f"| {name} | {a:,.0f} ({min(ours):,.0f}–{max(ours):,.0f}) | {b:,.0f} ({min(theirs):,.0f}–{max(theirs):,.0f})"
          f" | {a / b:.2f} | {share} | {unit} |", flush=True)


def compare_train(rounds, threads, dtype):
    ours, memory, heap, rivals = [], [], [], {"eager": [], "compile": []}
    rival_memory = []
    for _ in range(rounds):
        mine = headway("train", threads, "--runs", "15", "--dtype", dtype)
        ours.append(mine[0]["median"])
        heap.append(mine[1]["median"])
        memory.append(mine[2]["median"])
        for mode in rivals:
            theirs = torch(threads, "train", "--mode", mode, "--dtype", dtype)
            rivals[mode].append(theirs["median"])
            if mode == "eager":
                rival_memory.append(theirs["peakMegabytes"])
    for mode, speeds in rivals.items():
        row(f"training step gpt-10m, {dtype}, against {mode}", ours, speeds, "tokens/s")
    row("its peak memory", memory, rival_memory, "MB")
    print(f"| its Java heap a step | {statistics.median(heap):,.0f} | | | | bytes |", flush=True)


def compare_gemm(rounds, threads, dtype):
    ours, roofs = {}, {}
    # int8 of oneDNN would round the sums to eight bits again: another product.
    rivals = {"eager": {}} if dtype == "int8" else {"eager": {}, "onednn": {}}
    names = {"eager": "PyTorch", "onednn": "oneDNN, weight packed before"}
    for _ in range(rounds):
        for m in headway("gemm", threads, "--runs", "5", "--dtype", dtype):
            key = (m["shape"]["m"], m["shape"]["n"], m["shape"]["k"])
            ours.setdefault(key, []).append(m["median"])
            roofs.setdefault(key, []).append(m["roof"])
        for m, n, k in ours:
            for mode, theirs in rivals.items():
                rival = torch(threads, "gemm", "--mode", mode, "--m", str(m), "--n", str(n), "--k", str(k), "--runs",
                              "5", "--dtype", dtype)
                theirs.setdefault((m, n, k), []).append(rival["median"])
    for key in ours:
        for mode, theirs in rivals.items():
            row("gemm {} {} × {} × {}, against {}".format(dtype, *key, names[mode]), ours[key], theirs[key], "GFLOP/s",
                roofs[key])


def compare_attention(rounds, threads, dtype):
    ours, theirs = {}, {}
    for _ in range(rounds):
        for seq in (1024, 4096, 16384):
            mine = headway("attention", threads, "--runs", "3", "--seq", str(seq), "--dtype", dtype)
            ours.setdefault(seq, []).append(mine[1]["median"])
            rival = torch(threads, "attention", "--runs", "3", "--seq", str(seq), "--dtype", dtype)
            theirs.setdefault(seq, []).append(rival["median"])
    for seq in ours:
        row(f"attention {dtype}, causal, 8 × 64, {seq:,}, forward + backward", ours[seq], theirs[seq], "GFLOP/s")


def compare_encoders(rounds, threads, dtype):
    shapes = [a.model] if a.model else ["bert-base", "vit-b16", "whisper-tiny"]
    for model in shapes:
        for mine, theirs, name in (("forward", "forward", "forward"), ("train", "step", "training step")):
            ours, rivals = [], []
            for _ in range(rounds):
                options = ["--model", model, "--batch", "8", "--dtype", dtype, "--runs", "5"]
                ours.append(headway(mine, threads, *options)[0]["median"])
                rivals.append(torch(threads, theirs, *options, "--seq", "128")["median"])
            row(f"{name} {model}, 8 at once, {dtype}, against eager", ours, rivals, "entries/s")


def llama(threads, model, *more):
    build = os.environ.get("LLAMA_BUILD")
    if not build:
        sys.exit("LLAMA_BUILD is not set: the folder in which llama.cpp was built, with bin/llama-bench")
    return str(pathlib.Path(build, "bin")), ["-m", model, "-t", str(threads), *more]


def compare_decode(rounds, threads, dtype):
    ours, roofs, theirs = [], [], []
    for _ in range(rounds):
        depth = ["--seq", str(a.before)] if a.before else []
        mine = headway("decode", threads, "--model", a.model, "--batch", str(a.batch), *depth, *activations())[0]
        ours.append(mine["median"])
        roofs.append(mine["roof"])
        if a.batch == 1:
            bin, options = llama(threads, a.model, "-p", "0", "-n", "48", "-d", str(a.before), "-r", "5", "-o", "jsonl")
            theirs += lines([bin + "/llama-bench", *options])[0]["samples_ts"]
        else:
            bin, options = llama(threads, a.model, "-c", "8192", "-b", "2048", "-ub", "512", "-npp", str(a.before or 16), "-ntg", "48",
                                 "-npl", str(a.batch), "--output-format", "jsonl")
            theirs.append(lines([bin + "/llama-batched-bench", *options])[0]["speed_tg"])
    behind = f", after {a.before} tokens" if a.before else ""
    row(f"decode {pathlib.Path(a.model).stem}, {a.batch} at once{behind}", ours, theirs, "tokens/s", roofs)


def compare_prefill(rounds, threads, dtype):
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(headway("prefill", threads, "--model", a.model, "--seq", "512", "--runs", "3", *activations())[0]["median"])
        bin, options = llama(threads, a.model, "-p", "512", "-n", "0", "-r", "3", "-o", "jsonl")
        theirs += lines([bin + "/llama-bench", *options])[0]["samples_ts"]
    bits = f", activations of {a.activations} bits" if a.activations else ""
    row(f"prefill of 512 {pathlib.Path(a.model).stem}{bits}", ours, theirs, "tokens/s")


def compare_embed(rounds, threads, dtype):
    ours, theirs = {"f32": [], "bf16": []}, {"f32": [], "int8": []}
    for engine in theirs:
        onnx(threads, engine)  # makes its graph
    for _ in range(rounds):
        for type, speeds in ours.items():
            speeds.append(headway("embed", threads, "--dtype", type)[0]["median"])
        for engine, speeds in theirs.items():
            speeds.append(onnx(threads, engine)["median"])
    for type, engine in (("f32", "f32"), ("bf16", "f32"), ("bf16", "int8")):
        row(f"embed MiniLM-L6 {type}, against ONNX Runtime {engine}", ours[type], theirs[engine], "sentences/s")


def compare_tokenize(rounds, threads, dtype):
    """All lines of a text in one call; without --file the project's own pages, which anybody has."""
    text = a.file
    if not text:
        pages = sorted(p for p in HERE.parent.parent.rglob("*.md") if not {"target", ".headway"} & set(p.parts))
        text = str(pathlib.Path(tempfile.gettempdir()) / "headway-rivals-pages.txt")
        pathlib.Path(text).write_text("\n".join(p.read_text(encoding="utf-8") for p in pages) * 3, encoding="utf-8")
    ours, theirs = {"ids": [], "encodings": []}, {"ids": [], "encodings": []}
    for _ in range(rounds):
        for line in headway("tokenize", threads, "--model", a.model, "--file", text):
            ours[line["unit"].split()[1]].append(line["median"])
        rival = lines([sys.executable, str(HERE / "tokenize_side.py"), "--model", a.model, "--file", text, "--threads", str(threads)])[0]
        for what in theirs:
            theirs[what].append(rival[what])
    for what in ours:
        row(f"tokenize, {what}", ours[what], theirs[what], "kB/s")


def activations():
    return ["--activations", a.activations] if a.activations else []


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="train,gemm")
    parser.add_argument("--dtype", default="f32", choices=["f32", "bf16", "int8"])
    parser.add_argument("--model", help="GGUF file, for decode and prefill; folder with tokenizer.json, for tokenize")
    parser.add_argument("--file", help="text for tokenize")
    parser.add_argument("--batch", type=int, default=1, help="sequences at once, for decode")
    parser.add_argument("--before", type=int, default=0, help="tokens of each sequence before the first that counts, for decode")
    parser.add_argument("--activations", choices=["15", "8"], help="bits of Headway's activations in prefill")
    a = parser.parse_args()
    parts = {"train": compare_train, "gemm": compare_gemm, "attention": compare_attention, "decode": compare_decode,
             "prefill": compare_prefill, "embed": compare_embed, "tokenize": compare_tokenize, "encoders": compare_encoders}
    unknown = [part for part in a.only.split(",") if part not in parts]
    if unknown:
        sys.exit(f"{unknown} has no rival here; known: {', '.join(parts)}")
    if {"decode", "prefill"} & set(a.only.split(",")) and not a.model:
        sys.exit("--model: give a GGUF file, which both sides read")
    if "tokenize" in a.only.split(",") and not a.model:
        sys.exit("--model: give a folder with tokenizer.json, which both sides read")
    if a.dtype == "int8" and a.only != "gemm":
        sys.exit("--dtype int8 is for --only gemm")
    print(f"load before: {other_load():.2f}; threads: {a.threads}; rounds: {a.rounds}\n")
    print("| what | Headway | rival | ratio | share of peak | unit |\n|---|---|---|---|---|---|", flush=True)
    for part in a.only.split(","):
        parts[part](a.rounds, a.threads, a.dtype)
