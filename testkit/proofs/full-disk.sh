#!/usr/bin/env bash
# A disk that fills up while a checkpoint is written: exit code 1, one line that names the file and what is free, the
# checkpoints before it whole, nothing half-written; with room made, --resume ends as if nothing had been.
# Needs Linux and the right to mount in a namespace of its own; says so and ends with 0 where that is not given.
if [ -z "${HEADWAY_IN_NAMESPACE:-}" ]; then
    unshare -rm true 2>/dev/null || { echo "skipped: this machine gives no mount namespace"; exit 0; }
    HEADWAY_IN_NAMESPACE=1 exec unshare -rm bash "${BASH_SOURCE[0]}"
fi
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

train "$work/whole" >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
want=$(sha "$work/whole/model.safetensors")
mkdir "$work/small"
mount -t tmpfs -o size=1500k tmpfs "$work/small" || { echo "skipped: no tmpfs"; exit 0; }
output=$work/small/run
train "$output" >/dev/null 2>"$work/err"
code=$?
[ "$code" = 1 ] || fail "exit code $code: $(cat "$work/err")"
[ "$(grep -c '^headway: ' "$work/err")" = 1 ] || fail "not one line: $(cat "$work/err")"
grep '^headway: \[write\] cannot write .* are free: No space left on device; make room or choose another folder$' "$work/err" ||
    fail "$(cat "$work/err")"
[ "$(left_overs "$output")" = 0 ] || fail "half-written: $(find "$output" -name '*.tmp-*')"
at=$(steps_in "$output")
mount -o remount,size=20m "$work/small" || fail "no room"
train "$output" --resume >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
[ "$(sha "$output/model.safetensors")" = "$want" ] || fail "other weights"
umount "$work/small"
echo "ok: the disk was full after the checkpoint of step $at; the resumed run has the same weights"
