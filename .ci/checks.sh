# The body of `./kryla test`; kryla sources it at the top of the repository, with the build lock held.

run_checks() {
    full=
    case "$#:${1:-}" in
        0:) ;;
        1:--full) full=yes ;;
        1:--help | 1:-h)
            echo "Usage: ./kryla test [--full]"
            echo "Runs every check of the project. --full tries each property many more times, fuzzes for hours and writes docs/results/test-full.md."
            return 0
            ;;
        *)
            echo "USAGE: unknown argument; kryla test $*; see ./kryla test --help" >&2
            return 2
            ;;
    esac
    install_what_checks_need
    started=$(date +%s)
    failed=

    # Reports of an earlier run must not stand in for tests that did not run.
    find . -type d \( -name surefire-reports -o -name failsafe-reports \) -path '*/target/*' -exec rm -rf {} +
    mvn -B --fail-at-end -Dkryla.publish ${full:+-Dkryla.test.tries.factor=20 -Dkryla.fuzz.executions=10000000 -Dkryla.fuzz.slow.executions=250000} verify || failed="$failed maven"
    every_test_ran || failed="$failed tests-that-did-not-run"
    bears_load || failed="$failed load"
    protocol/check-compatibility || failed="$failed protocol"
    protocol/check-compatibility-test || failed="$failed protocol-check"
    unlock
    .ci/sdk-test.sh || failed="$failed sdk"
    .ci/device-test.sh || failed="$failed device"
    # Last, for it builds the station another time, without what is published.
    .ci/launcher-test.sh || failed="$failed launcher"

    seconds=$(($(date +%s) - started))
    if [ -n "$failed" ]; then
        echo "TESTS_FAILED:$failed; after $seconds s; see above" >&2
        return 1
    fi
    say "all checks passed in $seconds s"
    [ -z "$full" ] || write_result
}

install_what_checks_need() {
    missing=
    for tool in git node npm socat softhsm2-util pkcs11-tool strip go chromium; do
        command -v $tool >/dev/null && continue
        case $tool in
            node) missing="$missing nodejs" ;;
            softhsm2-util) missing="$missing softhsm2" ;;
            pkcs11-tool) missing="$missing opensc" ;;
            strip) missing="$missing binutils" ;;
            go) missing="$missing golang-go" ;;
            *) missing="$missing $tool" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    say "installing$missing"
    { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } \
        >"$output/apt.log" 2>&1 ||
        fail SETUP_FAILED "the checks need$missing" "$output/apt.log" "as root: apt-get install$missing"
}

# A thousand airframes on one station, with what Maven has just built. A machine with other work is late and loses nothing, so the goal
# of 50 ms counts in --full; without it, only a stall is late.
bears_load() {
    program=$(ls ground-station/bench/target/kryla-bench-*.jar 2>/dev/null | grep -v -e sources -e javadoc | head -n 1)
    [ -n "$program" ] || {
        echo "LOAD_NOT_FLOWN: no program; ground-station/bench/target; see Maven's errors above" >&2
        return 1
    }
    say "flying 1,000 airframes"
    if [ -n "$full" ]; then set -- --seconds 30 --max-p99 50; else set -- --seconds 12 --max-p99 1000; fi
    "$java" -XX:+UseSerialGC -jar "$program" load --airframes 1000 --rate 10 "$@"
}

# A test that skips itself, and a test class that no engine picked up, are failures: neither shows in Maven's result.
every_test_ran() {
    quiet=0
    for source in $(find . -path '*/src/test/java/*' \( -name '*Test.java' -o -name '*Properties.java' -o -name '*IT.java' \)); do
        module=${source%%/src/test/java/*}
        class=$(printf '%s' "${source##*/src/test/java/}" | sed 's/\.java$//; s|/|.|g')
        set -- "$module"/target/surefire-reports/TEST-"$class"*.xml "$module"/target/failsafe-reports/TEST-"$class"*.xml
        [ -f "$1" ] || [ -f "$2" ] || {
            echo "TEST_NOT_RUN: no report; $source; is it a test that its engine finds?" >&2
            quiet=1
        }
    done
    for report in $(find . -path '*/target/*-reports/TEST-*.xml' -exec grep -l '<skipped' {} +); do
        echo "TEST_SKIPPED: a test skipped itself; $report; make it run or remove it" >&2
        quiet=1
    done
    return $quiet
}

write_result() {
    mkdir -p docs/results || fail NOT_WRITABLE "cannot create a folder" docs/results "make it writable"
    tests=$(find . -path '*/target/*-reports/TEST-*.xml' -exec sed -n 's/^<testsuite .* tests="\([0-9]*\)".*/\1/p' {} + |
        awk '{ sum += $1 } END { print sum }')
    {
        echo "# Result of ./kryla test --full"
        echo
        echo "| | |"
        echo "|---|---|"
        echo "| result | passed |"
        echo "| tests | $tests, none skipped |"
        echo "| tries per property | 20 times those of ./kryla test |"
        echo "| executions per fuzz target | 50 times those of ./kryla test |"
        echo "| time | $seconds s |"
        echo "| JDK | $version |"
        echo "| OS | $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release) |"
        echo "| CPU | $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores |"
    } >docs/results/test-full.md
    say "wrote docs/results/test-full.md"
}
