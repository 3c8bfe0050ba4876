package io.kryla.factory.acceptance;

import com.google.protobuf.ByteString;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Accepted;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Opens, closes and certifies acceptance flights (protocol.md §10). Every attempt stands in the ledger before it is
 * flown: none can be flown unseen, and none left out of the record. Threads must not share one unit's attempts.
 */
public final class AcceptanceDesk {
    private final AcceptanceLine line;
    private final AcceptanceRecords records;

    private AcceptanceDesk(AcceptanceLine line) {
        this.line = line;
        this.records = new AcceptanceRecords(line);
    }

    public static AcceptanceDesk of(AcceptanceLine line) {
        return new AcceptanceDesk(line);
    }

    /** Name under which the ledger keeps the record of the attempt that this leaf closed. */
    public static String recordDocument(long flightClosedIndex) {
        return "acceptance-" + flightClosedIndex + ".pb";
    }

    /** Appends FLIGHT_OPENED. An attempt of the unit that was left open is first closed as ERROR. */
    public AcceptanceResult.Opening open(PlannedFlight planned) {
        Optional<AcceptanceResult.Refused> abandoned = closeAbandoned(planned.serial());
        if (abandoned.isPresent()) {
            return abandoned.get();
        }
        byte[] nonce = new byte[Digest.LENGTH];
        line.random().nextBytes(nonce);
        AppendResult appended = line.ledger()
                .openFlight(
                        planned.serial(),
                        line.operatorCardId(),
                        FlightOpened.newBuilder()
                                .setNonce(ByteString.copyFrom(nonce))
                                .setPlanSha256(bytes(planned.planSha256()))
                                .setVehicleSha256(bytes(planned.vehicleSha256()))
                                .setSeed(planned.seed())
                                .setSimulatorBuild(planned.simulatorBuild())
                                .setLevel(planned.level())
                                .build());
        if (appended instanceof Refused refused) {
            return refused(refused);
        }
        var leaf = ((AppendResult.Appended) appended).leaf();
        return new AcceptanceResult.Opened(new OpenedFlight(
                planned, leaf.content().getFlightOpened().getAttempt(), leaf.index(), Digest.of(nonce)));
    }

    /** Appends FLIGHT_CLOSED of an attempt. */
    public AcceptanceResult.Closing close(OpenedFlight flight, FlightEvidence evidence) {
        return close(flight.planned().serial(), flight.index(), evidence);
    }

    /** Proof of a FLIGHT_CLOSED leaf: the content of {@code flight.tlog-proof}. */
    public Optional<LeafProof> flightProof(AcceptanceResult.Closed closed) {
        return line.ledger().leafProof(closed.index()) instanceof ProofResult.Proof proof
                ? Optional.of(proof.leafProof())
                : Optional.empty();
    }

    /**
     * Signs the record of a closed attempt and, if it passed, appends ACCEPTED. Asked again, it hands out the same
     * record.
     *
     * @param unitStatement DSSE {@code UnitFlightStatement} by the unit's IDevID; needed to pass
     * @return accepted, not accepted, or refused with UNIT_STATEMENT_MISMATCH, BAD_STATE, NO_QUORUM or a rule's code
     */
    public AcceptanceResult.Certification certify(
            AcceptanceResult.Closed closed, ReportHashes reports, Optional<Envelope> unitStatement) {
        Optional<Envelope> stored = records.stored(closed);
        Envelope record;
        if (stored.isPresent()) {
            record = stored.get();
        } else {
            AcceptanceRecords.Draft draft = records.draft(closed, reports, unitStatement);
            if (draft instanceof AcceptanceRecords.Mismatch mismatch) {
                return new AcceptanceResult.Refused(mismatch.code(), mismatch.reason());
            }
            record = records.sign(closed, ((AcceptanceRecords.Drafted) draft).record());
        }
        AcceptanceRecord content = AcceptanceRecords.content(record);
        return content.getOutcome() == FlightOutcome.FLIGHT_OUTCOME_PASS
                ? accept(closed, record, content)
                : new AcceptanceResult.NotAccepted(record);
    }

    private AcceptanceResult.Certification accept(
            AcceptanceResult.Closed closed, Envelope record, AcceptanceRecord content) {
        OptionalLong accepted = records.acceptedIndex(closed);
        long index;
        if (accepted.isPresent()) {
            index = accepted.getAsLong();
        } else {
            AppendResult appended = line.ledger()
                    .append(
                            LedgerLeaf.newBuilder()
                                    .setActorId(line.operatorCardId())
                                    .setSerial(closed.serial())
                                    .setAccepted(Accepted.newBuilder()
                                            .setFlightClosedIndex(closed.index())
                                            .setAcceptanceRecordSha256(bytes(Digest.sha256(
                                                    record.getPayload().toByteArray())))
                                            .setLevel(content.getLevel()))
                                    .build(),
                            Map.of());
            if (appended instanceof Refused refused) {
                return refused(refused);
            }
            index = ((AppendResult.Appended) appended).index();
        }
        ProofResult proof = line.ledger().leafProof(index);
        return proof instanceof Refused refused
                ? refused(refused)
                : new AcceptanceResult.Accepted(record, ((ProofResult.Proof) proof).leafProof());
    }

    private Optional<AcceptanceResult.Refused> closeAbandoned(String serial) {
        OptionalLong open = line.ledger().openFlight(serial);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        line.ledger().journal(serial, line.operatorCardId(), "FLIGHT_ABANDONED", "found open", Map.of());
        return close(serial, open.getAsLong(), FlightEvidence.aborted()) instanceof AcceptanceResult.Refused refused
                ? Optional.of(refused)
                : Optional.empty();
    }

    private AcceptanceResult.Closing close(String serial, long openedIndex, FlightEvidence evidence) {
        FlightClosed.Builder closed =
                FlightClosed.newBuilder().setFlightOpenedIndex(openedIndex).setOutcome(evidence.outcome());
        evidence.head()
                .ifPresent(head -> closed.setFlightOrigin(head.origin())
                        .setFlightSize(head.size())
                        .setFlightRoot(bytes(head.root())));
        evidence.flightMcap().ifPresent(digest -> closed.setFlightMcapSha256(bytes(digest)));
        evidence.truthMcap().ifPresent(digest -> closed.setTruthMcapSha256(bytes(digest)));
        evidence.verdict().ifPresent(digest -> closed.setVerdictSha256(bytes(digest)));
        AppendResult appended = line.ledger()
                .append(
                        LedgerLeaf.newBuilder()
                                .setActorId(line.operatorCardId())
                                .setSerial(serial)
                                .setFlightClosed(closed)
                                .build(),
                        Map.of());
        return appended instanceof Refused refused
                ? refused(refused)
                : new AcceptanceResult.Closed(serial, ((AppendResult.Appended) appended).index());
    }

    private static AcceptanceResult.Refused refused(Refused refused) {
        return new AcceptanceResult.Refused(refused.code(), refused.reason());
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }
}
