#!/bin/sh
# Shows what the launcher promises: one-line errors with a code, no rebuild without a change, one when a source changed.
set -u
cd -- "$(dirname -- "$0")/.." || exit 3
failures=0
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

check() {
    if [ "$2" != "$3" ]; then
        printf 'launcher-test: %s: expected "%s", got "%s"\n' "$1" "$2" "$3"
        failures=1
    fi
}

# A folder with every program of this machine but those named.
programs_without() {
    rm -rf "$work/bin" && mkdir "$work/bin"
    for folder in /usr/local/bin /usr/bin /bin; do ln -sf "$folder"/* "$work/bin/" 2>/dev/null; done
    for name in "$@"; do rm -f "$work/bin/$name"; done
}

programs_without java
output=$(env -u JAVA_HOME PATH="$work/bin" ./kryla --version 2>&1)
check "exit without Java" 3 $?
check "error without Java" JDK_MISSING "${output%%:*}"

mkdir -p "$work/old/bin" && printf 'JAVA_VERSION="11.0.2"\n' >"$work/old/release"
printf '#!/bin/sh\nexit 9\n' >"$work/old/bin/java" && chmod +x "$work/old/bin/java"
output=$(JAVA_HOME="$work/old" ./kryla --version 2>&1)
check "exit with an old Java" 3 $?
check "error with an old Java" JDK_TOO_OLD "${output%%:*}"

# A copy of the sources with nothing built, and no Maven.
mkdir "$work/copy" && cp -R .mvn .ci kryla pom.xml "$work/copy/" && mkdir -p "$work/copy/protocol/src/main/proto" "$work/copy/sdk-core" "$work/copy/hil-sim" "$work/copy/ground-station"
programs_without mvn
output=$(PATH="$work/bin" "$work/copy/kryla" --version 2>&1)
check "exit without Maven" 3 $?
check "error without Maven" MAVEN_MISSING "${output%%:*}"

# A build that fails says where to read, in its last line.
output=$("$work/copy/kryla" --version 2>&1)
check "exit of a failed build" 3 $?
check "error of a failed build" BUILD_FAILED "$(printf '%s\n' "$output" | sed -n '$s/:.*//p')"

./kryla --version >/dev/null 2>"$work/first" || check "first start" 0 $?
output=$(./kryla --version 2>"$work/second")
check "exit of the second start" 0 $?
check "what the second start says on standard error" "" "$(cat "$work/second")"
check "the version" "kryla" "${output%% *}"
./kryla no-such-command >/dev/null 2>&1
check "exit of a wrong command" 2 $?

[ $failures = 0 ] && echo "launcher-test: as promised"
exit $failures
