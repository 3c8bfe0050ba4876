package io.kryla.ground.fleet;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/**
 * Judges an airframe by its chain alone, before its first message: some license's IDevID, not revoked. Which license, and
 * whether the birth stands in the ledger, is judged with its {@code Hello}.
 */
final class AirframePeerCheck implements PeerCheck {
    private final X509Certificate root;
    private final Supplier<CrlSet> crls;

    AirframePeerCheck(X509Certificate root, Supplier<CrlSet> crls) {
        this.root = root;
        this.crls = crls;
    }

    @Override
    public PeerDecision check(CertificateChain untrusted, String alpn) {
        // The certificate's own word for the time: CAs outlive their validity. The birth's cosigned time comes later.
        PathResult path = PathValidator.of(root)
                .validateIdevidOfAnyLicense(
                        untrusted, untrusted.leaf().getNotBefore().toInstant(), crls.get());
        return path instanceof PathResult.Rejected rejected
                ? new PeerDecision.Refused(rejected.code().name(), rejected.reason())
                : new PeerDecision.Accepted();
    }
}
