package io.kryla.factory.birth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.acceptance.AcceptanceDesk;
import io.kryla.factory.acceptance.AcceptanceLine;
import io.kryla.factory.acceptance.AcceptanceResult;
import io.kryla.factory.acceptance.FlightEvidence;
import io.kryla.factory.acceptance.OpenedFlight;
import io.kryla.factory.acceptance.PlannedFlight;
import io.kryla.factory.acceptance.ReportHashes;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.UnitFlightStatement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Flights of a unit as the acceptance desk sees them: the hashes are of nothing, the signatures are real. */
public final class AcceptedUnit {
    private AcceptedUnit() {}

    public static AcceptanceDesk desk(BirthLine line) {
        return AcceptanceDesk.of(new AcceptanceLine(
                line.line.ledger,
                line.station,
                BirthLine.STATION,
                BirthLine.CARD,
                line.line.clock,
                line.licensor.random));
    }

    public static PlannedFlight plan(String serial) {
        return new PlannedFlight(
                serial, sha("plan"), sha("vehicle"), 7, "simulator 1", AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN);
    }

    public static FlightEvidence.FlightLogHead head(String serial, int boot) {
        return new FlightEvidence.FlightLogHead(
                "kryla.example/flight/" + serial + "/" + boot + "/standard", 100, sha("root " + boot));
    }

    public static FlightEvidence judged(String serial, int boot, FlightOutcome outcome) {
        return FlightEvidence.judged(outcome, head(serial, boot), sha("flight"), sha("truth"), sha("verdict"));
    }

    public static Envelope statement(BenchAirframe airframe, OpenedFlight flight, FlightEvidence.FlightLogHead head) {
        return DsseSigner.sign(
                PayloadType.UNIT_FLIGHT_STATEMENT,
                UnitFlightStatement.newBuilder()
                        .setSerial(flight.planned().serial())
                        .setNonce(ByteString.copyFrom(flight.nonce().bytes()))
                        .setFlightOrigin(head.origin())
                        .setFlightSize(head.size())
                        .setFlightRoot(ByteString.copyFrom(head.root().bytes()))
                        .build()
                        .toByteArray(),
                airframe.identityKey());
    }

    public static OpenedFlight open(AcceptanceDesk desk, String serial) {
        AcceptanceResult.Opening opening = desk.open(plan(serial));
        assertThat(opening).isInstanceOf(AcceptanceResult.Opened.class);
        return ((AcceptanceResult.Opened) opening).flight();
    }

    public static AcceptanceResult.Closed close(AcceptanceDesk desk, OpenedFlight flight, FlightEvidence evidence) {
        AcceptanceResult.Closing closing = desk.close(flight, evidence);
        assertThat(closing).isInstanceOf(AcceptanceResult.Closed.class);
        return (AcceptanceResult.Closed) closing;
    }

    /** Born, flown once, passed. */
    public static String accept(BirthLine line, BenchAirframe airframe) {
        String serial = line.born(airframe);
        AcceptanceDesk desk = desk(line);
        OpenedFlight flight = open(desk, serial);
        AcceptanceResult.Closed closed = close(desk, flight, judged(serial, 1, FlightOutcome.FLIGHT_OUTCOME_PASS));
        assertThat(desk.certify(closed, reports("report"), Optional.of(statement(airframe, flight, head(serial, 1)))))
                .isInstanceOf(AcceptanceResult.Accepted.class);
        return serial;
    }

    public static ReportHashes reports(String text) {
        return new ReportHashes(sha(text), sha(text + " as PDF"), sha(text + " as JUnit XML"));
    }

    public static Digest sha(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
