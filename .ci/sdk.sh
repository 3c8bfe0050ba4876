# The body of `./kryla sdk`; kryla sources it at the top of the repository, with the build lock held.

write_sdk() {
    out=
    with_dependencies=
    while [ $# -gt 0 ]; do
        case $1 in
            --out)
                [ $# -ge 2 ] || wrong_use "--out wants a folder" "sdk --out" "name one: ./kryla sdk --out DIR"
                out=$2
                shift
                ;;
            --with-dependencies) with_dependencies=yes ;;
            --json) ;;
            --help | -h)
                echo "Usage: ./kryla sdk --out DIR [--with-dependencies]"
                echo "Writes a Maven repository of what integrators build on: jars, sources, Javadoc, bills of materials, BOM."
                echo "With --with-dependencies it holds the libraries too, and needs no network at all."
                return 0
                ;;
            *) wrong_use "unknown argument" "sdk $1" "see ./kryla sdk --help" ;;
        esac
        shift
    done
    [ -n "$out" ] || wrong_use "--out is missing" sdk "name a folder: ./kryla sdk --out DIR"
    case $out in
        /*) out=${out%/} ;;
        *) out=$started_in/${out%/} ;;
    esac
    [ ! -e "$out" ] || [ -d "$out" ] || refuse FOLDER_NOT_EMPTY "this is a file" "$out" "name another folder"
    [ -z "$(ls -A "$out" 2>/dev/null)" ] || holds_nothing_but_an_sdk "$out" ||
        refuse FOLDER_NOT_EMPTY "holds something else" "$out" "name another folder or remove it"

    # Modes of files go into jars: whoever builds, they are the same.
    umask 022
    find . -name target -prune -o -path '*/src/*' \( -type f ! -perm -044 -o -type d ! -perm -055 \) -exec chmod go+rX {} + || return 3
    modules=$(published_modules)
    log="$output/sdk.log"
    say "building what is published"
    mvn -B -Dkryla.publish -DskipTests -Dmaven.test.skip -Dspotless.check.skip -Dforbiddenapis.skip \
        -pl "$(printf '%s' "$modules" | tr '\n' ','),protocol/bom" -am package >"$log" 2>&1 ||
        fail BUILD_FAILED "Maven ended with an error" "$log" "read the log from its first ERROR"

    staged=
    trap '[ -z "$staged" ] || rm -rf "$staged"' EXIT
    { mkdir -p "$(dirname -- "$out")" && staged=$(mktemp -d "$out.part.XXXXXX") && fill_sdk "$staged" && rm -rf "$out" &&
        mv "$staged" "$out"; } ||
        fail NOT_WRITABLE "cannot write the repository" "$out" "free space or make its folder writable"
    say "wrote $out"
}

# An earlier SDK may be replaced; a file that somebody laid into it may not be lost.
holds_nothing_but_an_sdk() {
    head -n 1 "$1/README.md" 2>/dev/null | grep -q '^# Kryla SDK ' || return 1
    listed=$(sed 's/^[0-9a-f]*  //' "$1/SHA256SUMS" 2>/dev/null)
    others=$(cd "$1" && find . -type f ! -name '*.sha1' ! -path ./README.md ! -path ./SHA256SUMS | LC_ALL=C sort)
    [ "$others" = "$listed" ]
}

fill_sdk() {
    kryla_version=$(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml | head -n 1)
    for module in $modules; do
        artifact=$(artifact_of "$module/pom.xml")
        home_of_artifact=$1/io/kryla/$artifact/$kryla_version
        name=$artifact-$kryla_version
        mkdir -p "$home_of_artifact" &&
            cp "$module/target/$name.jar" "$module/target/$name-sources.jar" "$module/target/$name-javadoc.jar" \
                "$module/target/$name-cyclonedx.json" "$home_of_artifact/" &&
            cp "$module/.flattened-pom.xml" "$home_of_artifact/$name.pom" || return 1
    done
    bom=$1/io/kryla/kryla-bom/$kryla_version
    mkdir -p "$bom" && cp protocol/bom/pom.xml "$bom/kryla-bom-$kryla_version.pom" || return 1
    [ -z "$with_dependencies" ] || add_libraries "$1" || return 1
    sdk_readme >"$1/README.md" || return 1
    # Maven looks for .sha1; people check SHA256SUMS.
    (
        cd "$1" || exit 1
        find . -type f \( -name '*.jar' -o -name '*.pom' -o -name '*.json' \) -print | LC_ALL=C sort >files || exit 1
        while read -r file; do
            sha1sum "$file" | cut -c 1-40 | tr -d '\n' >"$file.sha1" || exit 1
        done <files
        xargs sha256sum <files >SHA256SUMS && rm files && chmod -R u=rwX,go=rX .
    )
}

# What a project needs that depends on all of it, POMs of parents and imported BOMs included: Maven itself says so, by what it
# fetches into an empty repository from the one of this machine, where the build has just put it all.
add_libraries() {
    # Into a file, for on standard output Maven may colour it.
    mvn -B -q -N org.apache.maven.plugins:maven-help-plugin:3.5.1:evaluate -Dexpression=settings.localRepository "-Doutput=$output/local-repository" >>"$log" 2>&1 &&
        local_repository=$(cat "$output/local-repository") &&
        [ -d "$local_repository" ] ||
        fail BUILD_FAILED "Maven does not say where its local repository is" "$log" "read the log from its last ERROR"
    fetched="$output/sdk-repository"
    rm -rf "$fetched"
    echo '<settings/>' >"$output/no-settings.xml"
    mvn -B -s "$output/no-settings.xml" -gs "$output/no-settings.xml" -f .ci/sdk-consumer/pom.xml \
        "-Dmaven.repo.local=$fetched" "-Dsdk=file://$1" "-Dlibraries=file://$local_repository" \
        "-Dplugins=file://$local_repository" "-Dkryla.version=$kryla_version" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath "-Dmdep.outputFile=$output/sdk-classpath" \
        >>"$log" 2>&1 || fail BUILD_FAILED "the libraries could not be collected" "$log" "read the log from its last ERROR"
    (
        cd "$fetched" || exit 1
        for record in $(find . -name _remote.repositories); do
            for name in $(sed -n 's/>central=$//p' "$record"); do
                mkdir -p "$1/${record%/*}" && cp "${record%/*}/$name" "$1/${record%/*}/" || exit 1
            done
        done
    )
}

# Without its parent's: the first after </parent>.
artifact_of() { sed -n '/<\/parent>/,$s/.*<artifactId>\(.*\)<\/artifactId>.*/\1/p' "$1" | head -n 1; }

