#!/usr/bin/env bash
# kill -9 at a random moment of training, then --resume: fifty times the run must end with the weights, and the log, of
# the run that nobody killed. Every second time the resumed run is killed too.
#
#     testkit/proofs/kill-and-resume.sh [ROUNDS] [SEED]
rounds=${1:-50}
RANDOM=${2:-1}
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

now() { date +%s%N | cut -c1-13; }
start=$(now)
train "$work/whole" >/dev/null 2>"$work/err" || fail "the run itself: $(cat "$work/err")"
took=$(($(now) - start))
want=$(sha "$work/whole/model.safetensors")
log_of "$work/whole" >"$work/whole.log"
echo "uninterrupted: $took ms, sha256 $want"

kills=0 late=0 halves=0 anew=0
# Starts (or goes on with) $1 and kills it after a random part of the time that a whole run takes.
kill_once() {
    local output=$1 delay pid
    shift
    delay=$((RANDOM * took / 32768))
    hw_exec=exec train "$output" "$@" >/dev/null 2>"$work/err" &
    pid=$!
    sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    case $? in
    137) kills=$((kills + 1)) ;;
    0) late=$((late + 1)) ;;
    *) fail "round $round: $(cat "$work/err")" ;;
    esac
    [ "$(left_overs "$output")" = 0 ] || halves=$((halves + 1))
}

for ((round = 1; round <= rounds; round++)); do
    output=$work/killed
    rm -rf "$output"
    before=$kills
    while [ "$kills" = "$before" ]; do # one that ended before its kill does not count
        rm -rf "$output"
        kill_once "$output"
    done
    at=$(steps_in "$output")
    [ "$at" = 0 ] && anew=$((anew + 1))
    [ $((round % 2)) = 0 ] && kill_once "$output" --resume
    train "$output" --resume >/dev/null 2>"$work/err" || fail "round $round, after step $at: $(cat "$work/err")"
    if [ "$at" != 0 ] && [ $((round % 2)) = 1 ] && ! grep -q "going on after step $at" "$work/err"; then
        fail "round $round did not go on after step $at: $(cat "$work/err")"
    fi
    [ "$(sha "$output/model.safetensors")" = "$want" ] || fail "round $round, after step $at: other weights"
    log_of "$output" | cmp -s - "$work/whole.log" || fail "round $round, after step $at: another log"
    [ "$(left_overs "$output")" = 0 ] || fail "round $round leaves half-written files: $(find "$output" -name '*.tmp-*')"
    printf '%s ' "$at"
done
echo
echo "ok: $rounds rounds, $kills kills ($halves while something was being written, $anew before the first checkpoint," \
    "$late came too late), weights and log the same every time"
