package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kryla.hygiene.TrackedFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every command that README or a page shows is one that the program takes, or one that the launcher gives to another. */
class CommandsInDocumentationTest {
    /** From {@code ./kryla} to the end of the code span or line; a trailing backslash goes on with the next line. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|[`\\s(])\\./kryla((?: [^`#|&;>\\n)]*)?)", Pattern.MULTILINE);

    /** What the launcher does itself, and the measurements, which have a test like this one; see the top of kryla. */
    private static final Set<String> LAUNCHER_COMMANDS = Set.of("test", "api", "bench", "load", "sdk", "image");

    private record Shown(Path page, List<String> arguments) {}

    @TestFactory
    Stream<DynamicTest> parse() {
        return shown().filter(
                        shown -> !LAUNCHER_COMMANDS.contains(shown.arguments().get(0)))
                .map(shown -> DynamicTest.dynamicTest(
                        shown.page() + ": ./kryla " + String.join(" ", shown.arguments()),
                        () -> assertThatCode(() -> Kryla.commandLine()
                                        .parseArgs(shown.arguments().toArray(String[]::new)))
                                .doesNotThrowAnyException()));
    }

    @Test
    void theReadmeNamesItsTwoCommands() {
        assertThat(shown().filter(shown -> shown.page().toString().equals("README.md")))
                .extracting(shown -> shown.arguments().get(0))
                .contains("demo", "test");
    }

    private static Stream<Shown> shown() {
        return TrackedFiles.list().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .flatMap(page -> COMMAND.matcher(TrackedFiles.text(page).replace("\\\n", " "))
                        .results()
                        .map(result -> result.group(1).trim())
                        // "./kryla" alone, and "./kryla …" where a text speaks of any command.
                        .filter(line -> !line.isEmpty() && !line.startsWith("…"))
                        .map(line -> new Shown(page, Arrays.asList(words(line)))));
    }

    private static String[] words(String line) {
        return line.replaceAll("\\[[^\\]]*\\]", "").trim().split("\\s+");
    }
}
