package io.kryla.station.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.dsse.DsseRejection;
import io.kryla.factory.handover.AuthorisationFault;
import io.kryla.factory.handover.CapsuleFault;
import io.kryla.factory.manifest.FileFinding;
import io.kryla.factory.replay.Rule;
import io.kryla.hygiene.TrackedFiles;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.PathRejection;
import io.kryla.identity.ProofRejection;
import io.kryla.mcap.McapReadResult;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.VoucherFault;
import io.kryla.tlog.TileRejection;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes that an audit can answer, the page that lists them, and the tests that provoke them are one set. */
class AuditCodesTest {
    private static final Path PAGE = Path.of("docs", "audit.md");
    private static final Path PROTOCOL = Path.of("docs", "protocol.md");
    private static final Pattern CODE = Pattern.compile("`([A-Z]+(?:_[A-Z]+)*)`");

    /** An audit knows no bundle but the folder's, so it cannot tell an older one. */
    private static final Set<String> NOT_OF_AUDITS = Set.of("BUNDLE_ROLLBACK");

    private static final List<Class<? extends Enum<?>>> ENUMS = List.of(
            FileFinding.Code.class,
            Rule.class,
            DsseRejection.class,
            DocumentRejection.class,
            PathRejection.class,
            ProofRejection.class,
            TileRejection.class,
            McapReadResult.Code.class);
    private static final List<Class<?>> CONSTANTS =
            List.of(CapsuleFault.class, AuthorisationFault.class, VoucherFault.class, HandoverReceipts.class);

    @Test
    void everyCodeStandsInTheTableAndNoOther() {
        assertThat(table()).containsExactlyElementsOf(answered());
    }

    @Test
    void everyCodeIsProvokedByATest() {
        String tests = sources("/src/test/java/")
                .filter(file -> !file.endsWith(Path.of("AuditCodesTest.java")))
                .map(TrackedFiles::text)
                .reduce("", String::concat);
        assertThat(table())
                .allSatisfy(code -> assertThat(Pattern.compile("\\b" + code + "\\b")
                                .matcher(tests)
                                .find())
                        .as("a test that names %s", code)
                        .isTrue());
    }

    private static TreeSet<String> answered() {
        TreeSet<String> codes = new TreeSet<>();
        ENUMS.forEach(
                type -> Arrays.stream(type.getEnumConstants()).map(Enum::name).forEach(codes::add));
        constantsOf("io.kryla.factory.audit.AuditCode").forEach(codes::add);
        CONSTANTS.forEach(type -> Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(AuditCodesTest::value)
                .forEach(codes::add));
        // What a recording can be refused for is said there, whoever verifies it.
        codes.addAll(codes(PROTOCOL, "### 12.1 ", "### 12.2 ", 2));
        codes.removeAll(NOT_OF_AUDITS);
        return codes;
    }

    /** The audit's own enum is nobody else's business; its names are read as they are compiled. */
    private static Stream<String> constantsOf(String enumName) {
        try {
            return Arrays.stream(Class.forName(enumName).getEnumConstants()).map(Object::toString);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(java.lang.reflect.Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the first column of the page's table of codes holds. */
    private static TreeSet<String> table() {
        return codes(PAGE, "## Codes", "## What it cannot tell", 0);
    }

    /** The codes in one column of the tables of a chapter. */
    private static TreeSet<String> codes(Path page, String from, String to, int column) {
        TreeSet<String> codes = new TreeSet<>();
        String text = TrackedFiles.text(page);
        text.substring(text.indexOf(from), text.indexOf(to))
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1)[column + 1])
                .forEach(cell -> CODE.matcher(cell).results().forEach(found -> codes.add(found.group(1))));
        return codes;
    }

    private static Stream<Path> sources(String where) {
        return TrackedFiles.list().stream()
                .filter(file ->
                        file.toString().contains(where) && file.toString().endsWith(".java"));
    }
}
