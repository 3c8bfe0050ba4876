#!/bin/sh
# Shows what `./kryla sdk` promises: a project that has its folder and nothing else compiles against it and runs, without a
# network; bills of materials list exactly what is shipped; a second build gives the same bytes; and a folder of something else stays.
set -u
cd -- "$(dirname -- "$0")/.." || exit 3
failures=0
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
say() { printf 'sdk-test: %s\n' "$*"; }
check() {
    [ "$2" = "$3" ] && return
    say "$1: expected \"$2\", got \"$3\""
    failures=1
}

mkdir "$work/other" && echo mine >"$work/other/file" && echo "of something else" >"$work/other/SHA256SUMS"
output=$(./kryla sdk --out "$work/other" 2>&1)
check "exit with a folder of something else" 2 $?
check "error with a folder of something else" FOLDER_NOT_EMPTY "${output%%:*}"
check "the folder of something else" "SHA256SUMS file" "$(ls "$work/other" | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
./kryla sdk >/dev/null 2>&1
check "exit without a folder" 2 $?

sdk=$work/sdk
./kryla sdk --out "$sdk" --with-dependencies || { say "no SDK"; exit 1; }
(cd "$sdk" && sha256sum --quiet -c SHA256SUMS) || failures=1
echo mine >"$sdk/notes"
./kryla sdk --out "$sdk" >/dev/null 2>&1
check "exit with a file of somebody's in the SDK" 2 $?
check "the file" mine "$(cat "$sdk/notes")"
rm "$sdk/notes"
version=$(ls "$sdk/io/kryla/kryla-bom")
artifacts=$(ls "$sdk/io/kryla" | grep -v -x kryla-bom)
for artifact in $artifacts; do
    for end in .jar .pom -sources.jar -javadoc.jar -cyclonedx.json; do
        [ -s "$sdk/io/kryla/$artifact/$version/$artifact-$version$end" ] || { say "$artifact has no $end"; failures=1; }
    done
    grep -q "<artifactId>$artifact</artifactId>" "$sdk/io/kryla/kryla-bom/$version/kryla-bom-$version.pom" ||
        { say "the BOM lacks $artifact"; failures=1; }
done

# Who builds does not show: from a folder of another name and parent, under another umask, time zone and language, it is the
# same to the byte.
another="$work/quite another/name"
(
    umask 077 && mkdir -p "$another" && git ls-files -z | tar cf - --null -T - --mode='u=rwX,go=' | tar xf - -C "$another" &&
        cd "$another" &&
        TZ=Pacific/Auckland LC_ALL=C.UTF-8 MAVEN_OPTS="-Duser.language=tr -Duser.country=TR ${MAVEN_OPTS:-}" ./kryla sdk --out "$work/again"
) || { say "no second SDK"; failures=1; }
listed() { (cd "$1" && find . \( -path './io/kryla/*' -o -name README.md \) -printf '%m %p\n' | LC_ALL=C sort -k 2); }
listed "$sdk" >"$work/listed" && listed "$work/again" >"$work/listed-again"
diff "$work/listed" "$work/listed-again" || { say "files or modes differ from those of another build"; failures=1; }
diff -r "$sdk/io/kryla" "$work/again/io/kryla" || { say "another build of the same sources differs"; failures=1; }

# The consumer, with docs/examples in it, and a project for each artifact by itself.
cp -R .ci/sdk-consumer "$work/consumer"
cp -R docs/examples/src/main/java/io "$work/consumer/src/main/java/"
modules=
for artifact in $artifacts; do
    modules="$modules<module>$artifact</module>"
    mkdir -p "$work/each/$artifact"
    sed -e "s|<artifactId>consumer</artifactId>|<artifactId>needs-$artifact</artifactId>|" \
        -e '/^    <dependency>.*kryla-/d' \
        -e "s|^  <dependencies>|&<dependency><groupId>io.kryla</groupId><artifactId>$artifact</artifactId></dependency>|" \
        .ci/sdk-consumer/pom.xml >"$work/each/$artifact/pom.xml"
done
cat >"$work/each/pom.xml" <<END
<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>each</artifactId><version>1</version>
<packaging>pom</packaging><modules><module>../consumer</module>$modules</modules></project>
END
echo '<settings/>' >"$work/settings.xml"
mvn -B -q -N org.apache.maven.plugins:maven-help-plugin:3.5.1:evaluate -Dexpression=settings.localRepository "-Doutput=$work/local-repository" >"$work/log" 2>&1
plugins=$(cat "$work/local-repository")
# With a local repository of its own, so that nothing that this machine has built or loaded stands in for the folder.
mvn -B -s "$work/settings.xml" -gs "$work/settings.xml" -f "$work/each/pom.xml" -Dmaven.repo.local="$work/repository" \
    -Dsdk="file://$sdk" -Dlibraries="file://$sdk" -Dplugins="file://$plugins" -Dkryla.version="$version" \
    compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile=classpath >"$work/log" 2>&1 || { grep -m 5 ERROR "$work/log"; say "the consumer does not build"; exit 1; }
check "what the consumer prints" "ATTESTED to the end" \
    "$(java -cp "$work/consumer/target/classes:$(cat "$work/consumer/classpath")" consumer.ReceiveOneFlight 2>"$work/errors")"

for artifact in $artifacts; do
    printf '%s %s\n' "$artifact" "$(tr ':' '\n' <"$work/each/$artifact/classpath" | grep -v "/$artifact-$version.jar$" | tr '\n' ' ')"
done >"$work/shipped"
node .ci/bill-of-materials-test.js "$sdk" ground-station/station/target/kryla-station-*-cyclonedx.json \
    ground-station/station/target/lib <"$work/shipped" || failures=1

[ $failures = 0 ] && say "as promised"
exit $failures
