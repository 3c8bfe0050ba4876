package io.kryla.factory.pki;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.util.List;

/** The licensor's offline root: issues design CAs and nothing else. Path length 2, 25 years. */
public final class RootCa extends RevocationLists {
    private static final Period VALIDITY = Period.ofYears(25);
    private static final Period DESIGN_CA_VALIDITY = Period.ofYears(15);

    private RootCa(Issuer issuer) {
        super(issuer);
    }

    /** Makes the self-signed certificate of a new root. */
    public static RootCa create(PartyName licensor, Signer key, Instant notBefore, SecureRandom random) {
        X509Certificate certificate = Issuer.selfSign(
                key,
                random,
                licensor.withCommonName("Kryla root"),
                notBefore,
                Validity.end(notBefore, VALIDITY),
                Profiles.root());
        return open(certificate, key, random);
    }

    /** Continues with an existing root certificate. */
    public static RootCa open(X509Certificate certificate, Signer key, SecureRandom random) {
        return new RootCa(new Issuer(new CertificateChain(List.of(certificate)), key, random));
    }

    public X509Certificate certificate() {
        return issuer.certificate();
    }

    /** Certifies a design CA's key; the result is the chain from it to the root. */
    public CertificateChain issueDesignCa(PartyName licensor, String design, VerificationKey key, Instant notBefore) {
        Issuer.requireCaKey(key);
        return issuer.chainOf(issuer.issue(
                licensor.withCommonName("Design CA " + design),
                key,
                notBefore,
                Validity.end(notBefore, DESIGN_CA_VALIDITY),
                Profiles.designCa()));
    }
}
