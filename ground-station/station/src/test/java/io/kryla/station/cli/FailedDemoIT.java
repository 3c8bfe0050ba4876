package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.FlightOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units that do not pass: the demo says so, and nothing is accepted or handed over. */
final class FailedDemoIT {
    private static final Path WEAK_ROTOR = Path.of("..", "..", "docs", "examples", "plans", "fail.yaml");

    @Test
    void aWeakRotorIsNotAcceptedAndItsAttemptIsListed(@TempDir Path parent) throws Exception {
        Path folder = parent.resolve("demo");
        Cli demo = Cli.run("demo", "--dir", folder, "--plan", WEAK_ROTOR, "--json");
        assertThat(demo.exit()).as(demo.out() + demo.err()).isEqualTo(1);
        assertThat(demo.json().at("/code").asText()).isEqualTo("ACCEPTANCE_FAIL");

        Cli audit = Cli.run("audit", folder, "--json");
        assertThat(audit.exit()).as(audit.out()).isZero();
        for (JsonNode ledger : audit.json().at("/ledgers")) {
            assertThat(ledger.at("/size").asInt())
                    .as("BORN, FLIGHT_OPENED, FLIGHT_CLOSED")
                    .isEqualTo(3);
            assertThat(ledger.at("/licenses/0/born").asInt()).isEqualTo(1);
            assertThat(ledger.at("/licenses/0/accepted").asInt(-1)).isZero();
            assertThat(ledger.at("/licenses/0/handed_over").asInt(-1)).isZero();
        }
        for (JsonNode serial : demo.json().at("/units")) {
            PublicFolder.FlightFiles flight = new PublicFolder(folder).flight(serial.asText());
            AcceptanceRecord record = AcceptanceRecord.parseFrom(
                    DocumentFiles.readEnvelope(flight.acceptance()).getPayload());
            assertThat(record.getOutcome()).isEqualTo(FlightOutcome.FLIGHT_OUTCOME_FAIL);
            assertThat(record.getAttemptsList())
                    .singleElement()
                    .satisfies(
                            attempt -> assertThat(attempt.getOutcome()).isEqualTo(FlightOutcome.FLIGHT_OUTCOME_FAIL));
            assertThat(new PublicFolder(folder).capsule(serial.asText())).doesNotExist();
            assertThat(Cli.run("verdict", flight.recording(), "--plan", flight.plan())
                            .exit())
                    .isEqualTo(1);
        }
    }
}
