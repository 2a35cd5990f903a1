#!/usr/bin/env bash
# What a cross-encoder adds to an embedding model: nDCG@10 on the questions of Cranfield that examples/data/Prepare.java
# keeps from training, of the thirty nearest documents as the vectors order them, and as the cross-encoder does.
#     testkit/proofs/rerank.sh EMBEDDER RERANKER FOLDER
set -euo pipefail
[ $# -eq 3 ] || { sed -n 2,4p "$0"; exit 2; }
. "$(dirname "$0")/common.sh"
. "$root/.mvn/java25.sh"
headway_find_java

retrieval() { "$JAVA_HOME/bin/java" "$root/testkit/proofs/Retrieval.java" "$1" "$folder" "$work" "${@:2}"; }
folder=$3
retrieval texts
for what in documents queries; do
    "$root/headway" embed "$1" --file "$work/$what.jsonl" --json --normalize --output "$work/$what.vectors.jsonl"
done
retrieval nearest 30
for query in "$work"/*.query; do
    "$root/headway" rerank "$2" --query "$(cat "$query")" --file "${query%.query}.jsonl" --top-k 10 --json \
        >"${query%.query}.ranked.jsonl"
done
retrieval reranked
