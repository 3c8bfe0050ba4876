package io.kryla.factory.pki;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.security.SecureRandom;
import java.time.Instant;

/** A production line's authority: issues IDevID certificates (IEEE 802.1AR), one policy each. Path length 0, 5 years. */
public final class LineCa extends RevocationLists {
    private final PartyName line;

    private LineCa(Issuer issuer, PartyName line) {
        super(issuer);
        this.line = line;
    }

    /**
     * @param chain the line CA's certificate, the design CA's, the root's
     * @param line the name that the certificate's constraint permits
     */
    public static LineCa open(CertificateChain chain, PartyName line, Signer key, SecureRandom random) {
        return new LineCa(new Issuer(chain, key, random), line);
    }

    public CertificateChain chain() {
        return issuer.chain();
    }

    /**
     * Certifies an airframe's key, without end (9999-12-31T23:59:59Z).
     *
     * @param key proven by the request, see {@link SigningRequest}
     * @param licensePolicyOid the one license that the unit is built under
     * @param designOid hardware type in the SAN (RFC 4108)
     * @param serial unit's serial number, in the subject and in the SAN
     */
    public CertificateChain issueIdevid(
            VerificationKey key, String licensePolicyOid, String designOid, String serial, Instant notBefore) {
        Leaves.requireP256(key);
        return issuer.chainOf(issuer.issue(
                line.withSerialNumber(serial),
                key,
                notBefore,
                Validity.NEVER_ENDS,
                Profiles.idevid(licensePolicyOid, designOid, serial)));
    }
}
