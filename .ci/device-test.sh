#!/bin/sh
# Shows what `./kryla image` promises: at most 60 MB, and with it a provisioned airframe flies at 100 samples a second in a heap of
# 24 MB against a real ground, which gets all of it attested. Prints the time to the first signed sample.
set -u
cd -- "$(dirname -- "$0")/.." || exit 3
failures=0
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
say() { printf 'device-test: %s\n' "$*"; }
check() {
    [ "$2" = "$3" ] && return
    say "$1: expected \"$2\", got \"$3\""
    failures=1
}
seconds=15

mkdir "$work/other" && echo mine >"$work/other/file"
output=$(./kryla image --out "$work/other" 2>&1)
check "exit with a folder of something else" 2 $?
check "error with a folder of something else" FOLDER_NOT_EMPTY "${output%%:*}"

image=$work/image
./kryla image --out "$image" || { say "no image"; exit 1; }
megabytes=$(du -s --apparent-size --block-size=1000000 "$image" | cut -f 1)
[ "$megabytes" -le 60 ] || { say "the image has $megabytes MB, 60 at most are promised"; failures=1; }
"$image/bin/kryla-companion" "$work/none" 2>"$work/errors"
check "exit without settings" 2 $?
check "error without settings" "companion: SETTINGS_WRONG" "$(sed 's/\(.*[A-Z]\):.*/\1/; q' "$work/errors")"

# A real identity: both units of a demo were provisioned on a line and handed over to their owner.
./kryla demo --dir "$work/demo" >"$work/demo.log" 2>&1 || { tail -n 3 "$work/demo.log"; say "no identity"; exit 1; }
board=$work/demo.private/airframes/DE-01-1
cat >"$work/companion.properties" <<END
storage=$board/storage
secure-element=$board/secure-element
secret=$board/secure-element.passphrase
firmware=$board/firmware.bin
grounds=127.0.0.1:14731
END
./kryla ground --dir "$work/demo" --listen 127.0.0.1:14731 >"$work/ground.log" 2>&1 &
ground=$!
until grep -q 'listens at' "$work/ground.log"; do
    kill -0 $ground 2>/dev/null || { cat "$work/ground.log"; say "no ground"; exit 1; }
    sleep 0.2
done
node .ci/flight-controller.js $seconds |
    KRYLA_JAVA_OPTIONS="-Xshare:on -Xlog:gc:file=$work/gc.log -XX:+ExitOnOutOfMemoryError" "$image/bin/kryla-companion" "$work/companion.properties" 2>"$work/companion.log"
check "exit of the companion" 0 $?
kill -TERM $ground && wait $ground
check "exit of the ground" 0 $?

samples=$(sed -n 's/^1 flight logs, [0-9]* records attested, \([0-9]*\) samples$/\1/p' "$work/ground.log")
# With what opens and closes the log, and the ground that joined.
check "samples attested, of one log, and nothing left out" $((seconds * 100 + 3)) "$samples"
grep -q 'flight log closed' "$work/companion.log" || { cat "$work/companion.log"; failures=1; }
first=$(sed -n 's/.*first sample signed \([0-9]*\) ms.*/\1/p' "$work/companion.log")
# A second is promised on a machine that does nothing else; this one may be busy.
[ "${first:-99999}" -le 10000 ] || { say "the first sample was signed after ${first:-no} ms"; failures=1; }
heap=$(sed -n 's/.*->\([0-9]*\)M(.*/\1/p' "$work/gc.log" | sort -n | tail -n 1)
say "image $megabytes MB, first sample signed after $first ms, $samples samples attested, at most ${heap:-?} MB of heap after a collection"

[ $failures = 0 ] && say "as promised"
exit $failures
