package io.kryla.factory.pki;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certificate signing request (PKCS#10, RFC 2986) that was signed by the key it asks for: possession is proven.
 *
 * <p>The subject asked for is ignored: the line knows the serial. What the caller must still compare is the challenge.
 *
 * @param key P-256
 * @param challenge challengePassword (RFC 2985 §5.4.1)
 */
public record SigningRequest(VerificationKey key, String challenge) {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_CHALLENGE_LENGTH = 255;

    /** Reads untrusted DER; empty unless it is well-formed, for a P-256 key, signed by it, and holds one challenge. */
    public static Optional<SigningRequest> verify(byte[] untrustedDer) {
        if (untrustedDer.length > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(untrustedDer);
            Optional<VerificationKey> key = VerificationKey.fromSpki(
                            request.getSubjectPublicKeyInfo().getEncoded())
                    .filter(k -> k.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256);
            if (key.isEmpty() || !isSignedByItsKey(request)) {
                return Optional.empty();
            }
            return challengeOf(request).map(challenge -> new SigningRequest(key.get(), challenge));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException hostile) {
            return Optional.empty(); // Bouncy Castle's ASN.1 classes throw unchecked on hostile structure
        }
    }

    private static boolean isSignedByItsKey(PKCS10CertificationRequest request)
            throws IOException, OperatorCreationException, PKCSException {
        // The builder checks the request's own algorithm against the key's: an Ed25519 or RSA algorithm id throws.
        return request.isSignatureValid(
                new BcECContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder())
                        .build(PublicKeyFactory.createKey(request.getSubjectPublicKeyInfo())));
    }

    private static Optional<String> challengeOf(PKCS10CertificationRequest request) {
        Attribute[] attributes = request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword);
        if (attributes.length != 1 || attributes[0].getAttrValues().size() != 1) {
            return Optional.empty();
        }
        ASN1Encodable value = attributes[0].getAttributeValues()[0];
        if (!(value instanceof ASN1String)) {
            return Optional.empty();
        }
        String text = ((ASN1String) value).getString();
        return text.isEmpty() || text.length() > MAX_CHALLENGE_LENGTH ? Optional.empty() : Optional.of(text);
    }
}
