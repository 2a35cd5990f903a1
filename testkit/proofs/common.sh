# Shared by the proofs: a small run over the project's own documents, in a folder of its own that goes at the end.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/headway-proof.XXXXXX") || exit 1
trap 'kill -9 $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
    echo "FAILED  $*" >&2
    exit 1
}
sha() { # of one file
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}
log_of() { # the log without what the clock says
    sed 's/,"tokensPerSecond":[0-9.E]*//' "$1/log.jsonl"
}
steps_in() { # the step of the latest complete checkpoint, 0 without one
    local last=0 state
    for state in "$1"/checkpoints/step-*/state.json; do
        case $state in *.tmp-* | *.old-* | *'*'*) continue ;; esac
        state=${state%/state.json}
        last=$((10#${state##*-}))
    done
    echo "$last"
}
left_overs() { # how many half-written files and folders lie in a run's folder
    find "$1" -name '*.tmp-*' -o -name '*.old-*' 2>/dev/null | wc -l | tr -d ' '
}
train() { # $1 = output, further arguments as for headway train; in the background `exec` keeps its process id
    local output=$1
    shift
    $hw_exec "$root/headway" train "$work/run.yaml" --set output="$output" "$@"
}
hw_exec=

cat "$root"/docs/decisions/*.md "$root"/*.md >"$work/text.txt"
cat >"$work/run.yaml" <<'YAML'
name: proof
data: text.txt
tokenizer: bytes
model: {model_type: llama, hidden_size: 32, intermediate_size: 80, num_hidden_layers: 2, num_attention_heads: 4,
        num_key_value_heads: 2, max_position_embeddings: 64, rms_norm_eps: 1.0e-5, tie_word_embeddings: true}
sequenceLength: 24
batchSize: 2
accumulate: 2
steps: 60
dropout: 0.1
maxGradNorm: 1.0
optimizer: {learningRate: 3.0e-3, weightDecay: 0.1}
schedule: {name: cosine, warmupSteps: 10}
evaluate: {every: 10, fraction: 0.05, batches: 4}
checkpoint: {every: 3, keep: 2}
YAML
"$root/headway" --version >/dev/null || exit 1 # builds, where something is to build
