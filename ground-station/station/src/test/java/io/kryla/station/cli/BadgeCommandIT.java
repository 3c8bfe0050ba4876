package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.station.folder.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The badges of a line, from the command line. */
final class BadgeCommandIT {
    @TempDir
    private Path temporary;

    private Path demo;

    @BeforeEach
    void copyDemo() throws IOException {
        demo = SharedDemo.copyTo(temporary.resolve("demo"));
    }

    private Path pin(String mode) throws IOException {
        Path pin = temporary.resolve("pin-" + mode);
        Files.writeString(pin, "4711-badge\n");
        return Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString(mode));
    }

    private Cli issue(String card, Object... more) throws IOException {
        Object[] arguments = new Object[] {
            "line",
            "badge",
            "issue",
            "--dir",
            demo,
            "--line",
            "GB-01",
            "--card",
            card,
            "--badge",
            temporary.resolve(card + ".key"),
            "--pin-file",
            pin("rw-------"),
            "--json"
        };
        Object[] all = new Object[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all);
    }

    private JsonNode badges() {
        return Cli.run("line", "badge", "list", "--dir", demo, "--line", "GB-01", "--json")
                .json()
                .at("/badges");
    }

    @Test
    void aBadgeIsIssuedListedAndTakenBack() throws IOException {
        Cli first = issue("card-7", "--role", "technician,tester");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.json().at("/key_in_file").asBoolean()).isTrue();
        String person = first.json().at("/person").asText();
        Cli second = issue("card-8", "--role", "quality", "--person", person);
        assertThat(second.json().at("/person").asText()).isEqualTo(person);

        Cli revoked = Cli.run("line", "badge", "revoke", "card-7", "--lost", "--dir", demo, "--line", "GB-01");
        assertThat(revoked.exit()).as(revoked.err()).isZero();

        assertThat(badges().findValuesAsText("card")).contains("card-7", "card-8");
        assertThat(badges().get(0).at("/revoked_at").asText()).isNotEmpty();
        Path register = PrivateFolder.beside(demo).line("GB-01").badges();
        assertThat(register).exists();
        assertThat(Cli.run("audit", demo).exit()).isZero();
    }

    @Test
    void saysWhatIsWrongWithABadge() throws IOException {
        assertThat(issue("card-9", "--role", "pilot").errorLine())
                .startsWith("ROLE_UNKNOWN: no role pilot; --role; choose of technician, tester");
        assertThat(issue("A. Person", "--role", "tester").json().at("/code").asText())
                .isEqualTo("CARD_MALFORMED");
        assertThat(issue("card-9", "--role", "tester", "--person", "nobody")
                        .json()
                        .at("/code")
                        .asText())
                .isEqualTo("PERSON_UNKNOWN");
        assertThat(issue("card-9", "--role", "tester", "--days", "0")
                        .json()
                        .at("/code")
                        .asText())
                .isEqualTo("DAYS_OUT_OF_RANGE");
        assertThat(issue("card-9", "--role", "tester", "--pin-file", pin("rw-r--r--"))
                        .exit())
                .isEqualTo(2);
        Cli unknown = Cli.run("line", "badge", "revoke", "card-99", "--dir", demo);
        assertThat(unknown.errorLine()).startsWith("CARD_UNKNOWN");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(temporary.resolve("card-9.key")).doesNotExist();
    }

    @Test
    void aPinThatOthersCanReadOpensNothing() throws IOException {
        Cli exposed = Cli.run(
                "line",
                "badge",
                "issue",
                "--dir",
                demo,
                "--card",
                "card-10",
                "--role",
                "tester",
                "--badge",
                temporary.resolve("card-10.key"),
                "--pin-file",
                pin("rw-r--r--"));

        assertThat(exposed.errorLine()).startsWith("PIN_FILE_EXPOSED");
        assertThat(temporary.resolve("card-10.key")).doesNotExist();
    }
}
