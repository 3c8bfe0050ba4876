package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each published artifact's CycloneDX file lists parts under licences that we take, and nothing of where it was made. */
class BillOfMaterialsIT {
    /** Permissive ones. An own name where the POM gives no SPDX id. */
    private static final Set<String> LICENCES_TAKEN =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "Bouncy Castle Licence");

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
