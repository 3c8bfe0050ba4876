# The body of `./kryla test --full`; .ci/checks.sh sources it. A part is a function full_PART and a row of the result. What a part
# has to say beside "passed" it leaves in $found.

full_parts="tests fuzz load crash flights"
full_result=docs/results/test-full.md

run_full() {
    for part; do
        case " $full_parts " in
            *" $part "*) ;;
            *) wrong_use "no such part" "test --full $part" "name some of: $full_parts" ;;
        esac
    done
    [ $# -gt 0 ] || set -- $full_parts
    mkdir -p docs/results || fail NOT_WRITABLE "cannot create a folder" docs/results "make it writable"
    scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
    parts_failed=
    # Each part builds what it needs, and most of them through the launcher.
    unlock
    for part; do
        say "--full $part"
        found=
        part_started=$(date +%s)
        if "full_$part"; then outcome=passed; else outcome=failed parts_failed="$parts_failed $part"; fi
        write_row "$part" "$outcome" "$found" $(($(date +%s) - part_started))
        unlock
    done
    [ -z "$parts_failed" ] || {
        echo "TESTS_FAILED:$parts_failed; see above and $full_result" >&2
        return 1
    }
    say "all parts passed"
}

full_tests() {
    full=yes
    lock
    run_tests || return 1
    found="$(tests_of_reports .) tests, none skipped; 20 times the tries"
}

# Every other module is built and its tests left out.
full_fuzz() {
    lock
    mvn -B -DskipTests -Dkryla.fuzz.skip=false -Dkryla.fuzz.executions=10000000 -Dkryla.fuzz.slow.executions=250000 \
        -Dspotless.check.skip -Dforbiddenapis.skip -pl ground-station/fuzz -am test || return 1
    found="$(tests_of_reports ground-station/fuzz) tests; 10,000,000 executions a target, 250,000 of the slow ones"
}

full_load() {
    ./kryla load --airframes 1000 --rate 10 --seconds 30 --max-p99 50 || return 1
    # Two open files for each airframe; where the limit cannot be raised, the load says so.
    ulimit -n 20200 2>/dev/null || true
    ./kryla load --airframes 10000 --rate 10 --seconds 600 --max-p99 50 || return 1
    found="1,000 airframes at 10 Hz for 30 s and 10,000 for 600 s: none lost, p99 below 50 ms, heap flat"
}

full_crash() {
    ./kryla line crash-test --dir "$scratch/crash" --repeats 100 --random 1000 --seed 1 || return 1
    found="each boundary 100 times, 1,000 random moments; nothing lost, nothing doubled"
}

# 1,000 flights of a campaign are a row of it.
full_flights() {
    ./kryla bench sim --out docs/results/bench-sim.json || return 1
    found="every goal of ./kryla bench sim, a campaign of 1,000 flights among them"
}

tests_of_reports() {
    find "$1" -path '*/target/*-reports/TEST-*.xml' -exec sed -n 's/^<testsuite .* tests="\([0-9]*\)".*/\1/p' {} + |
        awk '{ sum += $1 } END { print sum }'
}

# write_row PART OUTCOME FOUND SECONDS: rows of other parts stay as they are.
write_row() {
    {
        echo "# Results of ./kryla test --full"
        echo
        echo "Each part as it ended last. A part by itself: \`./kryla test --full PART\`."
        echo
        echo "| part | result | what | time | at | JDK | machine |"
        echo "|---|---|---|---|---|---|---|"
        for row in $full_parts; do
            if [ "$row" = "$1" ]; then
                machine="$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
                at=$(git rev-parse --short HEAD)
                git diff --quiet HEAD -- . ':!docs/results' || at="$at and changes"
                echo "| $1 | $2 | $3 | $4 s | $at | $version | $machine |"
            else
                grep "^| $row |" "$full_result" 2>/dev/null || echo "| $row | not run yet | | | | | |"
            fi
        done
    } >"$full_result.new" && mv "$full_result.new" "$full_result" || fail NOT_WRITABLE "cannot write" "$full_result" "make it writable"
    say "wrote $full_result"
}
