package io.kryla.airframe.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Born;
import java.time.Instant;
import java.util.Optional;

/**
 * The airframe looks at its own birth: the record is signed by a station of the license's line, stands in the line's
 * ledger under a cosigned checkpoint, and says what the airframe itself holds.
 */
final class BirthCheck {
    private final ReceivedIdentity identity;

    BirthCheck(ReceivedIdentity identity) {
        this.identity = identity;
    }

    Optional<Fault> check(String serial, ByteString imageSha256, BirthCommit commit) {
        ProofResult proof = LedgerProofVerifier.of(identity.bundle()).verify(commit.getProof());
        if (!(proof instanceof ProofResult.Proven proven)) {
            ProofResult.Rejected rejected = (ProofResult.Rejected) proof;
            return fault(rejected.code().name(), "birth proof: " + rejected.reason());
        }
        // At the station's own hour of signing: a birth may be delivered long after the station's certificate ended.
        Instant at = proven.cosignedAt();
        CertifiedResult signed = CertifiedEnvelopeVerifier.of(identity.bundle(), Role.STATION, identity.crls())
                .ofLine(identity.license().content().getLine())
                .verify(commit.getBirthRecord(), PayloadType.BIRTH_RECORD, at);
        if (!(signed instanceof CertifiedResult.Verified verified)) {
            CertifiedResult.Rejected rejected = (CertifiedResult.Rejected) signed;
            return fault(RefusalCodes.BIRTH_MISMATCH, "birth record: " + rejected.code() + ", " + rejected.reason());
        }
        byte[] payload = verified.payload();
        BirthRecord record;
        try {
            record = BirthRecord.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            return fault(RefusalCodes.BIRTH_MISMATCH, "not a BirthRecord");
        }
        boolean inLedger = proven.leaf().hasBorn()
                && proven.leaf().getSerial().equals(serial)
                && proven.checkpoint()
                        .origin()
                        .equals(identity.license().content().getLedgerOrigin())
                && matches(proven.leaf().getBorn(), record, Digest.sha256(payload));
        if (!inLedger) {
            return fault(RefusalCodes.BIRTH_MISMATCH, "the ledger's leaf is not of this birth record");
        }
        boolean own = record.getSerial().equals(serial)
                && identity.idevidCertificateSha256()
                        .matches(record.getIdevidCertificateSha256().toByteArray())
                && record.getFirmwareSha256().equals(imageSha256);
        return own ? Optional.empty() : fault(RefusalCodes.BIRTH_MISMATCH, "the birth record is not of this airframe");
    }

    private static boolean matches(Born leaf, BirthRecord record, Digest recordSha256) {
        return recordSha256.matches(leaf.getBirthRecordSha256().toByteArray())
                && leaf.getIdevidCertificateSha256().equals(record.getIdevidCertificateSha256())
                && leaf.getIdevidKeySha256().equals(record.getIdevidKeySha256())
                && leaf.getFirmwareSha256().equals(record.getFirmwareSha256());
    }

    private static Optional<Fault> fault(String code, String detail) {
        return Optional.of(new Fault(code, detail));
    }
}
