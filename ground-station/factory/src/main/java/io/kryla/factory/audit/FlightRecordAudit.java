package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.acceptance.UnitStatements;
import io.kryla.factory.handover.BirthProof;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.CertifiedResult;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Accepted;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightAttempt;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.RecordingStatement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the line's station signed about a flight, held against the leaves: it may say nothing else than they do. */
final class FlightRecordAudit {
    private final PublicFolder folder;
    private final Findings findings;
    private final CapsuleTrust trust;
    private final LedgerAudit.Replayed ledger;

    FlightRecordAudit(PublicFolder folder, Findings findings, CapsuleTrust trust, LedgerAudit.Replayed ledger) {
        this.folder = folder;
        this.findings = findings;
        this.trust = trust;
        this.ledger = ledger;
    }

    /** @param signedAt when the station's certificate has to have been valid */
    void verify(FlightAudit.Attempt attempt, Instant signedAt, Optional<BirthProof.Proven> birth) {
        PublicFolder.FlightFiles files = folder.flight(attempt.unit().serial());
        signed(files.recordingStatement(), PayloadType.RECORDING_STATEMENT, RecordingStatement.parser(), signedAt)
                .ifPresent(statement -> recording(statement.content(), files, attempt.closed()));
        signed(files.acceptance(), PayloadType.ACCEPTANCE_RECORD, AcceptanceRecord.parser(), signedAt)
                .ifPresent(record -> acceptance(record, files, attempt, birth));
    }

    private void recording(RecordingStatement statement, PublicFolder.FlightFiles files, FlightClosed closed) {
        String mcap = findings.relative(files.recording());
        boolean sizeMatches = !FolderFiles.isRegularFile(folder.root(), mcap)
                || FolderFiles.hash(folder.root(), mcap).sizeBytes() == statement.getFlightMcapSizeBytes();
        boolean matches = sizeMatches
                && statement.getFlightMcapSha256().equals(closed.getFlightMcapSha256())
                && statement.getFlightOrigin().equals(closed.getFlightOrigin())
                && statement.getFlightSize() == closed.getFlightSize()
                && statement.getFlightRoot().equals(closed.getFlightRoot());
        if (!matches) {
            findings.add(
                    AuditCode.RECORDING_MISMATCH,
                    files.recordingStatement(),
                    "statement",
                    "a statement of another recording");
        }
    }

    private void acceptance(
            Signed<AcceptanceRecord> signed,
            PublicFolder.FlightFiles files,
            FlightAudit.Attempt attempt,
            Optional<BirthProof.Proven> birth) {
        AcceptanceRecord record = signed.content();
        report(files.report(), record.getReportSha256());
        laterReport(files.printedReport(), record.getPrintedReportSha256());
        laterReport(files.junitReport(), record.getJunitReportSha256());
        if (!record.equals(expected(record, attempt))) {
            findings.add(AuditCode.ACCEPTANCE_MISMATCH, files.acceptance(), "record", "the ledger says something else");
        }
        if (attempt.unit().acceptedIndex().isPresent()) {
            Accepted accepted = acceptedLeaf(attempt.unit().acceptedIndex().getAsLong());
            boolean certified = accepted.getFlightClosedIndex() == attempt.closedIndex()
                    && accepted.getLevel() == record.getLevel()
                    && signed.sha256()
                            .matches(accepted.getAcceptanceRecordSha256().toByteArray());
            if (!certified) {
                findings.add(
                        AuditCode.ACCEPTANCE_MISMATCH, files.acceptance(), "hash", "another record than the ledger's");
            }
        }
        if (birth.isPresent()
                && attempt.closed().getOutcome() == FlightOutcome.FLIGHT_OUTCOME_PASS
                && !UnitStatements.verify(
                        record.getUnitStatement(), birth.get().idevidKey(), UnitStatements.expectedBy(record))) {
            findings.add(
                    AuditCode.UNIT_STATEMENT_MISMATCH,
                    files.acceptance(),
                    "unit_statement",
                    "the unit's IDevID over nonce and final head expected");
        }
    }

