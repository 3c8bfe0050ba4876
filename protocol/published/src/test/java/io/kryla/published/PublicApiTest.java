package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each published module offers what its {@code src/api/signatures.txt} says, no more and no less; {@code ./kryla api} writes
 * the files anew, and docs/building.md says when that is right.
 */
class PublicApiTest {
    private static final boolean WRITE = Boolean.getBoolean("kryla.api.write");

    @Test
    void seesThePublishedModules() {
        assertThat(PublishedModule.all())
                .extracting(PublishedModule::toString)
                .contains(
                        "protocol",
                        "sdk-core",
                        "ground-station/ground-sdk",
                        "ground-station/kryla-test",
                        "ground-station/serial-radio",
                        "ground-station/micrometer");
    }

    @TestFactory
    Stream<DynamicTest> offersWhatItsFileSays() {
        return PublishedModule.all().stream()
                .filter(module -> !module.isProtocol())
                .map(module -> dynamicTest(module.toString(), () -> compare(module)));
    }

    private static void compare(PublishedModule module) throws IOException {
        List<String> actual = ApiSignatures.of(module);
        if (WRITE) {
            Files.write(module.signatures(), actual);
        }
        List<String> committed = Files.readAllLines(module.signatures());
        assertThat(difference(committed, actual))
                .as(
                        "the API of %s against %s; to accept the change: ./kryla api, commit the file (docs/building.md)",
                        module, PublishedModule.top().relativize(module.signatures()))
                .isEmpty();
        assertThat(actual).isEqualTo(committed);
    }

    /** A line for each declaration that is gone or new, under the name of its class. */
    private static List<String> difference(List<String> committed, List<String> actual) {
        List<String> before = qualified(committed);
        List<String> after = qualified(actual);
        List<String> lines = new ArrayList<>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("gone: " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("new: " + line));
        return lines;
    }

    private static List<String> qualified(List<String> lines) {
        List<String> qualified = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            boolean member = line.startsWith(" ");
            type = member ? type : line;
            if (member) {
                qualified.add(type + line.strip());
            } else if (!line.isBlank() && !line.equals("}")) {
                qualified.add(line);
            }
        }
        return qualified;
    }
}