# A module is published when it has a folder src/api.
published_modules() {
    find . -type d \( -name target -o -name node_modules \) -prune -o -type d -path '*/src/api' -print |
        sed 's|^\./||; s|/src/api$||' | LC_ALL=C sort
}

sdk_readme() {
    cat <<END
# Kryla SDK $kryla_version

A Maven repository: what to build on to receive telemetry of Kryla airframes, or to be one.

| artifact | holds |
|---|---|
| \`kryla-ground-sdk\` | a ground station: sessions with many airframes, subscriptions, commands, recordings |
| \`kryla-sdk-core\` | the airframe's agent, and what airframe and ground share |
| \`kryla-protocol\` | the messages, and \`kryla-v1.binpb\` in the jar, which describes them |
| \`kryla-serial-radio\` | optional: the session over a serial line |
| \`kryla-micrometer\` | optional: a ground's measurements in a Micrometer registry |
| \`kryla-test\` | a fake airframe, for your tests |
| \`kryla-bom\` | one version of them all, to import |

Each comes with \`-sources.jar\`, \`-javadoc.jar\` and \`-cyclonedx.json\`, its bill of materials. \`sha256sum -c SHA256SUMS\`
checks every file.

\`\`\`xml
<repositories>
  <repository><id>kryla</id><url>file:///path/to/this/folder</url></repository>
</repositories>
<dependencyManagement>
  <dependencies>
    <dependency><groupId>io.kryla</groupId><artifactId>kryla-bom</artifactId><version>$kryla_version</version><type>pom</type><scope>import</scope></dependency>
  </dependencies>
</dependencyManagement>
<dependencies>
  <dependency><groupId>io.kryla</groupId><artifactId>kryla-ground-sdk</artifactId></dependency>
  <dependency><groupId>io.kryla</groupId><artifactId>kryla-test</artifactId><scope>test</scope></dependency>
</dependencies>
\`\`\`

${with_dependencies:+The libraries that they need lie here too. }Java 17 or newer. Logging goes to SLF4J; bring a binding of your own.
END
}
