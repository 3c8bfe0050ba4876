package io.kryla.factory.pki;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * One party's authority for those who work with airframes: grounds, stations, operators. Path length 0, 5 years.
 *
 * <p>Subjects hold ids of cards and stations, never a person's name.
 */
public final class OperationsCa extends RevocationLists {
    private static final Period STATION_VALIDITY = Period.ofYears(1);
    private static final Duration OPERATOR_VALIDITY_AT_MOST = Duration.ofHours(24);

    private final PartyName party;

    private OperationsCa(Issuer issuer, PartyName party) {
        super(issuer);
        this.party = party;
    }

    /**
     * @param chain the operations CA's certificate, the design CA's, the root's
     * @param party owner of what is certified
     */
    public static OperationsCa open(CertificateChain chain, PartyName party, Signer key, SecureRandom random) {
        return new OperationsCa(new Issuer(chain, key, random), party);
    }

    public CertificateChain chain() {
        return issuer.chain();
    }

    /** A ground station: the TLS server that airframes connect to. One year. */
    public CertificateChain issueGround(VerificationKey key, String groundId, String rolePolicyOid, Instant notBefore) {
        return issue(
                key,
                groundId,
                rolePolicyOid,
                notBefore,
                yearFrom(notBefore),
                Optional.of(KeyPurposeId.id_kp_serverAuth));
    }

    /** A station of a line: the TLS server that provisions, and the key that signs the line's records. One year. */
    public CertificateChain issueStation(
            VerificationKey key, String stationId, String rolePolicyOid, Instant notBefore) {
        return issue(
                key,
                stationId,
                rolePolicyOid,
                notBefore,
                yearFrom(notBefore),
                Optional.of(KeyPurposeId.id_kp_serverAuth));
    }

    /**
     * An operator's badge, for 24 hours at most.
     *
     * @param personId the same on every card of a person, see {@link io.kryla.identity.Holder#personId}
     */
    public CertificateChain issueOperator(
            VerificationKey key,
            String cardId,
            String personId,
            String rolePolicyOid,
            Instant notBefore,
            Duration validity) {
        if (validity.isNegative() || validity.isZero() || validity.compareTo(OPERATOR_VALIDITY_AT_MOST) > 0) {
            throw new IllegalArgumentException("validity: up to 24 hours expected, got " + validity);
        }
        Leaves.requireP256(key);
        return issuer.chainOf(issuer.issue(
                party.withPerson(cardId, personId),
                key,
                notBefore,
                notBefore.plus(validity),
                Profiles.role(rolePolicyOid, Optional.empty())));
    }

    private CertificateChain issue(
            VerificationKey key,
            String id,
            String rolePolicyOid,
            Instant notBefore,
            Instant notAfter,
            Optional<KeyPurposeId> purpose) {
        Leaves.requireP256(key);
        return issuer.chainOf(issuer.issue(
                party.withCommonName(id), key, notBefore, notAfter, Profiles.role(rolePolicyOid, purpose)));
    }

    private static Instant yearFrom(Instant notBefore) {
        return Validity.end(notBefore, STATION_VALIDITY);
    }
}
