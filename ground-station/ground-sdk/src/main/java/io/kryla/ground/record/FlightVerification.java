package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.ground.fleet.AirframeProof;
import io.kryla.ground.fleet.AirframeVerifier;
import io.kryla.ground.fleet.GroundPolicy;
import io.kryla.ground.record.FlightVerdict.Rejected;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.ProofResult;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapReader;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.LeafProof;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One verification of a recorded flight, in the order of the chain of proof: root, bundle, airframe, log, ledger. */
final class FlightVerification {
    private final X509Certificate root;
    private final Instant now;
    private final RecordingReader reader = new RecordingReader(this::prove);
    private @Nullable TrustedBundle bundle;
    private @Nullable CrlSet crls;
    private AirframeProof.@Nullable Proven airframe;
    private Optional<CertificateChain> groundChain = Optional.empty();

    FlightVerification(X509Certificate root, Instant now) {
        this.root = root;
        this.now = now;
    }

    FlightVerdict verify(Path file, Optional<LeafProof> anchor) {
        MessageDigest digest = sha256();
        McapReadResult container;
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest)) {
            container = McapReader.readStrictly(in, Files.size(file), FlightLayout.LIMITS, reader);
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED", "cannot read " + file + ": " + e.getMessage() + "; check the path", true, e);
        }
        if (container instanceof McapReadResult.Rejected rejected) {
            return new Rejected(rejected.code().name(), "byte " + rejected.offset(), rejected.reason());
        }
        if (reader.fault().isPresent()) {
            return reader.fault().get();
        }
        if (container instanceof McapReadResult.CutOff cut) {
            return new Rejected("TRUNCATED", "byte " + cut.readableBytes(), "the file ends early");
        }
        return conclude(Digest.of(digest.digest()), anchor);
    }

    private FlightVerdict conclude(Digest sha256, Optional<LeafProof> anchor) {
        Optional<FlightLogReceiver> log = reader.log();
        Optional<FlightCheckpoint> head = log.flatMap(FlightLogReceiver::head);
        if (log.isEmpty() || bundle == null || crls == null || airframe == null) {
            return new Rejected("MALFORMED", FlightLayout.EVIDENCE_NAME, "the recording holds no evidence");
        }
        if (head.isEmpty() || head.get().size() != reader.records().size()) {
            return new Rejected("HOLE", "leaf " + reader.records().size(), "the last records are under no checkpoint");
        }
        if (!log.get().complete()) {
            return new Rejected("LOG_NOT_CLOSED", "leaf " + (head.get().size() - 1), "the last leaf is not LogClosed");
        }
        RecordedFlight flight = new RecordedFlight(airframe, bundle, crls, head.get(), reader.records(), sha256);
        Digest ground = Certificates.sha256(groundChain.orElseThrow().leaf());
        boolean joined = flight.receivers().stream()
                .anyMatch(receiver ->
                        ground.matches(receiver.getGroundCertificateSha256().toByteArray()));
        if (!joined) {
            return new Rejected("GROUND_NOT_JOINED", "ground chain", "the recording ground never joined the log");
        }
        return anchor.isEmpty() ? new FlightVerdict.Attested(flight) : anchored(bundle, flight, anchor.get());
    }

    private FlightVerdict anchored(TrustedBundle trusted, RecordedFlight flight, LeafProof anchor) {
        ProofResult result = LedgerProofVerifier.of(trusted).verify(anchor);
        if (!(result instanceof ProofResult.Proven proven)) {
            ProofResult.Rejected rejected = (ProofResult.Rejected) result;
            return new Rejected(rejected.code().name(), "flight.tlog-proof", rejected.reason());
        }
        if (!proven.checkpoint().origin().equals(flight.airframe().ledgerOrigin())) {
            return new Rejected("WRONG_ORIGIN", "flight.tlog-proof", "another ledger than that of the birth");
        }
        FlightClosed closed = proven.leaf().getFlightClosed();
        boolean same = proven.leaf().getSerial().equals(flight.serial())
                && closed.getFlightOrigin().equals(flight.origin().text())
                && closed.getFlightSize() == flight.head().size()
                && flight.head().root().matches(closed.getFlightRoot().toByteArray())
                && flight.sha256().matches(closed.getFlightMcapSha256().toByteArray());
        return same
                ? new FlightVerdict.Anchored(flight, closed, proven.index(), proven.checkpoint(), proven.cosignedAt())
                : new Rejected("ANCHOR_MISMATCH", "flight.tlog-proof", "the ledger closed another flight or file");
    }

    /** Called once, when the evidence is read. */
    private Optional<FlightLogReceiver> prove(FlightEvidence untrusted) {
        DocumentResult<TrustedBundle> opened =
                TrustedBundle.open(root, untrusted.getTrustBundle(), OptionalLong.empty());
        if (opened instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
            return reject(rejected.code().name(), "trust bundle", rejected.reason());
        }
        TrustedBundle trusted = ((DocumentResult.Verified<TrustedBundle>) opened).document();
        Optional<List<X509CRL>> lists = crls(untrusted.getCrlsList());
        if (lists.isEmpty()) {
            return reject("CRL_STALE", "revocation lists", "not lists that can be read");
        }
        CrlSet recorded = new CrlSet(lists.get(), CrlProfile.FIELD, now);
        AirframeProof proof = new AirframeVerifier(trusted, GroundPolicy.requireCosigned()).verify(untrusted, recorded);
        if (proof instanceof AirframeProof.Rejected rejected) {
            return reject(rejected.code(), "airframe", rejected.reason());
        }
        groundChain = CertificateChain.fromDer(untrusted.getGroundChainList().stream()
                .map(ByteString::toByteArray)
                .collect(Collectors.toList()));
        if (groundChain.isEmpty()) {
            return reject("PATH", "ground chain", "not a chain of X.509 certificates");
        }
        // By its own word for the time: what brackets a flight in time is its anchor, not this.
        Instant issued = groundChain.get().leaf().getNotBefore().toInstant();
        PathResult ground =
                PathValidator.of(root).validateRole(groundChain.get(), Role.GROUND, trusted, issued, recorded);
        if (ground instanceof PathResult.Rejected rejected) {
            return reject(rejected.code().name(), "ground chain", rejected.reason());
        }
        bundle = trusted;
        crls = recorded;
        AirframeProof.Proven proven = (AirframeProof.Proven) proof;
        airframe = proven;
        return Optional.of(new FlightLogReceiver(proven.origin(), proven.logKey()));
    }

    /** Empty unless each element is one list and their number is within bounds. */
    private static Optional<List<X509CRL>> crls(List<ByteString> untrusted) {
        List<X509CRL> lists = new ArrayList<>();
        for (ByteString der : untrusted.subList(0, Math.min(untrusted.size(), CrlSet.MOST))) {
            Certificates.crlFromDer(der.toByteArray()).ifPresent(lists::add);
        }
        return lists.size() == untrusted.size() ? Optional.of(lists) : Optional.empty();
    }

    private Optional<FlightLogReceiver> reject(String code, String where, String reason) {
        reader.reject(code, where, reason);
        return Optional.empty();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
