package io.kryla.factory.pki;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.Period;
import java.util.Collection;

/** The licensor's authority for one design: issues line CAs and operations CAs. Path length 1, 15 years. */
public final class DesignCa extends RevocationLists {
    private static final Period LINE_CA_VALIDITY = Period.ofYears(5);
    private static final Period OPERATIONS_CA_VALIDITY = Period.ofYears(5);

    private DesignCa(Issuer issuer) {
        super(issuer);
    }

    /** @param chain the design CA's certificate, then the root's */
    public static DesignCa open(CertificateChain chain, Signer key, SecureRandom random) {
        return new DesignCa(new Issuer(chain, key, random));
    }

    public CertificateChain chain() {
        return issuer.chain();
    }

    /**
     * Certifies a line CA's key: the line can issue under these licenses and this name only.
     *
     * @param line its unit is the line, such as {@code DE-01}
     * @param licensePolicyOids the new license's and all earlier ones of the line
     */
    public CertificateChain issueLineCa(
            PartyName line, VerificationKey key, Collection<String> licensePolicyOids, Instant notBefore) {
        Issuer.requireCaKey(key);
        String name = line.unit()
                .orElseThrow(() -> new IllegalArgumentException("line: a name with a unit expected, got " + line));
        requirePolicies(licensePolicyOids);
        return issuer.chainOf(issuer.issue(
                line.withCommonName("Line CA " + name),
                key,
                notBefore,
                Validity.end(notBefore, LINE_CA_VALIDITY),
                Profiles.lineCa(licensePolicyOids, line)));
    }

    /** Certifies the key of one party's operations CA, which names the party's grounds, stations and operators. */
    public CertificateChain issueOperationsCa(
            PartyName party, VerificationKey key, Collection<String> rolePolicyOids, Instant notBefore) {
        Issuer.requireCaKey(key);
        requirePolicies(rolePolicyOids);
        return issuer.chainOf(issuer.issue(
                party.withCommonName("Operations CA"),
                key,
                notBefore,
                Validity.end(notBefore, OPERATIONS_CA_VALIDITY),
                Profiles.operationsCa(rolePolicyOids)));
    }

    private static void requirePolicies(Collection<String> oids) {
        if (oids.isEmpty()) {
            throw new IllegalArgumentException("policy OIDs: at least one expected");
        }
    }
}
