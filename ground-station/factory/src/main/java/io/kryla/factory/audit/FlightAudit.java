package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.acceptance.UnitStatements;
import io.kryla.factory.handover.BirthProof;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.identity.CertifiedResult;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Accepted;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.RecordingStatement;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The published flight of a unit: its recording, anchored in the ledger, and the records that were signed over it. */
final class FlightAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final CapsuleTrust trust;
    private final LedgerAudit.Replayed ledger;

    FlightAudit(
            AuditOrder order, PublicFolder folder, Findings findings, CapsuleTrust trust, LedgerAudit.Replayed ledger) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.trust = trust;
        this.ledger = ledger;
    }

    /** The newest attempt that ended with a verdict has its files in the folder; earlier ones stand in the ledger. */
    void verify(UnitHistory unit, Optional<BirthProof.Proven> birth) {
        Optional<Map.Entry<Long, FlightClosed>> newest = unit.closings().entrySet().stream()
                .filter(closing -> !closing.getValue().getVerdictSha256().isEmpty())
                .max(Map.Entry.comparingByKey());
        if (newest.isEmpty()) {
            return;
        }
        PublicFolder.FlightFiles files = folder.flight(unit.serial());
        long closedIndex = newest.get().getKey();
        FlightClosed closed = newest.get().getValue();
        FlightOpened opened = opened(closed);
        compare(files.recording(), closed.getFlightMcapSha256());
        compare(files.truth(), closed.getTruthMcapSha256());
        compare(files.verdict(), closed.getVerdictSha256());
        compare(files.plan(), opened.getPlanSha256());
        if (Files.exists(files.vehicle(), LinkOption.NOFOLLOW_LINKS)) {
            compare(files.vehicle(), opened.getVehicleSha256());
        }
        recording(files, closedIndex, closed, opened);
        statement(files, closed);
        acceptance(files, unit, closedIndex, closed, birth);
    }

    private FlightOpened opened(FlightClosed closed) {
        byte[] leaf = ledger.leaves().get((int) closed.getFlightOpenedIndex());
        try {
            return LedgerLeaf.parseFrom(leaf).getFlightOpened();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the replay has decoded the leaf that a closing refers to", e);
        }
    }

    private void compare(Path file, ByteString expected) {
        String path = findings.relative(file);
        if (!FolderFiles.isRegularFile(folder.root(), path)) {
            findings.add("FILE_MISSING", file, "whole file", "the ledger has a flight that it belongs to");
        } else if (!FolderFiles.hash(folder.root(), path).sha256().matches(expected.toByteArray())) {
            findings.add("HASH_MISMATCH", file, "whole file", "another one than the ledger's");
        }
    }

    private void recording(PublicFolder.FlightFiles files, long closedIndex, FlightClosed closed, FlightOpened opened) {
        Optional<LeafProof> anchor = findings.read(files.anchor()).flatMap(FlightProofFile::decode);
        if (anchor.isEmpty()) {
            findings.add("MALFORMED", files.anchor(), "proof", "not a ledger proof");
            return;
        }
        if (!Files.isRegularFile(files.recording(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        FlightVerdict verdict = RecordedFlight.verify(files.recording(), order.root(), anchor, order.now());
        if (verdict instanceof FlightVerdict.Rejected rejected) {
            findings.add(rejected.code(), files.recording(), rejected.where(), rejected.reason());
        } else if (verdict instanceof FlightVerdict.Anchored anchored) {
            if (anchored.index() != closedIndex || !anchored.closed().equals(closed)) {
                findings.add("ANCHOR_MISMATCH", files.anchor(), "leaf", "the proof is of another FLIGHT_CLOSED");
            }
            boolean nonce = anchored.flight().receivers().stream()
                    .anyMatch(joined -> joined.getNonce().equals(opened.getNonce()));
            if (!nonce) {
                findings.add(
                        "NONCE_MISMATCH",
                        files.recording(),
                        "ReceiverJoined",
                        "the ledger's nonce is not in the flight log");
            }
        }
    }

    private void statement(PublicFolder.FlightFiles files, FlightClosed closed) {
        Optional<byte[]> payload = stationSigned(files.recordingStatement(), PayloadType.RECORDING_STATEMENT);
        try {
            if (payload.isPresent()) {
                RecordingStatement statement = RecordingStatement.parseFrom(payload.get());
                if (!statement.getFlightMcapSha256().equals(closed.getFlightMcapSha256())
                        || !statement.getFlightRoot().equals(closed.getFlightRoot())) {
                    findings.add(
                            "RECORDING_MISMATCH",
                            files.recordingStatement(),
                            "hashes",
                            "a statement of another recording");
                }
            }
        } catch (InvalidProtocolBufferException e) {
            findings.add("MALFORMED", files.recordingStatement(), "payload", "not a RecordingStatement");
        }
    }

    private void acceptance(
            PublicFolder.FlightFiles files,
            UnitHistory unit,
            long closedIndex,
            FlightClosed closed,
            Optional<BirthProof.Proven> birth) {
        Optional<byte[]> payload = stationSigned(files.acceptance(), PayloadType.ACCEPTANCE_RECORD);
        if (payload.isEmpty()) {
            return;
        }
        AcceptanceRecord record;
        try {
            record = AcceptanceRecord.parseFrom(payload.get());
        } catch (InvalidProtocolBufferException e) {
            findings.add("MALFORMED", files.acceptance(), "payload", "not an AcceptanceRecord");
            return;
        }
        compare(files.report(), record.getReportSha256());
        boolean matches = record.getSerial().equals(unit.serial())
                && record.getFlightClosedIndex() == closedIndex
                && record.getOutcome() == closed.getOutcome()
                && record.getVerdictSha256().equals(closed.getVerdictSha256())
                && record.getFlightRoot().equals(closed.getFlightRoot())
                && record.getAttemptsCount() == unit.attempts();
        if (!matches) {
            findings.add(
                    "ACCEPTANCE_MISMATCH", files.acceptance(), "record", "record and ledger are not of one attempt");
        }
        if (unit.acceptedIndex().isPresent()) {
            ByteString stated = acceptedLeaf(unit).getAcceptanceRecordSha256();
            if (!Digest.sha256(payload.get()).matches(stated.toByteArray())) {
                findings.add("ACCEPTANCE_MISMATCH", files.acceptance(), "hash", "another record than the ledger's");
            }
        }
        if (birth.isPresent()
                && closed.getOutcome() == FlightOutcome.FLIGHT_OUTCOME_PASS
                && !UnitStatements.verify(
                        record.getUnitStatement(), birth.get().idevidKey(), UnitStatements.expectedBy(record))) {
            findings.add(
                    "UNIT_STATEMENT_MISMATCH",
                    files.acceptance(),
                    "unit_statement",
                    "the unit's IDevID over nonce and final head expected");
        }
    }

    private Accepted acceptedLeaf(UnitHistory unit) {
        byte[] leaf = ledger.leaves().get((int) unit.acceptedIndex().orElseThrow());
        try {
            return LedgerLeaf.parseFrom(leaf).getAccepted();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the replay has decoded the unit's ACCEPTED leaf", e);
        }
    }

    /** The payload of a document that a station of this licensor signed. */
    private Optional<byte[]> stationSigned(Path file, String type) {
        Optional<byte[]> bytes = findings.read(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            CertifiedResult result = trust.stations()
                    .verify(
                            Envelope.parseFrom(bytes.get()),
                            type,
                            ledger.ledger().cosignedAt());
            if (result instanceof CertifiedResult.Rejected rejected) {
                findings.add(rejected.code(), file, "signature", rejected.reason());
                return Optional.empty();
            }
            return Optional.of(((CertifiedResult.Verified) result).payload());
        } catch (InvalidProtocolBufferException e) {
            findings.add("MALFORMED", file, "envelope", "not a signed document");
            return Optional.empty();
        }
    }
}
