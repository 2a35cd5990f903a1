#!/usr/bin/env bash
# Ctrl-C: SIGINT to the process, and to the whole group as a terminal sends it, ends with 130, a checkpoint and a usable
# folder; --resume ends with the weights of the run that nobody stopped. The demo likewise.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
set -m # jobs get groups of their own, and SIGINT is not ignored in them

wait_for() { # a file with something in it
    for ((i = 0; i < 600; i++)); do
        [ -s "$1" ] && return
        sleep 0.1
    done
    fail "no $1: $(cat "$work/err")"
}
ended() { # $1 = exit code wanted
    wait "$pid"
    local code=$?
    [ "$code" = "$1" ] || fail "exit code $code instead of $1: $(cat "$work/err")"
}

never=(--set checkpoint.every=0 --set steps=1200)
train "$work/whole" "${never[@]}" >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
want=$(sha "$work/whole/model.safetensors")

for whom in process group; do
    output=$work/$whom
    hw_exec=exec train "$output" "${never[@]}" >"$work/out" 2>"$work/err" &
    pid=$!
    wait_for "$output/log.jsonl"
    sleep 0.3
    [ $whom = process ] && kill -INT "$pid" || kill -INT -"$pid"
    ended 130
    at=$(steps_in "$output")
    [ "$at" -gt 0 ] && [ "$at" -lt 1200 ] || fail "stopped after step $at"
    grep -q "saved in $output; go on with --resume" "$work/err" || fail "$(cat "$work/err")"
    "$root/headway" generate "$output" --prompt The --max-new-tokens 4 >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
    train "$output" "${never[@]}" --resume >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
    grep -q "going on after step $at" "$work/err" || fail "$(cat "$work/err")"
    [ "$(sha "$output/model.safetensors")" = "$want" ] || fail "other weights after Ctrl-C at step $at"
    echo "ok: SIGINT to the $whom after step $at: 130, checkpoint, the same weights at the end"
done

for ((i = 0; i < 20; i++)); do cat "$work/text.txt"; done >"$work/long.txt"
"$root/headway" demo --data "$work/long.txt" --preset small --minutes 1 --output "$work/demo" >"$work/out" 2>"$work/err" &
pid=$!
wait_for "$work/demo/log.jsonl"
sleep 1
kill -INT -"$pid"
ended 130
"$root/headway" generate "$work/demo" --prompt The --max-new-tokens 4 >/dev/null 2>"$work/err2" || fail "$(cat "$work/err2")"
echo "ok: Ctrl-C in the demo after step $(steps_in "$work/demo"): 130, a folder that generates"
