#!/usr/bin/env bash
# A file of 100,000 lines is classified and embedded in a small heap; kill -9 in the middle, then --resume, gives the same
# bytes as a call that nobody disturbed.
#     testkit/proofs/lines.sh [LINES]
set -euo pipefail
. "$(dirname "$0")/common.sh"
lines=${1:-100000}
export HEADWAY_JAVA_OPTIONS="-Xmx192m"

awk -v n="$lines" 'BEGIN { srand(3); split("we know it speak first citizen you are all resolved rather to die than famish", w, " ");
    for (i = 0; i < n; i++) { s = "line " i; k = 1 + int(rand() * 20); for (j = 0; j < k; j++) s = s " " w[1 + int(rand() * 15)]; print s } }' >"$work/in.txt"
"$root/headway" --version >/dev/null

resident() { # most memory that a process and its children ever had, in MB
    sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$1/status" 2>/dev/null | awk '{ print int($1 / 1024) }'
}

for task in classify embed; do
    model=$root/testkit/goldens/tasks/$task-bert
    "$root/headway" "$task" "$model" --file "$work/in.txt" --json --truncate --output "$work/whole.jsonl" 2>/dev/null
    [ "$(wc -l <"$work/whole.jsonl")" -eq "$lines" ] || fail "$task: $(wc -l <"$work/whole.jsonl") answers to $lines lines"

    exec 9>&1
    "$root/headway" "$task" "$model" --file "$work/in.txt" --json --truncate --output "$work/part.jsonl" 2>/dev/null &
    pid=$!
    until [ -s "$work/part.jsonl.part.json" ] && [ "$(sed 's/.*"texts":\([0-9]*\).*/\1/' "$work/part.jsonl.part.json")" -gt $((lines / 3)) ]; do
        kill -0 $pid 2>/dev/null || fail "$task: ended before it was killed"
        sleep 0.1
    done
    most=$(resident $pid)
    kill -9 $pid
    wait $pid 2>/dev/null || true
    [ ! -e "$work/part.jsonl" ] || fail "$task: a file that is not whole has its name already"
    "$root/headway" "$task" "$model" --file "$work/in.txt" --json --truncate --output "$work/part.jsonl" --resume 2>/dev/null
    cmp -s "$work/whole.jsonl" "$work/part.jsonl" || fail "$task: other bytes after --resume"
    echo "$task: $lines lines, killed at a third and gone on with: the same bytes; ${most:-?} MB at most by then, -Xmx192m"
    rm -f "$work"/*.jsonl*
done
