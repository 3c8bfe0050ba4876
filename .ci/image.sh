# The body of `./kryla image`; kryla sources it at the top of the repository, with the build lock held.

write_image() {
    out=
    while [ $# -gt 0 ]; do
        case $1 in
            --out)
                [ $# -ge 2 ] || wrong_use "--out wants a folder" "image --out" "name one: ./kryla image --out DIR"
                out=$2
                shift
                ;;
            --json) ;;
            --help | -h)
                echo "Usage: ./kryla image --out DIR"
                echo "Writes the airframe's agent with a Java runtime of its own, at most 60 MB, for a companion computer like this one."
                echo "Start it with DIR/bin/kryla-companion SETTINGS; see docs/device.md."
                return 0
                ;;
            *) wrong_use "unknown argument" "image $1" "see ./kryla image --help" ;;
        esac
        shift
    done
    [ -n "$out" ] || wrong_use "--out is missing" image "name a folder: ./kryla image --out DIR"
    case $out in
        /*) out=${out%/} ;;
        *) out=$started_in/${out%/} ;;
    esac
    [ ! -e "$out" ] || [ -z "$(ls -A "$out" 2>/dev/null)" ] || [ -x "$out/bin/kryla-companion" ] ||
        refuse FOLDER_NOT_EMPTY "holds something else" "$out" "name another folder or remove it"
    [ -x "$home/bin/jlink" ] && [ -d "$home/jmods" ] ||
        fail JDK_MISSING "this JDK has no jlink or no jmods" "$home" "install a full JDK (Debian: apt-get install openjdk-17-jdk-headless)"

    command -v strip >/dev/null || fail BINUTILS_MISSING "no strip found" PATH "install binutils (Debian: apt-get install binutils)"

    log="$output/image.log"
    say "building the agent"
    mvn -B -DskipTests -Dmaven.test.skip -Dspotless.check.skip -Dforbiddenapis.skip \
        -pl sdk-core/companion,ground-station/kryla-test -am package >"$log" 2>&1 ||
        fail BUILD_FAILED "Maven ended with an error" "$log" "read the log from its first ERROR"

    work=$(mktemp -d) || fail NOT_WRITABLE "no temporary folder" "${TMPDIR:-/tmp}" "make it writable"
    staged=
    trap 'rm -rf "$work"; [ -z "$staged" ] || rm -rf "$staged"' EXIT
    mkdir -p "$(dirname -- "$out")" && staged=$(mktemp -d "$out.part.XXXXXX") ||
        fail NOT_WRITABLE "cannot write the image" "$out" "make its folder writable"
    { gather_application && link_runtime && write_start_script && archive_classes && chmod -R u=rwX,go=rX "$staged"; } \
        >>"$log" 2>&1 || fail IMAGE_FAILED "the image could not be made" "$log" "read the end of the log"
    rm -rf "$out" && mv "$staged" "$out" || fail NOT_WRITABLE "cannot write the image" "$out" "make its folder writable"
    staged=
    say "wrote $out, $(du -s --apparent-size --block-size=1000000 "$out" | cut -f 1) MB"
}

# Jars as they are, but for Bouncy Castle, of which a tenth is used: classes that nothing can reach from the agent stay behind.
# $work/deps holds every dependence of a class on another, as jdeps sees it: what class files name. Neither the agent nor what is
# kept of Bouncy Castle asks for a class by a name made at run time.
gather_application() {
    mkdir "$staged/app" "$work/whole" "$work/bouncycastle" || return 1
    for jar in sdk-core/companion/target/lib/*.jar sdk-core/companion/target/kryla-companion-*.jar; do
        case $jar in
            */bcprov-* | */bcpkix-* | */bcutil-*) (cd "$work/bouncycastle" && "$home/bin/jar" xf "$here/$jar") || return 1 ;;
            *) cp "$jar" "$staged/app/" && (cd "$work/whole" && "$home/bin/jar" xf "$here/$jar") || return 1 ;;
        esac
    done
    # Module descriptors would make jdeps resolve modules; all of this runs from the class path.
    find "$work/whole" "$work/bouncycastle" -name module-info.class -delete
    rm -rf "$work/bouncycastle/META-INF" "$work/whole/META-INF/versions"
    "$home/bin/jdeps" --multi-release base --ignore-missing-deps -verbose:class -filter:none \
        "$work/whole" "$work/bouncycastle" >"$work/deps" || return 1
    awk '
        $2 == "->" {
            count[$1]++
            to[$1, count[$1]] = $3
            if ($4 ~ /^(java|jdk)\./) module[$3] = $4
            if ($1 !~ /^org\.bouncycastle\./ && !($1 in seen)) { seen[$1]; queue[++last] = $1 }
        }
        END {
            for (next_one = 1; next_one <= last; next_one++)
                for (i = 1; i <= count[queue[next_one]]; i++) {
                    reached = to[queue[next_one], i]
                    if (reached in module) print "module " module[reached]
                    else if (!(reached in seen)) { seen[reached]; queue[++last] = reached; print "class " reached }
                }
        }' "$work/deps" | LC_ALL=C sort -u >"$work/reached"
    # LICENSE is a class there, and has to come along.
    { echo org.bouncycastle.LICENSE; sed -n 's/^class \(org\.bouncycastle\.\)/\1/p' "$work/reached"; } |
        sed 's|\.|/|g; s|$|.class|' >"$work/kept"
    (cd "$work/bouncycastle" && "$home/bin/jar" cfM "$staged/app/bouncycastle.jar" "@$work/kept")
}

