package io.kryla.factory.acceptance;

import static io.kryla.factory.birth.AcceptedUnit.close;
import static io.kryla.factory.birth.AcceptedUnit.desk;
import static io.kryla.factory.birth.AcceptedUnit.head;
import static io.kryla.factory.birth.AcceptedUnit.judged;
import static io.kryla.factory.birth.AcceptedUnit.open;
import static io.kryla.factory.birth.AcceptedUnit.plan;
import static io.kryla.factory.birth.AcceptedUnit.reports;
import static io.kryla.factory.birth.AcceptedUnit.statement;
import static io.kryla.v1.FlightOutcome.FLIGHT_OUTCOME_ERROR;
import static io.kryla.v1.FlightOutcome.FLIGHT_OUTCOME_FAIL;
import static io.kryla.v1.FlightOutcome.FLIGHT_OUTCOME_PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.JournalEntry;
import io.kryla.factory.ledger.UnitState;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.FlightAttempt;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptanceDeskTest {
    private BirthLine line;
    private BenchAirframe airframe;
    private String serial;
    private AcceptanceDesk desk;

    @BeforeEach
    void bearAnAirframe(@TempDir Path folder) {
        line = BirthLine.in(folder, 2);
        airframe = line.board("A");
        serial = line.born(airframe);
        desk = desk(line);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void acceptsAFlightThatPassed() throws Exception {
        OpenedFlight flight = open(desk, serial);
        AcceptanceResult.Closed closed = close(desk, flight, judged(serial, 1, FLIGHT_OUTCOME_PASS));
        AcceptanceResult.Certification result =
                desk.certify(closed, reports("report"), Optional.of(statement(airframe, flight, head(serial, 1))));
        assertThat(result).isInstanceOf(AcceptanceResult.Accepted.class);
        AcceptanceResult.Accepted accepted = (AcceptanceResult.Accepted) result;
        assertThat(LedgerProofVerifier.of(line.licensor.bundle).verify(accepted.proof()))
                .isInstanceOfSatisfying(
                        ProofResult.Proven.class,
                        proven -> assertThat(sha256Of(accepted)
                                        .matches(proven.leaf()
                                                .getAccepted()
                                                .getAcceptanceRecordSha256()
                                                .toByteArray()))
                                .isTrue());
        AcceptanceRecord record = AcceptanceRecord.parseFrom(accepted.record().getPayload());
        assertThat(record.getOutcome()).isEqualTo(FLIGHT_OUTCOME_PASS);
        assertThat(record.getNonce().toByteArray()).isEqualTo(flight.nonce().bytes());
        assertThat(line.line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.ACCEPTED);
        assertThat(desk.flightProof(closed)).isPresent();
        // Asked again, also after a restart: the same record, no second leaf.
        long leaves = line.line.ledger.size();
        line.line.reopen();
        assertThat(desk(line).certify(closed, reports("another report"), Optional.empty()))
                .isInstanceOfSatisfying(
                        AcceptanceResult.Accepted.class,
                        again -> assertThat(again.record()).isEqualTo(accepted.record()));
        assertThat(line.line.ledger.size()).isEqualTo(leaves);
    }

    @Test
    void aFlightThatFailedGivesNoAcceptedLeafAndIsListedWithTheNext() throws Exception {
        OpenedFlight first = open(desk, serial);
        AcceptanceResult.Closed failed = close(desk, first, judged(serial, 1, FLIGHT_OUTCOME_FAIL));
        assertThat(desk.certify(failed, reports("report"), Optional.empty()))
                .isInstanceOf(AcceptanceResult.NotAccepted.class);
        assertThat(line.line.ledger.leaves(serial))
                .noneMatch(leaf -> leaf.content().hasAccepted());
        OpenedFlight abandoned = open(desk, serial);
        OpenedFlight third = open(desk, serial);
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(line.line.ledger.journal(serial))
                .extracting(JournalEntry::step)
                .contains("FLIGHT_ABANDONED", "ACCEPTANCE_RECORD_SIGNED");
        assertThat(third.nonce()).isNotEqualTo(abandoned.nonce());
        AcceptanceResult.Closed passed = close(desk, third, judged(serial, 3, FLIGHT_OUTCOME_PASS));
        AcceptanceResult.Certification result =
                desk.certify(passed, reports("report"), Optional.of(statement(airframe, third, head(serial, 3))));
        AcceptanceRecord record = AcceptanceRecord.parseFrom(
                ((AcceptanceResult.Accepted) result).record().getPayload());
        assertThat(record.getAttemptsList())
                .extracting(FlightAttempt::getAttempt, FlightAttempt::getOutcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, FLIGHT_OUTCOME_FAIL),
                        org.assertj.core.groups.Tuple.tuple(2, FLIGHT_OUTCOME_ERROR),
                        org.assertj.core.groups.Tuple.tuple(3, FLIGHT_OUTCOME_PASS));
    }

    @Test
    void refusesAPassThatTheUnitDidNotSign() {
        OpenedFlight flight = open(desk, serial);
        AcceptanceResult.Closed closed = close(desk, flight, judged(serial, 1, FLIGHT_OUTCOME_PASS));
        assertRefused(desk.certify(closed, reports("report"), Optional.empty()));
        assertRefused(desk.certify(
                closed, reports("report"), Optional.of(statement(line.board("B"), flight, head(serial, 1)))));
        assertRefused(
                desk.certify(closed, reports("report"), Optional.of(statement(airframe, flight, head(serial, 2)))));
        assertThat(line.line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
    }

    @Test
    void refusesToFlyAUnitThatIsNotBorn() {
        assertThat(desk.open(plan("KRY08DE199999"))).isInstanceOf(AcceptanceResult.Refused.class);
    }

    @Test
    void refusesASecondClosingOfOneAttempt() {
        OpenedFlight flight = open(desk, serial);
        close(desk, flight, judged(serial, 1, FLIGHT_OUTCOME_FAIL));
        assertThat(desk.close(flight, judged(serial, 2, FLIGHT_OUTCOME_PASS)))
                .isInstanceOfSatisfying(
                        AcceptanceResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("FLIGHT_ALREADY_CLOSED"));
    }

    private static io.kryla.keys.Digest sha256Of(AcceptanceResult.Accepted accepted) {
        return io.kryla.keys.Digest.sha256(accepted.record().getPayload().toByteArray());
    }

    private static void assertRefused(AcceptanceResult.Certification result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        AcceptanceResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("UNIT_STATEMENT_MISMATCH"));
    }
}
