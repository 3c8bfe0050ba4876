package io.kryla.dsse;

import io.kryla.keys.Signature;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Verifies DSSE v1 envelopes, stricter than the specification asks: every signature has to be by an allowed key and has
 * to verify, and nothing else may stand in the envelope, so that no bit of it can be changed unseen. A certificate chain is
 * not signed: whoever uses one validates it and takes it out first.
 */
public final class DsseVerifier {
    /** Most signatures of one envelope. */
    public static final int MOST_SIGNATURES = 16;

    /** Largest payload in bytes. */
    public static final int LARGEST_PAYLOAD = 1 << 20;

    private DsseVerifier() {}

    /**
     * Verifies an untrusted envelope; never throws on its content.
     *
     * @param payloadType the one type that is expected
     * @param allowed keys that may sign
     * @param threshold how many distinct keys have to have signed, at least 1
     */
    public static DsseResult verify(
            Envelope untrusted, String payloadType, Set<VerificationKey> allowed, int threshold) {
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold: at least 1 expected, got " + threshold);
        }
        if (!isWellFormed(untrusted)) {
            return rejected(
                    DsseRejection.MALFORMED, "unknown fields, a chain, payload over 1 MiB, or not 1 to 16 signatures");
        }
        if (!untrusted.getPayloadType().equals(payloadType)) {
            return rejected(DsseRejection.WRONG_TYPE, "payload type " + payloadType + " expected");
        }
        byte[] payload = untrusted.getPayload().toByteArray();
        byte[] signed = PreAuthenticationEncoding.of(payloadType, payload);
        Map<String, VerificationKey> byId = new HashMap<>();
        allowed.forEach(key -> byId.put(key.keyId(), key));
        Set<VerificationKey> signers = new HashSet<>();
        for (EnvelopeSignature signature : untrusted.getSignaturesList()) {
            VerificationKey key = byId.get(signature.getKeyid());
            if (key == null) {
                return rejected(DsseRejection.UNKNOWN_SIGNER, "signed by a key that may not sign this document");
            }
            if (!key.verify(signed, Signature.of(signature.getSig().toByteArray()))) {
                return rejected(DsseRejection.BAD_SIGNATURE, "signature of key " + key.keyId() + " does not verify");
            }
            signers.add(key);
        }
        if (signers.size() < threshold) {
            return rejected(DsseRejection.THRESHOLD, threshold + " distinct signers expected, found " + signers.size());
        }
        return new DsseResult.Verified(payload, signers);
    }

    private static boolean isWellFormed(Envelope envelope) {
        int count = envelope.getSignaturesCount();
        return count >= 1
                && count <= MOST_SIGNATURES
                && envelope.getPayload().size() <= LARGEST_PAYLOAD
                && envelope.getUnknownFields().asMap().isEmpty()
                && envelope.getSignaturesList().stream()
                        .allMatch(signature -> signature.getCertificateChainCount() == 0
                                && signature.getUnknownFields().asMap().isEmpty());
    }

    private static DsseResult rejected(DsseRejection code, String reason) {
        return new DsseResult.Rejected(code, reason);
    }
}
