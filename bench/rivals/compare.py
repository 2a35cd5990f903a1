"""Headway and PyTorch in one run, turn by turn, and the ratio of their medians.

    python compare.py [--rounds 5] [--threads 2] [--only train,gemm,attention] [--dtype f32|bf16]

Each round starts a fresh process of either side, so that several forks count, and drift of the machine meets both.
Needs the packages of requirements.txt beside Headway itself; prints a Markdown table.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADWAY = HERE.parent.parent / "headway"


def lines(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def headway(what, threads, *more):
    return lines([str(HEADWAY), "bench", what, "--json", "--threads", str(threads), *more])


def torch(threads, *arguments):
    return lines([sys.executable, str(HERE / "torch_side.py"), *arguments, "--threads", str(threads)])[0]


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
    ours, roofs, theirs = {}, {}, {}
    for _ in range(rounds):
        for m in headway("gemm", threads, "--runs", "5", "--dtype", dtype):
            key = (m["shape"]["m"], m["shape"]["n"], m["shape"]["k"])
            ours.setdefault(key, []).append(m["median"])
            roofs.setdefault(key, []).append(m["roof"])
        for m, n, k in ours:
            rival = torch(threads, "gemm", "--m", str(m), "--n", str(n), "--k", str(k), "--runs", "5", "--dtype", dtype)
            theirs.setdefault((m, n, k), []).append(rival["median"])
    for key in ours:
        row("gemm {} {} × {} × {}".format(dtype, *key), ours[key], theirs[key], "GFLOP/s", roofs[key])


def compare_attention(rounds, threads, dtype):
    ours, theirs = {}, {}
    for _ in range(rounds):
        for seq in (1024, 4096, 16384):
            mine = headway("attention", threads, "--runs", "3", "--seq", str(seq))
            ours.setdefault(seq, []).append(mine[1]["median"])
            rival = torch(threads, "attention", "--runs", "3", "--seq", str(seq))
            theirs.setdefault(seq, []).append(rival["median"])
    for seq in ours:
        row(f"attention f32, causal, 8 × 64, {seq:,}, forward + backward", ours[seq], theirs[seq], "GFLOP/s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="train,gemm")
    parser.add_argument("--dtype", default="f32", choices=["f32", "bf16"])
    a = parser.parse_args()
    parts = {"train": compare_train, "gemm": compare_gemm, "attention": compare_attention}
    print(f"load before: {other_load():.2f}; threads: {a.threads}; rounds: {a.rounds}\n")
    print("| what | Headway | PyTorch | ratio | share of peak | unit |\n|---|---|---|---|---|---|", flush=True)
    for part in a.only.split(","):
        parts[part](a.rounds, a.threads, a.dtype)
