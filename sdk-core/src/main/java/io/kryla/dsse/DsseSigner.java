package io.kryla.dsse;

import com.google.protobuf.ByteString;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;

/** Signs documents into DSSE v1 envelopes. */
public final class DsseSigner {
    private DsseSigner() {}

    /** Puts the exact bytes into an envelope, signed by each of the signers. */
    public static Envelope sign(String payloadType, byte[] payload, Signer... signers) {
        Envelope envelope = Envelope.newBuilder()
                .setPayloadType(payloadType)
                .setPayload(ByteString.copyFrom(payload))
                .build();
        for (Signer signer : signers) {
            envelope = add(envelope, signer);
        }
        return envelope;
    }

    /** The same envelope with one more signature; whoever signs has looked at the payload. */
    public static Envelope add(Envelope envelope, Signer signer) {
        byte[] signed = PreAuthenticationEncoding.of(
                envelope.getPayloadType(), envelope.getPayload().toByteArray());
        return envelope.toBuilder()
                .addSignatures(EnvelopeSignature.newBuilder()
                        .setKeyid(signer.key().keyId())
                        .setSig(ByteString.copyFrom(signer.sign(signed).bytes())))
                .build();
    }
}
