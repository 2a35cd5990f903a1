#!/usr/bin/env bash
# The kernels with tiles, run on a processor that has none: an agent (testkit/amx/emulate.c, needs gcc) does what AMX
# would do, instruction by instruction, to the very bytes that an AMX machine would run. Products of all shapes against
# the scalar reference, with pages at every end that nobody may touch. Where the processor has tiles, they run by
# themselves and the agent has nothing to do.
#
#     testkit/proofs/amx.sh
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/headway-proof.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
. "$root/.mvn/java25.sh"
headway_find_java || exit 1

gcc -O3 -march=native -ffp-contract=off -Wall -shared -fPIC -fvisibility=hidden \
    -o "$work/amx.so" "$root/testkit/amx/emulate.c" -lm || exit 1
tests='TileProductTest,GemmKernelTest,IntegerGemmKernelTest,PeakTest,QuantizedProductTest,GuardPagesTest,AssemblerTest,TileShapeTest'
cd "$root" || exit 1
for bits in 15 8; do
    report=$work/report-$bits
    AMX_REPORT=$report HEADWAY_INSTRUCTIONS=amx HEADWAY_ACTIVATIONS=$bits \
        JAVA_TOOL_OPTIONS="-agentpath:$work/amx.so -Dheadway.machine.emulated=true" \
        ./mvnw -B -ntp -q -pl kernels -Dspotless.check.skip=true -Dtest="$tests" \
        test-compile surefire:test@default-test >"$work/log" 2>&1 || {
        grep -v JAVA_TOOL_OPTIONS "$work/log" | tail -n 40
        echo "FAILED  activations of $bits bits" >&2
        exit 1
    }
    # The process with the tests is the one that multiplied.
    ran=$(grep 'tdpbf16ps [0-9]\{3,\}' "$report" 2>/dev/null | tail -n 1)
    if ! grep -qw amx_bf16 /proc/cpuinfo && [ -z "$ran" ]; then
        echo "FAILED  no tile was multiplied" >&2
        exit 1
    fi
    echo "activations of $bits bits: ${ran:-the processor has tiles}"
done
echo "passed"
