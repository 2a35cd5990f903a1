#!/bin/sh
# Tries ./headway as a user would: a fresh clone in a folder with a space, two first calls at once, a link, another
# working directory, JDKs that do not fit. Prints one line a check; the last line counts them.
source=$(cd "$(dirname "$0")/../../../.." && pwd -P)
. "$source/.mvn/java25.sh"
headway_find_java || exit 1
jdk=$JAVA_HOME
work=$(mktemp -d "${TMPDIR:-/tmp}/headway launcher.XXXXXX") || exit 1
work=$(cd "$work" && pwd -P)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

ok() { # $1 = what, then a command that must succeed
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok      $what"
    else
        failed=$((failed + 1))
        echo "FAILED  $what"
        tail -n 5 "$work/out" "$work/err" 2>/dev/null
    fi
}
fake_jdk() { # $1 = folder, $2 = version
    mkdir -p "$1/bin"
    printf '#!/bin/sh\necho "this java must not run" >&2\nexit 99\n' >"$1/bin/java"
    cp "$1/bin/java" "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
    printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
}

fake_jdk "$work/old" 17.0.9
fake_jdk "$work/ancient" 1.8.0_402
fake_jdk "$work/early" 25-ea
fake_jdk "$work/newer" 26.0.1
finds() { (unset JAVA_HOME HEADWAY_JAVA_HOME; eval "$1"; headway_find_java 2>/dev/null && [ "$JAVA_HOME" = "$2" ]); }
ok "HEADWAY_JAVA_HOME wins" finds "HEADWAY_JAVA_HOME='$work/newer' JAVA_HOME='$jdk'" "$work/newer"
ok "an early access of 25 fits" finds "JAVA_HOME='$work/early'" "$work/early"
ok "an old JAVA_HOME is passed over" finds "JAVA_HOME='$work/old' PATH='$work/newer/bin:$PATH'" "$work/newer"
ok "1.8 is not 25" eval "! headway_fits '$work/ancient'"
ok "links to java are followed" eval "mkdir '$work/bin'; ln -s ../newer/bin/java '$work/bin/java'; finds \"PATH='$work/bin:\$PATH'\" '$work/newer'"
HEADWAY_JAVA_HOME="$work/old" "$source/headway" --help >"$work/out" 2>"$work/err"
ok "an unfit HEADWAY_JAVA_HOME ends with 1" [ $? = 1 ]
ok "and one line" [ "$(wc -l <"$work/err")" -eq 1 ]

home="$work/a folder/headway"
mkdir -p "$work/a folder"
git clone -q "$source" "$home" || exit 1
JAVA_HOME=$work/old
HEADWAY_JAVA_HOME=$jdk
PATH=$work/old/bin:$PATH
export JAVA_HOME HEADWAY_JAVA_HOME PATH
cd / || exit 1
"$home/headway" --help >"$work/out2" 2>"$work/err2" &
second=$!
"$home/headway" --help >"$work/out" 2>"$work/err"
ok "first call, from another directory, a space in the path" [ $? = 0 ]
wait $second
ok "another first call at the same time" [ $? = 0 ]
ok "both say the same" cmp -s "$work/out" "$work/out2"
ok "only one of them built" [ "$(cat "$work/err" "$work/err2" | grep -c 'built in')" -eq 1 ]
ok "nothing is left locked" [ ! -e "$home/.headway/lock" ]
ok "a cache was made" [ -n "$(ls "$home"/.headway/app/*/headway.aot 2>/dev/null)" ]

"$home/headway" --version >"$work/out" 2>"$work/err"
ok "a later call prints nothing on standard error" [ ! -s "$work/err" ]
ln -s "a folder/headway/headway" "$work/linked"
ok "through a link" eval "'$work/linked' --version >'$work/out' 2>'$work/err' && [ ! -s '$work/err' ]"
"$home/headway" no-such-command >"$work/out" 2>"$work/err"
ok "wrong usage ends with 2" [ $? = 2 ]
ok "and exactly one line on standard error" [ "$(wc -l <"$work/err")" -eq 1 ]
"$home/headway" doctor --json >"$work/out" 2>"$work/err"
ok "doctor --json: one line out, none on standard error" [ "$(wc -l <"$work/out") $(wc -l <"$work/err")" = "1 0" ]
cat >"$work/tokenizer.json" <<'JSON'
{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":{"type":"Lowercase"},
"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
"vocab":{"[UNK]":0,"hello":1,"wor":2,"##ld":3}}}
JSON
"$home/headway" tokenize "$work/tokenizer.json" --json --text "Hello world" >"$work/out" 2>"$work/err"
ok "libraries on the class path are found, and quiet" eval "grep -q '\"ids\":\[1,2,3\]' '$work/out' && [ ! -s '$work/err' ]"
level() { # the highest compiler that a call has: the JVM's own word
    HEADWAY_JAVA_OPTIONS=-XX:+PrintFlagsFinal "$home/headway" "$@" 2>&1 | sed -n 's/.* TieredStopAtLevel *= \([0-9]\).*/\1/p'
}
if [ ! -e "$home"/.headway/app/*/vector ]; then
    ok "one compiler where machine code answers at once" [ "$(level generate --help)" = 1 ]
    ok "both for training, files and Java's own kernels" \
        [ "$(level train --help)$(level score --file=x --help)$(level generate --kernels reference --help)" = 444 ]
fi
"$jdk/bin/java" "$home/cli/src/test/java/headway/cli/LaunchBench.java" "$home/headway" >"$work/out" 2>"$work/err"
cat "$work/out"
best() { sed -n 's/.*"'"$1"'","median":[0-9]*,"min":\([0-9]*\),.*/\1/p' "$work/out"; }
help=$(best "headway --help")
bare=$(best "java -Xshare:auto -version")
# On a machine that is busy with other things, the JVM alone is the measure.
ok "--help within half a second, or fifteen bare starts of the JVM" eval "[ ${help:-9999} -lt 500 ] || [ ${help:-9999} -lt $((15 * ${bare:-0})) ]"
for aot in "$home"/.headway/app/*/headway.aot; do echo broken >"$aot"; done
ok "a broken cache is passed over in silence" eval "'$home/headway' --version >'$work/out' 2>'$work/err' && [ ! -s '$work/err' ]"
HEADWAY_JAVA_OPTIONS=-XX:NoSuchFlag "$home/headway" --version >"$work/out" 2>"$work/err"
ok "what the JVM itself says arrives" eval "[ $? = 1 ] && sleep 1 && grep -q NoSuchFlag '$work/err'"

sleep 1
mkdir "$home/.headway/lock"
sh -c 'echo $$' >"$home/.headway/lock/pid"
echo "broken" >>"$home/cli/src/main/java/headway/cli/Version.java"
"$home/headway" --version >"$work/out" 2>"$work/err"
ok "a failed build, after a lock whose owner died, ends with 1" [ $? = 1 ]
ok "shows its error and its log" eval "grep -q Version.java '$work/err' && grep -q build.log '$work/err'"
ok "and unlocks" [ ! -e "$home/.headway/lock" ]

echo "launcher: $passed passed, $failed failed"
[ $failed = 0 ]
