package io.kryla.identity;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;

/**
 * Signs a document with a certified key and puts the key's chain beside the signature, so that the document verifies from
 * the root certificate alone (protocol.md §2).
 */
public final class CertifiedEnvelope {
    private CertifiedEnvelope() {}

    /** Puts the exact bytes into an envelope with one signature and its chain. */
    public static Envelope sign(String payloadType, byte[] payload, TlsIdentity signer) {
        Envelope signed = DsseSigner.sign(payloadType, payload, signer.key());
        EnvelopeSignature.Builder signature = signed.getSignatures(0).toBuilder();
        for (byte[] der : signer.chain().toDer()) {
            signature.addCertificateChain(ByteString.copyFrom(der));
        }
        return signed.toBuilder().setSignatures(0, signature).build();
    }
}
