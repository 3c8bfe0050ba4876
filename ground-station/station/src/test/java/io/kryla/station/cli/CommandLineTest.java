package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line promises to whoever types, and to whoever reads its output with a program. */
final class CommandLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "demo --frob",
                "verify",
                "sim",
                "audit",
                "demo --seed many",
                "sim plan",
                "sim campaign --out x"
            })
    void whatCannotBeParsedIsOneLineAndExitTwo(String line) {
        Cli refused = Cli.run((Object[]) line.split(" "));
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err().strip())
                .startsWith("USAGE: ")
                .doesNotContain("\n")
                .doesNotContain("Exception");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void failuresAreOneJsonObjectOnRequest() {
        Cli refused = Cli.run("audit", "no-such-folder", "--json");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().at("/command").asText()).isEqualTo("kryla audit");
        assertThat(refused.json().at("/ok").asBoolean(true)).isFalse();
        assertThat(refused.json().at("/code").asText()).isEqualTo("FILE_MISSING");
        assertThat(refused.errorLine()).startsWith("FILE_MISSING: ");
    }

    @Test
    void everyErrorLineSaysWhatWhereAndWhatToDo() {
        Cli refused = Cli.run("provision", "--dir", "no-such-folder");
        assertThat(refused.errorLine().split("; ")).hasSize(3);
        assertThat(refused.errorLine()).startsWith("NOT_A_DEMO: ").contains("no-such-folder");
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "three years of work");
        for (List<Object> arguments : List.<List<Object>>of(
                List.of("demo", "--dir", folder), List.of("demo", "--dir", folder, "--replace"))) {
            Cli refused = Cli.run(arguments.toArray());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.errorLine()).startsWith("FOLDER_NOT_OURS: ");
        }
        assertThat(folder.resolve("thesis.txt")).hasContent("three years of work");
        assertThat(Files.list(folder.getParent()).map(Path::getFileName).map(Path::toString))
                .noneMatch(name -> name.contains(folder.getFileName() + ".private"));
    }

    @Test
    void aFileThatIsNoRecordingIsRejectedNotThrown(@TempDir Path folder) throws IOException {
        Path flight = folder.resolve("flight.mcap");
        Files.writeString(flight, "not a recording");
        Path root = folder.resolve("root.pem");
        Files.writeString(root, "not a certificate");
        Cli noRoot = Cli.run("verify", flight, "--root", root);
        assertThat(noRoot.exit()).isEqualTo(2);
        assertThat(noRoot.errorLine()).startsWith("FILE_MALFORMED: ");
    }

    @Test
    void whatIsNamedAsAFileAndIsNoneIsSaidSo(@TempDir Path folder) {
        Cli missing = Cli.run("verify", folder.resolve("flight.mcap"), "--root", folder.resolve("root.pem"));
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.errorLine()).startsWith("FILE_MISSING: ").contains("flight.mcap");
        Cli notAFile = Cli.run("verify", folder, "--root", folder);
        assertThat(notAFile.exit()).isEqualTo(2);
        assertThat(notAFile.errorLine()).startsWith("NOT_A_FILE: ").contains(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"14700", ":14700", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:14700", "127.0.0.1:x"})
    void whatIsNoAddressIsSaidSo(String address, @TempDir Path storage) {
        Cli refused = Cli.run("airframe", "--storage", storage, "--ground", address);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("ADDRESS_MALFORMED: ").contains(address);
    }

    @Test
    void anAirframeThatIsNotThereIsSaidSo(@TempDir Path folder) {
        Cli refused = Cli.run("airframe", "--dir", folder, "--unit", "DE-01-9");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("UNIT_UNKNOWN: ").contains("DE-01-9");
    }

    @Test
    void aVerdictNeedsItsRoot(@TempDir Path folder) throws IOException {
        Path flight = Files.createFile(folder.resolve("flight.mcap"));
        Path plan = Files.createFile(folder.resolve("plan.yaml"));
        Cli refused = Cli.run("verdict", flight, "--plan", plan);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("ROOT_MISSING: ").contains("--root");
    }

    @Test
    void everyCommandExplainsItself() {
        Cli help = Cli.run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains(
                        "demo", "audit", "verify", "verdict", "provision", "sim", "airframe", "ground", "Exit status");
        for (String command : List.of("demo", "audit", "verify", "verdict", "provision", "airframe", "ground")) {
            Cli own = Cli.run(command, "--help");
            assertThat(own.exit()).isZero();
            assertThat(own.out()).contains("--json");
        }
    }
}
