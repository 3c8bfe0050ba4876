package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.provisioning.LogKeyEndorsements;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.pki.SigningRequest;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.CertIssue;
import io.kryla.v1.CertRequest;
import io.kryla.v1.Envelope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Certifies the key that proved itself, once: asked again, it hands out the same certificate. */
final class IdentityDesk {
    private final ProvisioningLine line;

    IdentityDesk(ProvisioningLine line) {
        this.line = line;
    }

    sealed interface Result {}

    record Certified(CertIssue certIssue) implements Result {}

    record Refusal(String code, String detail) implements Result {}

    Result certify(Unit unit, VerificationKey airframeKey, Challenge challenge, CertRequest request) {
        if (challenge.expiredAt(line.clock().instant())) {
            return new Refusal(RefusalCodes.CHALLENGE_EXPIRED, "begin again");
        }
        Optional<SigningRequest> proven =
                SigningRequest.verify(request.getPkcs10().toByteArray());
        if (proven.isEmpty()
                || !proven.get().key().equals(airframeKey)
                || !challenge.metBy(proven.get().challenge())) {
            return new Refusal(
                    RefusalCodes.POSSESSION_NOT_PROVEN,
                    "PKCS#10 of the TLS key with this conversation's challenge expected");
        }
        Optional<VerificationKey> logKey = LogKeyEndorsements.endorsedKey(
                request.getLogKeyEndorsement(), airframeKey, unit.serial(), line.originPrefix(unit.serial()));
        if (logKey.isEmpty()) {
            return new Refusal(
                    RefusalCodes.LOG_KEY_NOT_ENDORSED, "endorsement of an Ed25519 key by the IDevID expected");
        }
        return unit.state() == UnitState.CLAIMED
                ? issue(unit, airframeKey, request.getLogKeyEndorsement())
                : issueAgain(unit, logKey.get());
    }

    /** SHA-256 of the unit's certificate. */
    Digest certificateSha256(String serial) {
        return Digest.sha256(storedChain(serial).getChain(0).toByteArray());
    }

    /** SHA-256 of the SubjectPublicKeyInfo of the unit's log key. */
    Digest logKeySha256(Unit unit) {
        return storedLogKey(unit).spkiSha256();
    }

    private Result issue(Unit unit, VerificationKey airframeKey, Envelope endorsement) {
        // Whole seconds, as X.509 has them; not later than the time at which anyone checks it.
        Instant notBefore = line.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        CertificateChain chain = line.authority()
                .issueIdevid(
                        airframeKey,
                        unit.licensePolicyOid(),
                        line.license().content().getDesignOid(),
                        unit.serial(),
                        notBefore);
        AdvanceResult result = line.ledger()
                .advance(
                        unit.serial(),
                        UnitState.CERTIFIED,
                        line.stationId(),
                        Map.of(
                                UnitDocuments.IDEVID_CHAIN, encode(chain).toByteArray(),
                                UnitDocuments.LOG_KEY_ENDORSEMENT, endorsement.toByteArray()));
        if (result instanceof Refused) {
            return new Refusal(((Refused) result).code(), ((Refused) result).reason());
        }
        return certified(unit.serial());
    }

    private Result issueAgain(Unit unit, VerificationKey logKey) {
        if (!storedLogKey(unit).equals(logKey)) {
            return new Refusal(RefusalCodes.LOG_KEY_NOT_ENDORSED, "the unit was certified with another log key");
        }
        return certified(unit.serial());
    }

    /** From the ledger, also right after issuing: what is handed out is what is durable. */
    private Certified certified(String serial) {
        return new Certified(storedChain(serial).toBuilder()
                .setTrustBundle(line.bundle().envelope())
                .setLicense(line.license().envelope())
                .addAllCrls(line.crlsDer())
                .build());
    }

    private CertIssue storedChain(String serial) {
        try {
            return CertIssue.parseFrom(stored(serial, UnitDocuments.IDEVID_CHAIN));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the chain of " + serial + " as it was stored", e);
        }
    }

    private VerificationKey storedLogKey(Unit unit) {
        try {
            Envelope endorsement = Envelope.parseFrom(stored(unit.serial(), UnitDocuments.LOG_KEY_ENDORSEMENT));
            return LogKeyEndorsements.keyIn(endorsement).orElseThrow();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the endorsement of " + unit.serial(), e);
        }
    }

    private byte[] stored(String serial, String name) {
        return line.ledger()
                .document(serial, name)
                .orElseThrow(() -> new IllegalStateException("a certified unit has " + name + ": " + serial));
    }

    private static CertIssue encode(CertificateChain chain) {
        return CertIssue.newBuilder()
                .addAllChain(chain.toDer().stream().map(ByteString::copyFrom).toList())
                .build();
    }
}
