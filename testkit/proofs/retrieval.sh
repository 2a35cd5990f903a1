#!/usr/bin/env bash
# How well an embedding model finds documents: nDCG@10 on Cranfield.
#     testkit/proofs/retrieval.sh MODEL FOLDER
# FOLDER holds cranfield-docs.xml, cranfield-queries.xml and cranfield-qrels.txt. With REFERENCE=python, a Python with
# sentence-transformers, the vectors and the ten nearest documents of each query are held against its own.
set -euo pipefail
[ $# -eq 2 ] || { sed -n 2,5p "$0"; exit 2; }
. "$(dirname "$0")/common.sh"
. "$root/.mvn/java25.sh"
headway_find_java

"$JAVA_HOME/bin/java" "$root/testkit/proofs/Retrieval.java" texts "$2" "$work"
for what in documents queries; do
    "$root/headway" embed "$1" --file "$work/$what.jsonl" --json --normalize --output "$work/$what.vectors.jsonl"
done
"$JAVA_HOME/bin/java" "$root/testkit/proofs/Retrieval.java" score "$2" "$work"
[ -z "${REFERENCE:-}" ] || "$REFERENCE" "$root/testkit/proofs/compare_embed.py" "$1" "$work"
