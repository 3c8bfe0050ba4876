package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.station.trial.TrialLine;
import io.kryla.station.trial.TrialUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness without a network: request, cosign, import, each a command, with files in between. */
class WitnessCommandIT {
    @TempDir
    Path folder;

    private TrialLine line;
    private Path request;
    private Path response;

    @BeforeEach
    void aLineWithTwoUnits() {
        FrontDoor door = FrontDoor.of(Kryla.commandLine(), true);
        line = TrialLine.found(folder, Optional.empty(), 3, door.wallClock(), door.random());
        request = folder.resolve("request.bin");
        response = folder.resolve("response.bin");
        bear("A", "B");
    }

    private void bear(String... names) {
        try (LineLedger ledger = line.open(bytes -> bytes)) {
            for (String name : names) {
                TrialUnits.bear(ledger, name);
            }
        }
    }

    private Cli witness(Object... arguments) {
        Object[] all = new Object[arguments.length + 4];
        all[0] = "witness";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--dir";
        all[arguments.length + 2] = folder.resolve("line");
        all[arguments.length + 3] = "--json";
        return Cli.run(all);
    }

    @Test
    void carriesLeavesThereAndCosignaturesBack() {
        assertThat(witness("request", "--out", request).json().get("size").asInt())
                .isEqualTo(2);
        assertThat(witness("cosign", request, "--out", response).exit()).isZero();

        Cli imported = witness("import", response);

        assertThat(imported.json().get("cosigned_size").asInt()).isEqualTo(2);
        assertThat(imported.json().get("not_cosigned").asInt()).isZero();
        assertThat(witness("request", "--out", folder.resolve("second.bin"))
                        .json()
                        .get("requests")
                        .asInt())
                .isZero();
        assertThat(folder.resolve("second.bin")).doesNotExist();
    }

    @Test
    void aRequestThatStartsElsewhereIsDeclinedWithTheRightSize() {
        witness("request", "--out", request);
        witness("cosign", request, "--out", response); // and the response is lost
        bear("C");
        witness("request", "--out", folder.resolve("second.bin"));

        Cli declined = witness("cosign", folder.resolve("second.bin"), "--out", folder.resolve("answer.bin"));

        assertThat(declined.exit()).isEqualTo(1);
        assertThat(declined.json().get("code").asText()).isEqualTo("STALE_SIZE");
        assertThat(declined.json().get("known_size").asInt()).isEqualTo(2);
        witness("request", "--from", 2, "--out", folder.resolve("third.bin"));
        assertThat(witness("cosign", folder.resolve("third.bin"), "--out", folder.resolve("third-answer.bin"))
                        .exit())
                .isZero();
        assertThat(witness("import", folder.resolve("third-answer.bin"))
                        .json()
                        .get("cosigned_size")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void anAnswerThatWasChangedIsNoCosignature() throws IOException {
        witness("request", "--out", request);
        witness("cosign", request, "--out", response);
        byte[] answer = Files.readAllBytes(response);
        answer[answer.length - 8] ^= 1;
        Files.write(response, answer);

        Cli imported = witness("import", response);

        assertThat(imported.exit()).isEqualTo(1);
        assertThat(imported.json().get("code").asText()).isEqualTo("NO_QUORUM");
    }

    @Test
    void aFileThatIsCutShortIsRefusedAndNothingIsOverwritten() throws IOException {
        witness("request", "--out", request);
        byte[] whole = Files.readAllBytes(request);
        Path cut = Files.write(folder.resolve("cut.bin"), java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThat(witness("cosign", cut, "--out", response).errorLine()).startsWith("FILE_MALFORMED: ");
        assertThat(response).doesNotExist();
        assertThat(witness("request", "--out", request).errorLine()).startsWith("FILE_EXISTS: ");
        assertThat(request).hasBinaryContent(whole);
    }
}
