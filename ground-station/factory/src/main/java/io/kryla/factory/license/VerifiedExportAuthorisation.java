package io.kryla.factory.license;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An export authorisation that the officer it names signed, for a ledger and a centre of the trust bundle.
 *
 * @param content every field is there
 * @param payloadSha256 what TRANSFER leaves cite
 * @param envelope as received
 */
public record VerifiedExportAuthorisation(ExportAuthorisation content, Digest payloadSha256, Envelope envelope) {
    private static final int LONGEST_TEXT = 256;
    private static final long LATEST_SECOND = 253_402_300_799L;

    /** Verifies an untrusted authorisation; whether it is spent or over is for the ledger to say. */
    public static DocumentResult<VerifiedExportAuthorisation> open(TrustedBundle bundle, Envelope untrusted) {
        // The officer's id is in the payload, so it is read to find the key, and trusted only once that key verified
        // it.
        Optional<ExportAuthorisation> claimed = decode(untrusted.getPayload().toByteArray());
        Optional<VerificationKey> officer = claimed.flatMap(content -> bundle.officer(content.getOfficerId()));
        if (officer.isEmpty()) {
            return rejected(DocumentRejection.UNKNOWN_SIGNER, "no export officer of the trust bundle is named");
        }
        DsseResult signed = DsseVerifier.verify(untrusted, PayloadType.EXPORT_AUTHORISATION, Set.of(officer.get()), 1);
        if (signed instanceof DsseResult.Rejected) {
            DsseResult.Rejected rejected = (DsseResult.Rejected) signed;
            return rejected(DocumentRejection.valueOf(rejected.code().name()), rejected.reason());
        }
        ExportAuthorisation content = claimed.orElseThrow();
        if (!isSound(content)) {
            return rejected(DocumentRejection.MALFORMED, "the export authorisation is incomplete");
        }
        if (bundle.ledger(content.getLedgerOrigin()).isEmpty()
                || bundle.centre(content.getCentreId()).isEmpty()) {
            return rejected(DocumentRejection.FOREIGN, "the trust bundle does not name its ledger and its centre");
        }
        Digest payloadSha256 = Digest.sha256(((DsseResult.Verified) signed).payload());
        return new DocumentResult.Verified<>(new VerifiedExportAuthorisation(content, payloadSha256, untrusted));
    }

    public Instant notAfter() {
        return Instant.ofEpochSecond(content.getNotAfterUnixSeconds());
    }

    private static boolean isSound(ExportAuthorisation content) {
        return isText(content.getAuthorisationId())
                && content.getDestination().matches("[A-Z]{2}")
                && content.getQuantity() > 0
                && content.getNotAfterUnixSeconds() >= 0
                && content.getNotAfterUnixSeconds() <= LATEST_SECOND
                && isText(content.getAuthorityDocument())
                && isText(content.getEndUserCertificate());
    }

    private static boolean isText(String text) {
        return !text.isBlank() && text.length() <= LONGEST_TEXT;
    }

    private static Optional<ExportAuthorisation> decode(byte[] untrusted) {
        try {
            return untrusted.length > DsseVerifier.LARGEST_PAYLOAD
                    ? Optional.empty()
                    : Optional.of(ExportAuthorisation.parseFrom(untrusted));
        } catch (InvalidProtocolBufferException hostile) {
            return Optional.empty();
        }
    }

    private static DocumentResult<VerifiedExportAuthorisation> rejected(DocumentRejection code, String reason) {
        return new DocumentResult.Rejected<>(code, reason);
    }
}
