package io.kryla.factory.operators;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Role;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.v1.BadgeSignOn;
import io.kryla.v1.Envelope;

/** What a person at a bench holds: a P-256 key on a card or token, or in an encrypted file. Safe for any thread. */
public final class Badge {
    private final Signer key;

    private Badge(Signer key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException for a key that is not P-256 */
    public static Badge of(Signer key) {
        if (key.key().algorithm() != SignatureAlgorithm.ECDSA_P256_SHA256) {
            throw new IllegalArgumentException(
                    "key: a badge holds a P-256 key, got " + key.key().algorithm());
        }
        return new Badge(key);
    }

    /**
     * Asks a line to let its holder work: the request that {@link BadgeDesk#signOn} answers.
     *
     * @param challenge that the line gave for this one sign-on
     */
    public Envelope requestSignOn(String line, Role role, byte[] challenge) {
        BadgeSignOn request = BadgeSignOn.newBuilder()
                .setLine(line)
                .setBadgeKey(key.key().toProto())
                .setRole(role.toProto())
                .setChallenge(ByteString.copyFrom(challenge))
                .build();
        return DsseSigner.sign(PayloadType.BADGE_SIGN_ON, request.toByteArray(), key);
    }

    /** @param chain that the line answered with, over this badge's key */
    public SignedOnBadge signedOn(CertificateChain chain) {
        return SignedOnBadge.of(new TlsIdentity(key, chain));
    }
}
