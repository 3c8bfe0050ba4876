package io.kryla.ground.record;

import io.kryla.ground.record.FlightVerdict.Rejected;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.keys.Digest;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapReader;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.LeafProof;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/** One verification of a recorded flight, in the order of the chain of proof: container, evidence, log, ledger. */
final class FlightVerification {
    private final RecordingReader reader;

    FlightVerification(Function<FlightEvidence, EvidenceResult> prover, FlightSink sink) {
        reader = new RecordingReader(prover, sink);
    }

    /** @param length of the whole file; the stream is read up to it at most */
    FlightVerdict verify(InputStream file, long length, Optional<LeafProof> anchor) throws IOException {
        MessageDigest digest = sha256();
        McapReadResult container =
                McapReader.readStrictly(new DigestInputStream(file, digest), length, FlightLayout.LIMITS, reader);
        Digest sha256 = Digest.of(digest.digest());
        if (container instanceof McapReadResult.Rejected rejected) {
            return reject(rejected.code().name(), "byte " + rejected.offset(), rejected.reason(), sha256);
        }
        Optional<RecordingReader.Fault> fault = reader.fault();
        if (fault.isPresent()) {
            return reject(fault.get().code(), fault.get().where(), fault.get().reason(), sha256);
        }
        if (container instanceof McapReadResult.CutOff cut) {
            return reject("TRUNCATED", "byte " + cut.readableBytes(), "the file ends early", sha256);
        }
        if (container instanceof McapReadResult.Stopped stopped) {
            return reject("STOPPED", "byte " + stopped.readBytes(), "the reading was ended", sha256);
        }
        return conclude(sha256, anchor);
    }

    private FlightVerdict conclude(Digest sha256, Optional<LeafProof> anchor) {
        Optional<EvidenceResult.Proven> evidence = reader.evidence();
        if (evidence.isEmpty()) {
            return reject("MALFORMED", FlightLayout.EVIDENCE_NAME, "the recording holds no evidence", sha256);
        }
        Optional<RecordedFlight> attested = attested(sha256);
        if (attested.isEmpty() || attested.get().head().size() != reader.leaves()) {
            long covered = attested.map(flight -> flight.head().size()).orElse(0L);
            String last = RecordingReader.leavesText(covered, reader.leaves());
            return reject("HOLE", "leaf " + reader.leaves(), "at the end, " + last + " under no checkpoint", sha256);
        }
        RecordedFlight flight = attested.get();
        if (flight.closeReason().isEmpty()) {
            String where = "leaf " + (flight.head().size() - 1);
            return reject(FlightVerdict.LOG_NOT_CLOSED, where, "the last leaf is not LogClosed", sha256);
        }
        if (!flight.recorderJoined()) {
            return reject("GROUND_NOT_JOINED", "ground chain", "the recording ground never joined the log", sha256);
        }
        return anchor.isEmpty() ? new FlightVerdict.Attested(flight) : anchored(flight, anchor.get());
    }

    private FlightVerdict anchored(RecordedFlight flight, LeafProof anchor) {
        ProofResult result = LedgerProofVerifier.of(flight.bundle()).verify(anchor);
        if (!(result instanceof ProofResult.Proven proven)) {
            ProofResult.Rejected rejected = (ProofResult.Rejected) result;
            return notAnchored(rejected.code().name(), rejected.reason(), flight);
        }
        if (!proven.checkpoint().origin().equals(flight.airframe().ledgerOrigin())) {
            return notAnchored("WRONG_ORIGIN", "another ledger than that of the birth", flight);
        }
        FlightClosed closed = proven.leaf().getFlightClosed();
        boolean same = proven.leaf().getSerial().equals(flight.serial())
                && closed.getFlightOrigin().equals(flight.origin().text())
                && closed.getFlightSize() == flight.head().size()
                && flight.head().root().matches(closed.getFlightRoot().toByteArray())
                && flight.sha256().matches(closed.getFlightMcapSha256().toByteArray());
        return same
                ? new FlightVerdict.Anchored(flight, closed, proven.index(), proven.checkpoint(), proven.cosignedAt())
                : notAnchored("ANCHOR_MISMATCH", "the ledger closed another flight or file", flight);
    }

    private static Rejected notAnchored(String code, String reason, RecordedFlight flight) {
        return new Rejected(code, "flight.tlog-proof", reason, Optional.of(flight));
    }

    private Rejected reject(String code, String where, String reason, Digest sha256) {
        return new Rejected(code, where, reason, attested(sha256));
    }

    /** What is attested, whatever comes after it. */
    private Optional<RecordedFlight> attested(Digest sha256) {
        Optional<FlightCheckpoint> head = reader.head();
        return head.flatMap(covers ->
                reader.evidence().map(proven -> new RecordedFlight(proven, reader.content(), covers, sha256)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
