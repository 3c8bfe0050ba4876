package io.kryla.ground.fleet;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PolicyNode;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        Optional<String> license = claimedLicense(untrusted);
        if (license.isEmpty()) {
            return new PeerDecision.Refused("PATH", "the chain does not lead to the root under one license");
        }
        // The certificate's own word for the time: CAs outlive their validity. The birth's cosigned time comes later.
        PathResult path = PathValidator.of(root)
                .validateIdevid(
                        untrusted,
                        license.get(),
                        untrusted.leaf().getNotBefore().toInstant(),
                        crls.get());
        if (path instanceof PathResult.Rejected rejected) {
            return new PeerDecision.Refused(rejected.code().name(), rejected.reason());
        }
        return new PeerDecision.Accepted();
    }

    /** The one policy that is valid for the whole path (RFC 5280 §6.1.5 (g)). */
    private Optional<String> claimedLicense(CertificateChain untrusted) {
        List<X509Certificate> path = new ArrayList<>(untrusted.certificates());
        path.removeIf(root::equals);
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setExplicitPolicyRequired(true);
            parameters.setDate(Date.from(untrusted.leaf().getNotBefore().toInstant()));
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            PolicyNode node = result.getPolicyTree();
            while (node != null && node.getDepth() < path.size()) {
                Iterator<? extends PolicyNode> children = node.getChildren();
                node = children.hasNext() ? children.next() : null;
                if (children.hasNext()) {
                    return Optional.empty();
                }
            }
            return Optional.ofNullable(node).map(PolicyNode::getValidPolicy);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
