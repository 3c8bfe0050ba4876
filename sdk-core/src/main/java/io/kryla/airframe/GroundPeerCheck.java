package io.kryla.airframe;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whom an airframe takes for its ground (protocol.md §4.3): a chain that leads from the licensor's root to a certificate of
 * the role GROUND, or STATION for maintenance, by way of the operations CA of the present owner, whose key is pinned. A
 * session's commands are authorised by this role and by nothing else.
 */
final class GroundPeerCheck implements PeerCheck {
    static final String ALPN = "kryla/1";

    private final AirframeIdentity identity;
    private final InstantSource time;

    GroundPeerCheck(AirframeIdentity identity, InstantSource time) {
        this.identity = identity;
        this.time = time;
    }

    @Override
    public PeerDecision check(CertificateChain untrusted, String alpn) {
        if (!alpn.equals(ALPN)) {
            return new PeerDecision.Refused("WRONG_ALPN", "protocol " + ALPN + " expected, got " + alpn);
        }
        if (!passesOwnerCa(untrusted)) {
            return new PeerDecision.Refused(
                    "FOREIGN_OWNER", "the certificate was not issued by the operations CA of this airframe's owner");
        }
        PathResult ground = validate(untrusted, Role.GROUND);
        if (ground instanceof PathResult.Rejected rejected
                && !(validate(untrusted, Role.STATION) instanceof PathResult.Valid)) {
            return new PeerDecision.Refused(rejected.code().name(), rejected.reason());
        }
        return new PeerDecision.Accepted();
    }

    /** The role of a peer that was accepted. */
    Role roleOf(CertificateChain accepted) {
        return validate(accepted, Role.GROUND) instanceof PathResult.Valid ? Role.GROUND : Role.STATION;
    }

    private PathResult validate(CertificateChain untrusted, Role role) {
        Instant now = time.instant();
        return PathValidator.of(identity.bundle().root())
                .validateRole(
                        untrusted, role, identity.bundle(), now, new CrlSet(identity.crls(), CrlProfile.FIELD, now));
    }

    private boolean passesOwnerCa(CertificateChain chain) {
        return chain.certificates().size() > 1 && isOwnerCa(chain.certificates().get(1));
    }

    private boolean isOwnerCa(X509Certificate issuer) {
        return Digest.sha256(issuer.getPublicKey().getEncoded()).equals(identity.ownerCaKeySha256());
    }
}
