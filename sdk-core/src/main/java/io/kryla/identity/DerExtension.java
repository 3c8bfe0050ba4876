package io.kryla.identity;

import java.io.IOException;
import java.security.cert.X509Extension;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;

/** Reads an extension of an untrusted certificate or revocation list. */
final class DerExtension {
    private DerExtension() {}

    /** The value inside the extension's octet string; empty when it is absent or malformed. */
    static <T> Optional<T> read(X509Extension holder, String oid, Function<ASN1Primitive, T> reader) {
        byte[] wrapped = holder.getExtensionValue(oid);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(ASN1Primitive.fromByteArray(
                    ASN1OctetString.getInstance(wrapped).getOctets())));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle reports malformed content by various unchecked exceptions
            return Optional.empty();
        }
    }
}
