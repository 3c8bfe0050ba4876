package io.kryla.factory.licensor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.NamedKey;
import java.util.Optional;
import java.util.Set;

/**
 * A public key with the id of its holder, signed by the key itself: what the holder of a license key, a witness, an officer
 * or a centre gives to the licensor. Shows that whoever made it has the private part; who that is, people see.
 */
public final class NamedKeys {
    private NamedKeys() {}

    public static Envelope make(String holderId, Signer key) {
        NamedKey named = NamedKey.newBuilder()
                .setHolderId(holderId)
                .setKey(key.key().toProto())
                .build();
        return DsseSigner.sign(PayloadType.NAMED_KEY, named.toByteArray(), key);
    }

    /** Verifies an untrusted one. */
    public static DocumentResult<NamedKey> open(Envelope untrusted) {
        NamedKey named;
        try {
            // Read before it is verified, for the key alone: nothing of it is given out unless that key signed it.
            named = NamedKey.parseFrom(untrusted.getPayload());
        } catch (InvalidProtocolBufferException e) {
            return malformed();
        }
        Optional<VerificationKey> key = VerificationKey.fromProto(named.getKey());
        if (key.isEmpty() || named.getHolderId().isEmpty()) {
            return malformed();
        }
        DsseResult signed = DsseVerifier.verify(untrusted, PayloadType.NAMED_KEY, Set.of(key.get()), 1);
        return signed instanceof DsseResult.Verified
                ? new DocumentResult.Verified<>(named)
                : new DocumentResult.Rejected<>(
                        DocumentRejection.BAD_SIGNATURE, "a key's holder has to sign it with that key");
    }

    private static DocumentResult<NamedKey> malformed() {
        return new DocumentResult.Rejected<>(DocumentRejection.MALFORMED, "not a public key with its holder's id");
    }
}
