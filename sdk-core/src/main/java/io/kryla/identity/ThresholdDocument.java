package io.kryla.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;

/** A document that the license keys sign: verified first, decoded after. */
final class ThresholdDocument {
    private ThresholdDocument() {}

    /** What the caller makes of verified content. */
    interface Construction<M, T> {
        DocumentResult<T> construct(M content, Digest payloadSha256);
    }

    static <M extends Message, T> DocumentResult<T> open(
            TrustedBundle bundle,
            Envelope untrusted,
            String payloadType,
            Parser<M> parser,
            Construction<M, T> construction) {
        DsseResult signed =
                DsseVerifier.verify(untrusted, payloadType, bundle.licenseKeys(), bundle.licenseThreshold());
        if (signed instanceof DsseResult.Rejected rejected) {
            return new DocumentResult.Rejected<>(DocumentRejection.of(rejected.code()), rejected.reason());
        }
        byte[] payload = ((DsseResult.Verified) signed).payload();
        try {
            return construction.construct(parser.parseFrom(payload), Digest.sha256(payload));
        } catch (InvalidProtocolBufferException e) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.MALFORMED, "the payload is not what its type " + payloadType + " says");
        }
    }
}
