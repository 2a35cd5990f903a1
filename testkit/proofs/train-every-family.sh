#!/usr/bin/env bash
# Every family of examples/runs/families trains 300 steps from nothing: the mean loss of the last fifty steps is below
# two thirds of that of the first ten. Usage: train-every-family.sh [FAMILY ...]
set -u
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -gt 0 ] || set -- $(cd "$root/examples/runs/families" && ls -- *.yaml | sed 's/\.yaml$//')
bad=0
for family; do
    if ! "$root/headway" train "$root/examples/runs/families/$family.yaml" --set "output=$work/$family" \
        >"$work/$family.log" 2>&1; then
        echo "FAILED  $family: $(grep headway: "$work/$family.log" | tail -1)"
        bad=$((bad + 1))
        continue
    fi
    verdict=$(awk -F'"loss":' '/"loss"/ { split($2, a, ","); loss[++n] = a[1] }
        END { for (i = 1; i <= 10; i++) first += loss[i] / 10
              for (i = n - 49; i <= n; i++) last += loss[i] / 50
              printf "%d steps, loss %.3f to %.3f%s", n, first, last, n == 300 && last < first * 2 / 3 ? "" : "  NOT FALLING" }' \
        "$work/$family/log.jsonl")
    echo "$family: $verdict"
    case $verdict in *NOT*) bad=$((bad + 1)) ;; esac
    rm -rf "${work:?}/$family"
done
[ "$bad" = 0 ] || fail "$bad families"
echo "passed  $# families"
