package io.kryla.factory.handover;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.ProofResult;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Born;
import io.kryla.v1.Capsule;
import io.kryla.v1.License;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The part of a capsule that says: this airframe was born under this license. Stands by itself for an audit. */
public final class BirthProof {
    private BirthProof() {}

    public sealed interface Result {}

    public record Proven(
            BirthRecord record,
            long index,
            Instant at,
            X509Certificate idevid,
            VerificationKey idevidKey,
            Duration oldestCrl)
            implements Result {}

    public record Rejected(CapsuleResult.Rejected result) implements Result {}

    /** Verifies the birth part of an untrusted capsule; the other parts may be absent. */
    public static Result verify(Capsule capsule, CapsuleTrust trust) {
        CapsuleTrust.Leaf leaf = trust.prove(capsule.getBirth());
        if (leaf instanceof CapsuleTrust.NoLeaf none) {
            return rejected(none.code(), "birth", none.reason());
        }
        ProofResult.Proven proven = ((CapsuleTrust.InLedger) leaf).proven();
        Optional<CertificateChain> chain = CertificateChain.fromDer(capsule.getIdevidChainList().stream()
                .map(ByteString::toByteArray)
                .toList());
        if (chain.isEmpty()) {
            return rejected("PATH", "idevid_chain", "a certificate chain expected");
        }
        PathResult path = PathValidator.of(trust.bundle().root())
                .validateIdevid(
                        chain.get(), trust.license().content().getPolicyOid(), proven.cosignedAt(), trust.crls());
        if (path instanceof PathResult.Rejected no) {
            return rejected(no.code().name(), "idevid_chain", no.reason());
        }
        CertifiedResult signed =
                trust.stations().verify(capsule.getBirthRecord(), PayloadType.BIRTH_RECORD, proven.cosignedAt());
        if (signed instanceof CertifiedResult.Rejected no) {
            return rejected(no.code(), "birth_record", no.reason());
        }
        byte[] payload = ((CertifiedResult.Verified) signed).payload();
        BirthRecord record;
        try {
            record = BirthRecord.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            return rejected(CapsuleFault.MALFORMED, "birth_record", "not a BirthRecord");
        }
        PathResult.Valid valid = (PathResult.Valid) path;
        boolean matches = proven.leaf().hasBorn()
                && proven.leaf().getSerial().equals(record.getSerial())
                && matches(proven.leaf().getBorn(), record, Digest.sha256(payload))
                && valid.holder().id().equals(record.getSerial())
                && Certificates.sha256(valid.leaf())
                        .matches(record.getIdevidCertificateSha256().toByteArray())
                && isUnder(record, trust.license().content());
        return matches
                ? new Proven(record, proven.index(), proven.cosignedAt(), valid.leaf(), valid.key(), valid.oldestCrl())
                : rejected(
                        CapsuleFault.BIRTH_MISMATCH,
                        "birth_record",
                        "leaf, record, certificate and license are not of one birth");
    }

    private static boolean matches(Born leaf, BirthRecord record, Digest recordSha256) {
        return recordSha256.matches(leaf.getBirthRecordSha256().toByteArray())
                && leaf.getLicensePolicyOid().equals(record.getLicensePolicyOid())
                && leaf.getLicenseRevision() == record.getLicenseRevision()
                && leaf.getHardwareIdSha256().equals(record.getHardwareIdSha256())
                && leaf.getIdevidCertificateSha256().equals(record.getIdevidCertificateSha256())
                && leaf.getIdevidKeySha256().equals(record.getIdevidKeySha256())
                && leaf.getFirmwareSha256().equals(record.getFirmwareSha256());
    }

    private static boolean isUnder(BirthRecord record, License license) {
        return record.getLicensePolicyOid().equals(license.getPolicyOid())
                && record.getLine().equals(license.getLine())
                && record.getDesignOid().equals(license.getDesignOid())
                && record.getSerial().startsWith(license.getSerialPrefix());
    }

    private static Rejected rejected(String code, String where, String reason) {
        return new Rejected(new CapsuleResult.Rejected(code, where, reason));
    }
}
