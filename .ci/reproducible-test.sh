#!/bin/sh
# Shows that who builds does not show: the SDK of these sources is the same to the byte from a folder of another name, under
# another umask, time zone and language.
set -u
cd -- "$(dirname -- "$0")/.." || exit 3
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
say() { printf 'reproducible-test: %s\n' "$*"; }

# copy FOLDER: what is tracked, as it lies here, with the modes that this umask gives.
copy() { mkdir -p "$1" && git ls-files -z | tar cf - --null -T - --mode='u=rwX,go=' | tar xf - --no-same-permissions -C "$1"; }

(umask 022 && copy "$work/first" && chmod -R go+rX "$work/first" && cd "$work/first" &&
    TZ=UTC LC_ALL=C ./kryla sdk --out "$work/sdk-1") || { say "no SDK"; exit 1; }
(umask 077 && copy "$work/quite another/name" && cd "$work/quite another/name" &&
    TZ=Pacific/Auckland LC_ALL=C.UTF-8 MAVEN_OPTS="-Duser.language=tr -Duser.country=TR ${MAVEN_OPTS:-}" ./kryla sdk --out "$work/sdk-2") ||
    { say "no second SDK"; exit 1; }
diff -r "$work/sdk-1" "$work/sdk-2" || { say "the two differ"; exit 1; }
modes() { (cd "$1" && find . -printf '%m %p\n' | LC_ALL=C sort -k 2); }
modes "$work/sdk-1" >"$work/modes-1" && modes "$work/sdk-2" >"$work/modes-2" && diff "$work/modes-1" "$work/modes-2" ||
    { say "modes differ"; exit 1; }
say "the same $(find "$work/sdk-1" -name '*.jar' | wc -l) jars twice"
