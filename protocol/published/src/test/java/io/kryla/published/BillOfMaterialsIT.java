package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.keys.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each published artifact's CycloneDX file lists what Maven resolved for run time, to the byte, under licences that we take. */
class BillOfMaterialsIT {
    /** Permissive ones. An own name where the POM gives no SPDX id. */
    private static final Set<String> LICENCES_TAKEN =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "Bouncy Castle Licence");

    /** {@code group:name:type[:classifier]:version:scope:file}, as dependency:list writes it. */
    private static final Pattern RESOLVED =
            Pattern.compile("^\\s+([\\w.-]+):([\\w.-]+):jar:(?:[\\w.-]+:)?([\\w.-]+):(?:compile|runtime):(\\S+\\.jar)");

    @TestFactory
    Stream<DynamicTest> listsExactlyTheRuntimeDependencies() {
        return PublishedModule.all().stream()
                .map(module -> dynamicTest(
                        module.toString(),
                        () -> assertThat(listed(module))
                                .as("a bill of materials is made anew only where Maven is online")
                                .isEqualTo(resolved(module))));
    }

    @TestFactory
    Stream<DynamicTest> everyLicenceIsOneThatWeTake() {
        return PublishedModule.all().stream()
                .map(module -> dynamicTest(module.toString(), () -> {
                    for (JsonNode component : bill(module).get("components")) {
                        if (!component.path("group").asText().equals("io.kryla")) {
                            assertThat(licences(component))
                                    .as(component.path("name").asText())
                                    .isNotEmpty()
                                    .containsAnyElementsOf(LICENCES_TAKEN);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> saysNothingOfWhereAndWhenItWasMade() {
        return PublishedModule.all().stream()
                .map(module -> dynamicTest(
                        module.toString(),
                        () -> assertThat(Files.readString(file(module)))
                                .doesNotContain(PublishedModule.top().toString())
                                .doesNotContain("serialNumber")));
    }

    private static Path file(PublishedModule module) throws IOException {
        try (Stream<Path> files = Files.list(module.target())) {
            return files.filter(path -> path.toString().endsWith("-cyclonedx.json"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(module + " has no bill of materials; run ./kryla test"));
        }
    }

    private static JsonNode bill(PublishedModule module) throws IOException {
        return new ObjectMapper().readTree(file(module).toFile());
    }

    /** {@code group:name:version} and SHA-256. */
    private static Map<String, Set<String>> listed(PublishedModule module) throws IOException {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (JsonNode component : bill(module).get("components")) {
            String name = component.path("group").asText() + ":"
                    + component.path("name").asText() + ":"
                    + component.path("version").asText();
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    listed.computeIfAbsent(name, ignored -> new TreeSet<>())
                            .add(hash.path("content").asText());
                }
            }
        }
        return listed;
    }

    private static Map<String, Set<String>> resolved(PublishedModule module) throws IOException {
        Map<String, Set<String>> resolved = new TreeMap<>();
        for (String line : Files.readAllLines(module.target().resolve("runtime-dependencies.txt"))) {
            Matcher artifact = RESOLVED.matcher(line);
            if (artifact.find()) {
                String name = artifact.group(1) + ":" + artifact.group(2) + ":" + artifact.group(3);
                byte[] jar = Files.readAllBytes(Path.of(artifact.group(4)));
                resolved.computeIfAbsent(name, ignored -> new TreeSet<>())
                        .add(Digest.sha256(jar).toString());
            }
        }
        assertThat(resolved).isNotEmpty();
        return resolved;
    }

    private static Set<String> licences(JsonNode component) {
        Set<String> names = new TreeSet<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode license = choice.path("license");
            names.add(license.path("id")
                    .asText(license.path("name")
                            .asText(choice.path("expression").asText())));
        }
        return names;
    }
}
