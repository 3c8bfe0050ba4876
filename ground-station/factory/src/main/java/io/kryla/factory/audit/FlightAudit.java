package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.handover.BirthProof;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The published flight of a unit: its recording, anchored in the ledger, and everything whose hash the ledger holds. */
final class FlightAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final LedgerAudit.Replayed ledger;
    private final ProofAudit proofs;
    private final FlightRecordAudit records;

    FlightAudit(
            AuditOrder order,
            PublicFolder folder,
            Findings findings,
            FileAccounts accounts,
            CapsuleTrust trust,
            LedgerAudit.Replayed ledger,
            ProofAudit proofs) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
        this.ledger = ledger;
        this.proofs = proofs;
        this.records = new FlightRecordAudit(folder, findings, trust, ledger);
    }

    /** A closing that has files in the folder, with what opened it. */
    record Attempt(UnitHistory unit, long closedIndex, FlightClosed closed, FlightOpened opened) {}

    /** The newest attempt that ended with a verdict has its files in the folder; earlier ones stand in the ledger. */
    void verify(UnitHistory unit, Optional<BirthProof.Proven> birth) {
        Optional<Map.Entry<Long, FlightClosed>> newest = unit.lastJudged();
        if (newest.isEmpty()) {
            return;
        }
        PublicFolder.FlightFiles files = folder.flight(unit.serial());
        FlightClosed closed = newest.get().getValue();
        Attempt attempt = new Attempt(unit, newest.get().getKey(), closed, opened(closed));
        enter(files);
        compare(files.recording(), closed.getFlightMcapSha256());
        compare(files.truth(), closed.getTruthMcapSha256());
        compare(files.verdict(), closed.getVerdictSha256());
        compare(files.plan(), attempt.opened().getPlanSha256());
        compare(files.vehicle(), attempt.opened().getVehicleSha256());
        Instant closedBy = recording(files, attempt);
        records.verify(attempt, closedBy, birth);
    }

    private void enter(PublicFolder.FlightFiles files) {
        for (Path vouched : new Path[] {
            files.recording(),
            files.recordingStatement(),
            files.anchor(),
            files.truth(),
            files.verdict(),
            files.acceptance()
        }) {
            accounts.enter(ledger.line(), vouched, Standing.VOUCHED);
        }
        accounts.enter(ledger.line(), files.plan(), Standing.INPUT);
        accounts.enter(ledger.line(), files.vehicle(), Standing.INPUT);
        for (Path derived : new Path[] {files.report(), files.printedReport(), files.junitReport()}) {
            accounts.enter(ledger.line(), derived, Standing.DERIVED);
        }
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
            findings.add(AuditCode.FILE_MISSING, file, "whole file", "the ledger has a flight that it belongs to");
        } else if (!FolderFiles.hash(folder.root(), path).sha256().matches(expected.toByteArray())) {
            findings.add(AuditCode.LEDGER_MISMATCH, file, "whole file", "the ledger holds the hash of another one");
        }
    }

    /** When witnesses had seen the closing; if no proof says so, when they had seen the whole ledger. */
    private Instant recording(PublicFolder.FlightFiles files, Attempt attempt) {
        Instant otherwise = ledger.ledger().cosignedAt();
        Optional<byte[]> text = findings.read(files.anchor());
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<LeafProof> anchor = FlightProofFile.decode(text.get());
        if (anchor.isEmpty()) {
            findings.add(AuditCode.MALFORMED, files.anchor(), "proof", "not a ledger proof");
            return otherwise;
        }
        proofs.compare(anchor.get(), files.anchor(), "proof");
        if (!Files.isRegularFile(files.recording(), LinkOption.NOFOLLOW_LINKS)) {
            return otherwise;
        }
        FlightVerdict verdict = RecordedFlight.verify(files.recording(), order.root(), anchor, order.now());
        if (verdict instanceof FlightVerdict.Rejected rejected) {
            boolean ofAnchor = rejected.where().equals("flight.tlog-proof");
            findings.add(
                    rejected.code(),
                    ofAnchor ? files.anchor() : files.recording(),
                    rejected.where(),
                    rejected.reason());
            return otherwise;
        }
        FlightVerdict.Anchored anchored = (FlightVerdict.Anchored) verdict;
        compare(anchored, files, attempt);
        return anchored.cosignedAt();
    }

    private void compare(FlightVerdict.Anchored anchored, PublicFolder.FlightFiles files, Attempt attempt) {
        if (anchored.index() != attempt.closedIndex() || !anchored.closed().equals(attempt.closed())) {
            findings.add(AuditCode.ANCHOR_MISMATCH, files.anchor(), "leaf", "the proof is of another FLIGHT_CLOSED");
        }
        if (anchored.flight().airframe().birthIndex() != attempt.unit().bornIndex()
                || !anchored.flight()
                        .airframe()
                        .birth()
                        .getBorn()
                        .equals(attempt.unit().born())) {
            findings.add(AuditCode.BIRTH_MISMATCH, files.recording(), "evidence", "the birth in the ledger expected");
        }
        boolean nonce = anchored.flight().receivers().stream()
                .anyMatch(joined -> joined.getNonce().equals(attempt.opened().getNonce()));
        if (!nonce) {
            findings.add(
                    AuditCode.NONCE_MISMATCH,
                    files.recording(),
                    "ReceiverJoined",
                    "the ledger's nonce is not in the flight log");
        }
    }
}