# What jdeps does not see: elliptic curves of TLS, a provider found by name, and memory access by protobuf, which asks by name.
link_runtime() {
    "$home/bin/jlink" --add-modules "$(sed -n 's/^module //p' "$work/reached" | tr '\n' ',')jdk.crypto.ec,jdk.unsupported" \
        --compress=2 --no-header-files --no-man-pages --strip-debug --output "$work/runtime" &&
        cp -R "$work/runtime/." "$staged/" &&
        rm -f "$staged/bin/keytool" "$staged/lib/classlist" "$staged/lib/jrt-fs.jar" &&
        strip --strip-unneeded "$staged/lib/server/libjvm.so"
}

# The archive of classes holds for the class path as it was given, and so for relative names from the image's folder.
write_start_script() {
    class_path=$(cd "$staged" && ls app/*.jar | tr '\n' ':')
    cat >"$staged/bin/kryla-companion" <<END && chmod 755 "$staged/bin/kryla-companion"
#!/bin/sh
# kryla-companion SETTINGS: the airframe's agent; see docs/device.md.
[ \$# = 1 ] || { echo "SETTINGS_MISSING: one argument expected: the file of settings" >&2; exit 2; }
case \$1 in /*) settings=\$1 ;; *) settings=\$PWD/\$1 ;; esac
cd -- "\$(dirname -- "\$0")/.." || exit 3
exec bin/java -Xmx24m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:SharedArchiveFile=lib/kryla.jsa \\
    -Djava.awt.headless=true \${KRYLA_JAVA_OPTIONS:-} -cp ${class_path%:} io.kryla.companion.Companion "\$settings"
END
}

# Classes of a rehearsed flight, loaded and checked beforehand: they cost a start half of its time otherwise.
archive_classes() {
    libraries="sdk-core/companion/target/lib/*:$(ls sdk-core/companion/target/kryla-companion-*.jar):$(ls ground-station/kryla-test/target/kryla-test-*[TN0-9].jar)"
    mkdir "$work/rehearsal" &&
        "$home/bin/javac" -proc:none -d "$work/rehearsal" -cp "$libraries" sdk-core/companion/src/test/java/io/kryla/companion/RehearsedBoard.java &&
        "$java" -cp "$work/rehearsal:$libraries" io.kryla.companion.RehearsedBoard "$work/board" || return 1
    (
        cd "$staged" || exit 1
        bin/java -Xmx24m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:off "-XX:DumpLoadedClassList=$work/classes" -cp "${class_path%:}" \
            io.kryla.companion.Companion "$work/board/companion.properties" <"$work/board/samples" || exit 1
        bin/java -XX:+UseSerialGC -Xshare:dump "-XX:SharedClassListFile=$work/classes" -XX:SharedArchiveFile=lib/kryla.jsa \
            -cp "${class_path%:}" || exit 1
    )
}
