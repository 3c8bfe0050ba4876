package io.kryla.keys;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Signer} in the shape that JCA and JSSE ask for: it has no encoding, and signing with it goes to the signer.
 *
 * <p>For the JDK to find the way there, making the first one adds a provider to this process's list, the last in order,
 * that signs with such keys and does nothing else. ECDSA only, which is all that TLS here uses.
 */
public final class OpaquePrivateKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    private final transient Signer signer;

    private OpaquePrivateKey(Signer signer) {
        this.signer = signer;
    }

    /** A handle for the JDK's TLS; installs the provider that signs with it. */
    public static OpaquePrivateKey of(Signer signer) {
        if (!signer.key().algorithm().isEcdsa()) {
            throw new IllegalArgumentException(
                    "signer: an ECDSA key expected, got " + signer.key().algorithm());
        }
        SignerProvider.install();
        return new OpaquePrivateKey(signer);
    }

    Signer signer() {
        return signer;
    }

    @Override
    public String getAlgorithm() {
        return "EC";
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public String toString() {
        return "OpaquePrivateKey[" + signer.key() + "]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(OpaquePrivateKey.class.getName());
    }
}
