# The body of `./kryla test`; kryla sources it at the top of the repository, with the build lock held.

run_checks() {
    full=
    case "$#:${1:-}" in
        0:)
            run_tests
            return
            ;;
        *:--full)
            shift
            . ./.ci/full.sh
            run_full "$@"
            return
            ;;
        1:--help | 1:-h)
            echo "Usage: ./kryla test [--full [PART...]]"
            echo "Runs every check of the project. --full runs the long parts, which take hours in all, or those named of them:"
            echo "tests (each property 20 times as often), fuzz, load, crash, flights. Results: docs/results/test-full.md."
            return 0
            ;;
    esac
    wrong_use "unknown argument" "test $*" "see ./kryla test --help"
}

run_tests() {
    install_what_checks_need
    started=$(date +%s)
    failed=

    # Reports of an earlier run must not stand in for tests that did not run.
    find . -type d \( -name surefire-reports -o -name failsafe-reports \) -path '*/target/*' -exec rm -rf {} +
    mvn -B --fail-at-end -Dkryla.publish ${full:+-Dkryla.test.tries.factor=20} verify || failed="$failed maven"
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
# of 50 ms counts in --full load; without it, only a stall is late.
bears_load() {
    program=$(ls ground-station/bench/target/kryla-bench-*.jar 2>/dev/null | grep -v -e sources -e javadoc | head -n 1)
    [ -n "$program" ] || {
        echo "LOAD_NOT_FLOWN: no program; ground-station/bench/target; see Maven's errors above" >&2
        return 1
    }
    say "flying 1,000 airframes"
    "$java" -XX:+UseSerialGC -jar "$program" load --airframes 1000 --rate 10 --seconds 30 --max-p99 1000
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
