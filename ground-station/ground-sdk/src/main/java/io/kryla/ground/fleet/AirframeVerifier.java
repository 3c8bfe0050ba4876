package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.ground.fleet.AirframeProof.Proven;
import io.kryla.ground.fleet.AirframeProof.Rejected;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlSet;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.ProofResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Born;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.LogKeyEndorsement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves an airframe from the trust bundle: birth, then certificate chain under the birth's license, then log key, then
 * origin. The same checks admit a live airframe and verify a recorded one. Immutable.
 */
public final class AirframeVerifier {
    /** The evidence holds no proof of a birth, or that of something else. */
    public static final String NO_BIRTH_PROOF = "NO_BIRTH_PROOF";

    private final TrustedBundle bundle;
    private final GroundPolicy policy;

    /** Judges airframes under this bundle; the policy says whether a birth needs cosignatures. */
    public AirframeVerifier(TrustedBundle bundle, GroundPolicy policy) {
        this.bundle = bundle;
        this.policy = policy;
    }

    /** @param crls of every issuer in the chain; those inside the evidence are not looked at */
    public AirframeProof verify(FlightEvidence untrusted, CrlSet crls) {
        Optional<CertificateChain> chain = CertificateChain.fromDer(untrusted.getIdevidChainList().stream()
                .map(ByteString::toByteArray)
                .collect(Collectors.toList()));
        if (chain.isEmpty()) {
            return new Rejected("PATH", "the airframe's chain is not one of X.509 certificates");
        }
        if (!untrusted.hasBirth()) {
            return new Rejected(NO_BIRTH_PROOF, "no proof of a birth");
        }
        ProofResult birth = policy instanceof GroundPolicy.LineOwn own
                ? LedgerProofVerifier.of(bundle).verifyLineSigned(untrusted.getBirth(), own.ledgerOrigin())
                : LedgerProofVerifier.of(bundle).verify(untrusted.getBirth());
        if (birth instanceof ProofResult.Proven proven) {
            String origin = proven.checkpoint().origin();
            Birth found = new Birth(proven.leaf(), origin, proven.index(), proven.cosignedAt());
            return born(untrusted, chain.get(), found, crls);
        }
        if (birth instanceof ProofResult.LineSigned signed) {
            Instant recordedAt = Instant.ofEpochMilli(signed.leaf().getRecordedAtUnixMillis());
            String origin = signed.checkpoint().origin();
            return born(untrusted, chain.get(), new Birth(signed.leaf(), origin, signed.index(), recordedAt), crls);
        }
        ProofResult.Rejected rejected = (ProofResult.Rejected) birth;
        return new Rejected(rejected.code().name(), "birth proof: " + rejected.reason());
    }

    /** What the ledger has. */
    private record Birth(LedgerLeaf leaf, String ledgerOrigin, long index, Instant at) {}

    private AirframeProof born(FlightEvidence untrusted, CertificateChain chain, Birth birth, CrlSet crls) {
        LedgerLeaf leaf = birth.leaf();
        if (!leaf.hasBorn()) {
            return new Rejected(NO_BIRTH_PROOF, "the ledger leaf is not a birth");
        }
        Born born = leaf.getBorn();
        PathResult path =
                PathValidator.of(bundle.root()).validateIdevid(chain, born.getLicensePolicyOid(), birth.at(), crls);
        if (path instanceof PathResult.Rejected rejected) {
            return new Rejected(rejected.code().name(), "airframe: " + rejected.reason());
        }
        PathResult.Valid valid = (PathResult.Valid) path;
        if (!valid.holder().id().equals(leaf.getSerial())
                || !Certificates.sha256(chain.leaf())
                        .matches(born.getIdevidCertificateSha256().toByteArray())) {
            return new Rejected(NO_BIRTH_PROOF, "the birth is that of another certificate");
        }
        Optional<LogKeyEndorsement> endorsement = endorsement(untrusted, valid.key());
        Optional<VerificationKey> logKey = endorsement
                .flatMap(document -> VerificationKey.fromProto(document.getLogKey()))
                .filter(key -> key.algorithm() == SignatureAlgorithm.ED25519);
        if (endorsement.isEmpty() || logKey.isEmpty()) {
            return new Rejected("LOG_KEY_NOT_ENDORSED", "the certified key endorsed no Ed25519 log key");
        }
        Optional<FlightOrigin> origin = FlightOrigin.parse(untrusted.getFlightOrigin());
        boolean own = origin.isPresent()
                && endorsement.get().getSerial().equals(leaf.getSerial())
                && origin.get().serial().equals(leaf.getSerial())
                && origin.get().prefix().equals(endorsement.get().getOriginPrefix());
        if (!own) {
            return new Rejected("WRONG_ORIGIN", "the log key is endorsed for another serial or flight log");
        }
        return new Proven(
                leaf.getSerial(),
                origin.get(),
                logKey.get(),
                chain,
                leaf,
                birth.ledgerOrigin(),
                birth.index(),
                birth.at(),
                valid.oldestCrl());
    }

    private static Optional<LogKeyEndorsement> endorsement(FlightEvidence untrusted, VerificationKey idevid) {
        DsseResult result = DsseVerifier.verify(
                untrusted.getLogKeyEndorsement(), PayloadType.LOG_KEY_ENDORSEMENT, Set.of(idevid), 1);
        if (!(result instanceof DsseResult.Verified verified)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LogKeyEndorsement.parseFrom(verified.payload()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
