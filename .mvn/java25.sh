# Sourced by the scripts of this project: finds a JDK 25 or later and puts its folder into JAVA_HOME.
# Reads the file `release` beside bin/ instead of starting a JVM, which would cost more than the program's own start.

headway_major() { # prints the major version of the JDK in folder $1, or fails
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='="' read -r hw_key _ hw_value _; do
        if [ "$hw_key" = JAVA_VERSION ]; then
            hw_value=${hw_value%%[!0-9]*}
            [ -n "$hw_value" ] && echo "$hw_value"
            return
        fi
    done <"$1/release"
    return 1
}

headway_fits() {
    hw_found=$(headway_major "$1") && [ "$hw_found" -ge 25 ]
}

headway_java_on_path() { # prints the home of `java` on the path, links followed
    hw_file=$(command -v java) || return 1
    while [ -L "$hw_file" ]; do
        hw_target=$(readlink "$hw_file") || return 1
        case $hw_target in
        /*) hw_file=$hw_target ;;
        *) hw_file=$(dirname "$hw_file")/$hw_target ;;
        esac
    done
    (cd "$(dirname "$hw_file")/.." 2>/dev/null && pwd -P)
}

headway_find_java() {
    if [ -n "${HEADWAY_JAVA_HOME:-}" ]; then
        if headway_fits "$HEADWAY_JAVA_HOME"; then
            JAVA_HOME=$HEADWAY_JAVA_HOME
            export JAVA_HOME
            return 0
        fi
        echo "headway: HEADWAY_JAVA_HOME=$HEADWAY_JAVA_HOME is not a JDK 25 or later" >&2
        return 1
    fi
    if [ -n "${JAVA_HOME:-}" ] && headway_fits "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    if hw_home=$(headway_java_on_path) && headway_fits "$hw_home"; then
        JAVA_HOME=$hw_home
        export JAVA_HOME
        return 0
    fi
    # The lowest version that fits, because that is the one Headway is tested on.
    hw_best=
    hw_best_major=
    for hw_home in /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/* /opt/*/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if headway_fits "$hw_home" && { [ -z "$hw_best" ] || [ "$hw_found" -lt "$hw_best_major" ]; }; then
            hw_best=$hw_home
            hw_best_major=$hw_found
            [ "$hw_found" = 25 ] && break
        fi
    done
    if [ -z "$hw_best" ]; then
        echo "headway: no JDK 25 found; install one (for example from https://adoptium.net), or set HEADWAY_JAVA_HOME to its folder" >&2
        return 1
    fi
    JAVA_HOME=$hw_best
    export JAVA_HOME
}
