package io.kryla.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TrackedFilesTest {
    private static final Logger log = LoggerFactory.getLogger(TrackedFilesTest.class);
    private static final int LONG_FILE_LINES = 400;
    private static final Pattern MAIN_PACKAGE = Pattern.compile(".*/src/main/java/io/kryla/.*\\.java");

    @Test
    void holdNoTraceOfAMachine() {
        List<String> findings = TrackedFiles.list().stream()
                .flatMap(file ->
                        MachineTraces.in(TrackedFiles.text(file)).stream().map(finding -> file + ", " + finding))
                .toList();
        assertThat(findings).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesInIt() {
        assertThat(java(MAIN_PACKAGE).map(Path::getParent).distinct())
                .isNotEmpty()
                .allSatisfy(folder -> {
                    Path info = folder.resolve("package-info.java");
                    assertThat(TrackedFiles.top().resolve(info)).exists();
                    assertThat(TrackedFiles.text(info)).as(info.toString()).contains("/**");
                });
    }

    /** Without it, properties would try other values on every machine. */
    @Test
    void everyModuleWithPropertiesHasThemRepeatable() {
        assertThat(java(Pattern.compile(".*Properties\\.java"))
                        .map(file -> module(file).resolve("pom.xml"))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(pom ->
                        assertThat(TrackedFiles.text(pom)).as(pom.toString()).contains("kryla-testing"));
    }

    private static Path module(Path source) {
        Path folder = source.getParent();
        while (!folder.endsWith("src")) {
            folder = folder.getParent();
        }
        return folder.getParent();
    }

    @Test
    void namesLongFiles() {
        java(Pattern.compile(".*\\.java"))
                .filter(file -> TrackedFiles.text(file).lines().count() > LONG_FILE_LINES)
                .forEach(file -> log.warn("{} has more than {} lines: may it be two?", file, LONG_FILE_LINES));
        assertThat(Files.exists(TrackedFiles.top().resolve("pom.xml"))).isTrue();
    }

    private static Stream<Path> java(Pattern path) {
        return TrackedFiles.list().stream()
                .filter(file -> path.matcher(file.toString()).matches());
    }
}