    /** A record of before there was such a report holds no hash of it: then there must be no file either. */
    private void laterReport(Path file, ByteString sha256) {
        if (!sha256.isEmpty() || FolderFiles.isRegularFile(folder.root(), findings.relative(file))) {
            report(file, sha256);
        }
    }

    private void report(Path file, ByteString sha256) {
        String path = findings.relative(file);
        if (!FolderFiles.isRegularFile(folder.root(), path)) {
            findings.add(AuditCode.FILE_MISSING, file, "whole file", "the acceptance record holds its hash");
        } else if (!FolderFiles.hash(folder.root(), path).sha256().matches(sha256.toByteArray())) {
            findings.add(AuditCode.ACCEPTANCE_MISMATCH, file, "whole file", "the record holds no hash of this file");
        }
    }

    /** The record with every field that the ledger knows as the ledger has it. */
    private AcceptanceRecord expected(AcceptanceRecord record, FlightAudit.Attempt attempt) {
        FlightClosed closed = attempt.closed();
        FlightOpened opened = attempt.opened();
        return record.toBuilder()
                .setSerial(attempt.unit().serial())
                .setLevel(opened.getLevel())
                .setOutcome(closed.getOutcome())
                .setPlanSha256(opened.getPlanSha256())
                .setVehicleSha256(opened.getVehicleSha256())
                .setSeed(opened.getSeed())
                .setSimulatorBuild(opened.getSimulatorBuild())
                .setFlightOrigin(closed.getFlightOrigin())
                .setFlightSize(closed.getFlightSize())
                .setFlightRoot(closed.getFlightRoot())
                .setFlightMcapSha256(closed.getFlightMcapSha256())
                .setTruthMcapSha256(closed.getTruthMcapSha256())
                .setVerdictSha256(closed.getVerdictSha256())
                .setNonce(opened.getNonce())
                .clearAttempts()
                .addAllAttempts(attempts(attempt))
                .setFlightClosedIndex(attempt.closedIndex())
                .build();
    }

    /** Every attempt of the unit up to this one. */
    private List<FlightAttempt> attempts(FlightAudit.Attempt upTo) {
        List<FlightAttempt> attempts = new ArrayList<>();
        upTo.unit().closings().forEach((index, closed) -> {
            if (index <= upTo.closedIndex()) {
                attempts.add(FlightAttempt.newBuilder()
                        .setAttempt(leaf(closed.getFlightOpenedIndex())
                                .getFlightOpened()
                                .getAttempt())
                        .setFlightOpenedIndex(closed.getFlightOpenedIndex())
                        .setFlightClosedIndex(index)
                        .setOutcome(closed.getOutcome())
                        .build());
            }
        });
        return attempts;
    }

    private Accepted acceptedLeaf(long index) {
        return leaf(index).getAccepted();
    }

    private LedgerLeaf leaf(long index) {
        try {
            return LedgerLeaf.parseFrom(ledger.leaves().get((int) index));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the replay has decoded leaf " + index, e);
        }
    }

    private record Signed<M>(M content, Digest sha256) {}

    /** A document that a station of this line signed. */
    private <M extends Message> Optional<Signed<M>> signed(Path file, String type, Parser<M> parser, Instant at) {
        Optional<Envelope> untrusted = findings.readExactly(file, Envelope.parser(), "a signed document");
        if (untrusted.isEmpty()) {
            return Optional.empty();
        }
        CertifiedResult result = trust.stations().verify(untrusted.get(), type, at);
        if (result instanceof CertifiedResult.Rejected rejected) {
            findings.add(rejected.code(), file, "signature", rejected.reason());
            return Optional.empty();
        }
        ByteString payload = ByteString.copyFrom(((CertifiedResult.Verified) result).payload());
        try {
            return Optional.of(new Signed<>(parser.parseFrom(payload), Digest.sha256(payload.toByteArray())));
        } catch (InvalidProtocolBufferException e) {
            findings.add(AuditCode.MALFORMED, file, "payload", "not what its type says");
            return Optional.empty();
        }
    }
}
