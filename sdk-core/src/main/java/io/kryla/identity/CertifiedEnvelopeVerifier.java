package io.kryla.identity;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseRejection;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.v1.Envelope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies documents that carry the chain of the key that signed them: first the chain from the root for one role, then
 * the signature by exactly that key; nothing is decoded before. Immutable and safe for any thread.
 */
public final class CertifiedEnvelopeVerifier {
    private final TrustedBundle bundle;
    private final Set<Role> roles;
    private final CrlSet crls;
    private final Optional<String> line;

    private CertifiedEnvelopeVerifier(TrustedBundle bundle, Set<Role> roles, CrlSet crls, Optional<String> line) {
        this.bundle = bundle;
        this.roles = Set.copyOf(roles);
        this.crls = crls;
        this.line = line;
    }

    /** Accepts every party that the root lets hold the role. */
    public static CertifiedEnvelopeVerifier of(TrustedBundle bundle, Role role, CrlSet crls) {
        return ofAny(bundle, Set.of(role), crls);
    }

    /** Accepts every party that the root lets hold one of the roles; the result says which. */
    public static CertifiedEnvelopeVerifier ofAny(TrustedBundle bundle, Set<Role> roles, CrlSet crls) {
        return new CertifiedEnvelopeVerifier(bundle, roles, crls, Optional.empty());
    }

    /**
     * The same for one production line: the certificate names it as its unit, and so does the operations CA that issued
     * the certificate, since nothing else keeps one party's operations CA from naming another party.
     */
    public CertifiedEnvelopeVerifier ofLine(String name) {
        return new CertifiedEnvelopeVerifier(bundle, roles, crls, Optional.of(name));
    }

    /** @param at when the certificate has to have been valid */
    public CertifiedResult verify(Envelope untrusted, String payloadType, Instant at) {
        if (untrusted.getSignaturesCount() != 1) {
            return rejected(DsseRejection.MALFORMED.name(), "exactly one signature expected");
        }
        Optional<CertificateChain> chain =
                CertificateChain.fromDer(untrusted.getSignatures(0).getCertificateChainList().stream()
                        .map(ByteString::toByteArray)
                        .toList());
        if (chain.isEmpty()) {
            return rejected(PathRejection.PATH.name(), "a certificate chain beside the signature expected");
        }
        PathResult path = PathValidator.of(bundle.root()).validateAnyRole(chain.get(), roles, bundle, at, crls);
        if (path instanceof PathResult.Rejected rejected) {
            return rejected(rejected.code().name(), rejected.reason());
        }
        PathResult.Valid valid = (PathResult.Valid) path;
        if (line.isPresent() && !isOfLine(line.get(), chain.get())) {
            return rejected(
                    PathRejection.NAME.name(), "a certificate of line " + line.get() + ", by its own CA, expected");
        }
        DsseResult signed = DsseVerifier.verify(withoutChain(untrusted), payloadType, Set.of(valid.key()), 1);
        if (signed instanceof DsseResult.Rejected rejected) {
            return rejected(rejected.code().name(), rejected.reason());
        }
        return new CertifiedResult.Verified(
                ((DsseResult.Verified) signed).payload(), valid.key(), role(valid), valid.holder(), chain.get());
    }

    private Role role(PathResult.Valid valid) {
        return bundle.role(valid.policyOid())
                .orElseThrow(() -> new IllegalStateException("a path is validated under the policy of a role"));
    }

    private static boolean isOfLine(String line, CertificateChain valid) {
        SubjectName holder = SubjectName.of(valid.leaf());
        SubjectName issuer = SubjectName.of(valid.certificates().get(1));
        return holder.unit().equals(Optional.of(line))
                && issuer.unit().equals(holder.unit())
                && issuer.organisation().equals(holder.organisation());
    }

    private static Envelope withoutChain(Envelope envelope) {
        return envelope.toBuilder()
                .setSignatures(0, envelope.getSignatures(0).toBuilder().clearCertificateChain())
                .build();
    }

    private static CertifiedResult rejected(String code, String reason) {
        return new CertifiedResult.Rejected(code, reason);
    }
}
