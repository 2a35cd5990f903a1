#!/usr/bin/env bash
# Files and folders that may not be read or written: exit code 1, one line that names what is not allowed, nothing
# half-written. Root may do everything, so that the right to pass over permissions is given up first.
if [ "$(id -u)" = 0 ] && [ -z "${HEADWAY_PLAIN:-}" ]; then
    drop="setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"
    $drop true 2>/dev/null || { echo "skipped: setpriv cannot give up root's rights here"; exit 0; }
    HEADWAY_PLAIN=1 exec $drop bash "${BASH_SOURCE[0]}"
fi
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT

refused() { # $1 = what the one line has to hold, then the command
    local want=$1
    shift
    "$@" >/dev/null 2>"$work/err"
    local code=$?
    [ "$code" = 1 ] || fail "exit code $code of $*: $(cat "$work/err")"
    [ "$(grep -c '^headway: ' "$work/err")" = 1 ] || fail "not one line: $(cat "$work/err")"
    grep -q -- "$want" "$work/err" || fail "'$want' is not in: $(cat "$work/err")"
    grep '^headway: ' "$work/err"
}

mkdir "$work/closed"
chmod 500 "$work/closed"
refused "cannot make the folder $work/closed/run.*permission denied" train "$work/closed/run"
[ -z "$(ls "$work/closed")" ] || fail "something was written"

train "$work/run" >/dev/null 2>"$work/err" || fail "$(cat "$work/err")"
before=$(sha "$work/run/model.safetensors")
chmod 500 "$work/run/checkpoints"
refused "$work/run/checkpoints" train "$work/run" --resume --set steps=70
chmod 700 "$work/run/checkpoints"
chmod 500 "$work/run"
refused "$work/run" train "$work/run" --resume --set steps=70
chmod 700 "$work/run"
[ "$(sha "$work/run/model.safetensors")" = "$before" ] || fail "the weights have changed"
[ "$(left_overs "$work/run")" = 0 ] || fail "half-written: $(find "$work/run" -name '*.tmp-*')"

for file in model.safetensors config.json tokenizer.json; do
    chmod 000 "$work/run/$file"
    refused "$file.*permission denied" "$root/headway" generate "$work/run" --prompt the --max-new-tokens 2
    chmod 600 "$work/run/$file"
done
chmod 000 "$work/text.txt"
refused "text.txt: permission denied" train "$work/other"
[ ! -e "$work/other" ] || fail "a folder was left"
chmod 600 "$work/text.txt"
refused "$work/closed" "$root/headway" trace "$work/run" --ids 1,2,3 --out "$work/closed/out.safetensors"
echo "ok: eight things that are not allowed, each told in one line"
