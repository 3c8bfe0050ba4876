package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.station.folder.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decide about single units, by their badges, and what an auditor sees of it. */
final class UnitCommandIT {
    private static final String LINE = "GB-01";

    @TempDir
    private Path temporary;

    private Path demo;
    private Path pin;

    @BeforeEach
    void copyDemo() throws IOException {
        demo = temporary.resolve("demo");
        copy(SharedDemo.folder().root(), demo);
        copy(
                PrivateFolder.beside(SharedDemo.folder().root()).root(),
                PrivateFolder.beside(demo).root());
        pin = Files.createFile(
                temporary.resolve("pin"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(pin, "1234-5678");
    }

    @Test
    void aUnitIsReworkedSetAsideReleasedAndScrappedByTwoPersons() {
        Cli born = Cli.run("provision", "--dir", demo, "--line", LINE, "--json");
        String serial = born.json().at("/serial").asText();
        Path technician = badge("card-1", "technician");
        Path engineer = badge("card-2", "engineer");
        Path quality = badge("card-3", "quality");

        assertState(act("rework", serial, "MOTOR_CHANGED", technician), "BORN");
        assertState(act("quarantine", serial, "SMELLS", technician), "QUARANTINED");
        assertCode(act("release", serial, "LOOKED_AT", technician), "ROLE_NOT_HELD");
        assertState(act("release", serial, "LOOKED_AT", quality), "BORN");
        assertCode(
                act("scrap", serial, "CRASHED", engineer, "--second-badge", engineer, "--second-pin-file", pin),
                "SAME_PERSON");
        Cli scrapped = act("scrap", serial, "CRASHED", engineer, "--second-badge", quality, "--second-pin-file", pin);
        assertState(scrapped, "SCRAPPED");
        assertCode(act("void", serial, "CLAIM_ABANDONED", engineer), "BAD_STATE");

        Cli shown = Cli.run("line", "unit", "show", serial, "--dir", demo, "--line", LINE, "--json");
        assertThat(shown.json().at("/journal").findValuesAsText("step"))
                .containsSubsequence("BORN", "REWORKED", "QUARANTINED", "RELEASED", "SCRAPPED");
        Cli listed = Cli.run("line", "unit", "list", "--dir", demo, "--line", LINE, "--json");
        assertThat(listed.json().at("/units").findValuesAsText("state")).contains("SCRAPPED");

        Cli audit = Cli.run("audit", demo, "--json");
        assertThat(audit.exit()).as(audit.out()).isZero();
        assertThat(audit.json().at("/ledgers/1/licenses/0/born").asInt())
                .as("a scrapped unit stays spent")
                .isEqualTo(2);
    }

    @Test
    void whoNamesNoLineMeansTheOneWhoseKeysLieThere() throws IOException {
        Path other = PrivateFolder.beside(demo).line("DE-01").folder();
        Files.move(other, temporary.resolve("elsewhere"));

        Cli listed = Cli.run("line", "unit", "list", "--dir", demo, "--json");

        assertThat(listed.exit()).as(listed.out() + listed.err()).isZero();
        assertThat(listed.json().at("/units").findValuesAsText("serial"))
                .isNotEmpty()
                .allMatch(serial -> serial.contains("GB01"));
    }

    @Test
    void whatIsMistypedIsNamed() {
        Path engineer = badge("card-2", "engineer");
        assertCode(act("void", "ZZZZ8GB01ZZZZ", "CLAIM_ABANDONED", engineer), "UNIT_UNKNOWN");
        assertCode(act("void", SharedDemo.serial(LINE), "it broke", engineer), "REASON_MALFORMED");
    }

    private Path badge(String card, String role) {
        Path file = temporary.resolve(card + ".key");
        List<Object> arguments = List.of(
                "line",
                "badge",
                "issue",
                "--dir",
                demo,
                "--line",
                LINE,
                "--card",
                card,
                "--role",
                role,
                "--badge",
                file,
                "--pin-file",
                pin);
        Cli issued = Cli.run(arguments.toArray());
        assertThat(issued.exit()).as(issued.err()).isZero();
        return file;
    }

    private Cli act(String act, String serial, String reason, Path badge, Object... more) {
        List<Object> arguments = List.of(
                "line",
                "unit",
                act,
                serial,
                "--reason",
                reason,
                "--badge",
                badge,
                "--pin-file",
                pin,
                "--dir",
                demo,
                "--line",
                LINE,
                "--json");
        return Cli.run(Stream.concat(arguments.stream(), Stream.of(more)).toArray());
    }

    private static void assertState(Cli done, String state) {
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.json().at("/state").asText()).isEqualTo(state);
    }

    private static void assertCode(Cli refused, String code) {
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.json().at("/code").asText()).as(refused.err()).isEqualTo(code);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
