package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        assertThat(PublishedModule.all()).extracting(PublishedModule::toString).contains("protocol", "sdk-core");
    }

    @TestFactory
    Stream<DynamicTest> offersWhatItsFileSays() {
        return PublishedModule.all().stream()
                .map(module -> dynamicTest(module.toString(), () -> compare(module, signature(module))));
    }

    @TestFactory
    Stream<DynamicTest> isCommentedAndNamesOnlyWhatItsUsersSee() {
        return PublishedModule.all().stream()
                .filter(module -> !isProtocol(module))
                .map(module -> dynamicTest(
                        module.toString(),
                        () -> ModuleModel.read(module, (element, elements) -> assertThat(
                                        ApiRules.brokenIn(element, elements))
                                .isEmpty())));
    }

    private static boolean isProtocol(PublishedModule module) {
        return module.toString().equals("protocol");
    }

    private static List<String> signature(PublishedModule module) throws IOException {
        if (isProtocol(module)) {
            try (InputStream descriptors = PublicApiTest.class.getResourceAsStream("/kryla-v1.binpb")) {
                return MessageSignature.of(FileDescriptorSet.parseFrom(descriptors));
            }
        }
        List<String> lines = new ArrayList<>();
        ModuleModel.read(module, (element, elements) -> lines.addAll(ApiSignature.of(element, elements)));
        return lines;
    }

    private static void compare(PublishedModule module, List<String> actual) throws IOException {
        if (WRITE) {
            Files.write(module.signatures(), actual);
        }
        List<String> committed = Files.readAllLines(module.signatures());
        assertThat(actual)
                .as(() -> "the API of " + module + " is not the committed one:\n" + difference(committed, actual)
                        + "run ./kryla api and commit the file, if docs/building.md allows the change")
                .isEqualTo(committed);
    }

    private static String difference(List<String> committed, List<String> actual) {
        StringBuilder text = new StringBuilder();
        Set<String> gone = new LinkedHashSet<>(committed);
        actual.forEach(gone::remove);
        Set<String> added = new LinkedHashSet<>(actual);
        committed.forEach(added::remove);
        gone.forEach(line -> text.append("- ").append(line).append('\n'));
        added.forEach(line -> text.append("+ ").append(line).append('\n'));
        return text.toString();
    }
}
