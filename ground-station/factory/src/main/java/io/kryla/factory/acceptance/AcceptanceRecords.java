package io.kryla.factory.acceptance;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightAttempt;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes the record of an attempt out of the ledger's leaves, once: asked again, it finds the one it signed. */
final class AcceptanceRecords {
    static final String UNIT_STATEMENT_MISMATCH = "UNIT_STATEMENT_MISMATCH";

    private final AcceptanceLine line;

    AcceptanceRecords(AcceptanceLine line) {
        this.line = line;
    }

    sealed interface Draft {}

    record Drafted(AcceptanceRecord record) implements Draft {}

    record Mismatch(String code, String reason) implements Draft {}

    Optional<Envelope> stored(AcceptanceResult.Closed closed) {
        return line.ledger()
                .document(closed.serial(), AcceptanceDesk.recordDocument(closed.index()))
                .map(AcceptanceRecords::envelope);
    }

    Draft draft(AcceptanceResult.Closed closed, ReportHashes reports, Optional<Envelope> unitStatement) {
        FlightClosed flightClosed = line.ledger().leaf(closed.index()).content().getFlightClosed();
        FlightOpened flightOpened = line.ledger()
                .leaf(flightClosed.getFlightOpenedIndex())
                .content()
                .getFlightOpened();
        boolean passed = flightClosed.getOutcome() == FlightOutcome.FLIGHT_OUTCOME_PASS;
        if (passed && unitStatement.isEmpty()) {
            return new Mismatch(UNIT_STATEMENT_MISMATCH, "a flight that passed needs the unit's statement");
        }
        AcceptanceRecord.Builder record = AcceptanceRecord.newBuilder()
                .setSerial(closed.serial())
                .setLevel(flightOpened.getLevel())
                .setOutcome(flightClosed.getOutcome())
                .setPlanSha256(flightOpened.getPlanSha256())
                .setVehicleSha256(flightOpened.getVehicleSha256())
                .setSeed(flightOpened.getSeed())
                .setSimulatorBuild(flightOpened.getSimulatorBuild())
                .setFlightOrigin(flightClosed.getFlightOrigin())
                .setFlightSize(flightClosed.getFlightSize())
                .setFlightRoot(flightClosed.getFlightRoot())
                .setFlightMcapSha256(flightClosed.getFlightMcapSha256())
                .setTruthMcapSha256(flightClosed.getTruthMcapSha256())
                .setVerdictSha256(flightClosed.getVerdictSha256())
                .setReportSha256(ByteString.copyFrom(reports.page().bytes()))
                .setPrintedReportSha256(ByteString.copyFrom(reports.printed().bytes()))
                .setJunitReportSha256(ByteString.copyFrom(reports.junit().bytes()))
                .setNonce(flightOpened.getNonce())
                .addAllAttempts(attempts(closed))
                .setOperatorCardId(line.operatorCardId())
                .setStationId(line.stationId())
                .setSignedAtUnixSeconds(line.clock().instant().getEpochSecond())
                .setFlightClosedIndex(closed.index());
        if (unitStatement.isPresent()
                && !UnitStatements.verify(
                        unitStatement.get(),
                        UnitDocuments.idevidKey(line.ledger(), closed.serial()).orElseThrow(),
                        UnitStatements.expectedBy(record.buildPartial()))) {
            return new Mismatch(
                    UNIT_STATEMENT_MISMATCH, "the unit's IDevID must sign this attempt's nonce and final head");
        }
        unitStatement.ifPresent(record::setUnitStatement);
        return new Drafted(record.build());
    }

    /** Signs, and keeps the record with the unit before anyone sees it. */
    Envelope sign(AcceptanceResult.Closed closed, AcceptanceRecord record) {
        Envelope signed = CertifiedEnvelope.sign(PayloadType.ACCEPTANCE_RECORD, record.toByteArray(), line.station());
        line.ledger()
                .journal(
                        closed.serial(),
                        line.operatorCardId(),
                        "ACCEPTANCE_RECORD_SIGNED",
                        record.getOutcome().name(),
                        Map.of(AcceptanceDesk.recordDocument(closed.index()), signed.toByteArray()));
        return signed;
    }

    OptionalLong acceptedIndex(AcceptanceResult.Closed closed) {
        return line.ledger().leaves(closed.serial()).stream()
                .filter(leaf -> leaf.content().hasAccepted()
                        && leaf.content().getAccepted().getFlightClosedIndex() == closed.index())
                .mapToLong(IndexedLeaf::index)
                .findFirst();
    }

    static AcceptanceRecord content(Envelope ownRecord) {
        try {
            return AcceptanceRecord.parseFrom(ownRecord.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a record that this line signed decodes", e);
        }
    }

    /** Every attempt of the unit up to the one that is certified. */
    private List<FlightAttempt> attempts(AcceptanceResult.Closed upTo) {
        Map<Long, FlightOpened> opened = new HashMap<>();
        List<FlightAttempt> attempts = new ArrayList<>();
        for (IndexedLeaf leaf : line.ledger().leaves(upTo.serial())) {
            if (leaf.content().hasFlightOpened()) {
                opened.put(leaf.index(), leaf.content().getFlightOpened());
            } else if (leaf.content().hasFlightClosed() && leaf.index() <= upTo.index()) {
                FlightClosed closed = leaf.content().getFlightClosed();
                FlightOpened start = opened.get(closed.getFlightOpenedIndex());
                attempts.add(FlightAttempt.newBuilder()
                        .setAttempt(start == null ? 0 : start.getAttempt())
                        .setFlightOpenedIndex(closed.getFlightOpenedIndex())
                        .setFlightClosedIndex(leaf.index())
                        .setOutcome(closed.getOutcome())
                        .build());
            }
        }
        return attempts;
    }

    private static Envelope envelope(byte[] stored) {
        try {
            return Envelope.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns a record as it was stored", e);
        }
    }
}
