"""Vectors of `retrieval.sh` against those of sentence-transformers: the largest difference, and the same neighbours.

    python compare_embed.py MODEL FOLDER
"""

import json
import sys
from pathlib import Path

import numpy
from sentence_transformers import SentenceTransformer

model, folder = sys.argv[1], Path(sys.argv[2])
reference = SentenceTransformer(model, device="cpu")
ours, theirs = {}, {}
for name in ("documents", "queries"):
    rows = [json.loads(line) for line in open(folder / f"{name}.vectors.jsonl", encoding="utf-8")]
    ours[name] = numpy.array([r["embedding"] for r in rows], dtype=numpy.float64)
    theirs[name] = reference.encode([r["text"] for r in rows], normalize_embeddings=True).astype(numpy.float64)
    print(f"{name}: {ours[name].shape[0]} vectors, largest difference {abs(ours[name] - theirs[name]).max():.2e}")


def nearest(vectors):
    return numpy.argsort(-(vectors["queries"] @ vectors["documents"].T), axis=1)[:, :10]


same = (nearest(ours) == nearest(theirs)).all(axis=1)
print(f"the ten nearest documents are the same, in the same order, for {same.sum()} of {len(same)} queries")
worst = max(abs(ours[n] - theirs[n]).max() for n in ours)
sys.exit(0 if worst <= 1e-5 and same.mean() > 0.99 else 1)
