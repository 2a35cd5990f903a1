#!/usr/bin/env bash
# SHA-256 of the weights after 200 steps is the same for --threads 1, 2 and 4.
#
#     testkit/proofs/threads.sh [PRECISION ...]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

for precision in "${@:-f32}"; do
    want=
    for threads in 1 2 4; do
        output=$work/$precision-$threads
        train "$output" --threads "$threads" --set precision="$precision" --set steps=200 --set checkpoint.every=0 \
            >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
        got=$(sha "$output/model.safetensors")
        echo "$precision, $threads threads, $(tail -n 1 "$output/log.jsonl"): $got"
        [ "${want:=$got}" = "$got" ] || fail "other weights with --threads $threads"
    done
done
echo "ok: the same weights"
