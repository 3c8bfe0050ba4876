package io.kryla.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.tlog.CosignatureVerifier;
import io.kryla.v1.Envelope;
import io.kryla.v1.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The licensor's trust bundle after verification: signed by the root key, of that root, not rolled back, and free of
 * contradictions. Every other verification starts from it. Immutable.
 */
public final class TrustedBundle {
    private final X509Certificate root;
    private final Envelope envelope;
    private final TrustBundle content;
    private final Digest payloadSha256;
    private final BundleContent parsed;

    private TrustedBundle(
            X509Certificate root, Envelope envelope, TrustBundle content, Digest payloadSha256, BundleContent parsed) {
        this.root = root;
        this.envelope = envelope;
        this.content = content;
        this.payloadSha256 = payloadSha256;
        this.parsed = parsed;
    }

    /**
     * Verifies an untrusted bundle (protocol.md §3.3).
     *
     * @param root known beforehand, from outside the material to be verified
     * @param knownRevision the highest revision ever seen here; an older one is refused
     */
    public static DocumentResult<TrustedBundle> open(
            X509Certificate root, Envelope untrusted, OptionalLong knownRevision) {
        Optional<VerificationKey> rootKey =
                VerificationKey.fromSpki(root.getPublicKey().getEncoded());
        if (rootKey.isEmpty()) {
            return rejected(DocumentRejection.WRONG_ROOT, "the root has a key of an unknown kind");
        }
        DsseResult signed = DsseVerifier.verify(untrusted, PayloadType.TRUST_BUNDLE, Set.of(rootKey.get()), 1);
        if (signed instanceof DsseResult.Rejected rejected) {
            return rejected(DocumentRejection.of(rejected.code()), rejected.reason());
        }
        byte[] payload = ((DsseResult.Verified) signed).payload();
        TrustBundle content;
        try {
            content = TrustBundle.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            return rejected(DocumentRejection.MALFORMED, "the payload is no trust bundle");
        }
        if (!Certificates.sha256(root)
                .matches(content.getRootCertificateSha256().toByteArray())) {
            return rejected(DocumentRejection.WRONG_ROOT, "the bundle names another root certificate");
        }
        if (knownRevision.isPresent() && content.getRevision() < knownRevision.getAsLong()) {
            return rejected(
                    DocumentRejection.BUNDLE_ROLLBACK,
                    "revision " + knownRevision.getAsLong() + " is known, got " + content.getRevision());
        }
        return BundleContent.parse(content)
                .<DocumentResult<TrustedBundle>>map(parsed -> new DocumentResult.Verified<>(
                        new TrustedBundle(root, untrusted, content, Digest.sha256(payload), parsed)))
                .orElseGet(() -> rejected(DocumentRejection.MALFORMED, "the bundle contradicts itself"));
    }

    private static DocumentResult<TrustedBundle> rejected(DocumentRejection code, String reason) {
        return new DocumentResult.Rejected<>(code, reason);
    }

    public X509Certificate root() {
        return root;
    }

    /** The envelope as received. */
    public Envelope envelope() {
        return envelope;
    }

    public long revision() {
        return content.getRevision();
    }

    /** What the next revision names as its predecessor. */
    public Digest payloadSha256() {
        return payloadSha256;
    }

    public Instant issuedAt() {
        return Instant.ofEpochSecond(content.getIssuedAtUnixSeconds());
    }

    public Set<VerificationKey> licenseKeys() {
        return Set.copyOf(parsed.licenseKeys().values());
    }

    public int licenseThreshold() {
        return content.getLicenseThreshold();
    }

    /** By note name, in the bundle's order. */
    public List<CosignatureVerifier> witnesses() {
        return parsed.witnesses();
    }

    /** How many distinct witnesses have to have cosigned. */
    public int witnessQuorum() {
        return content.getWitnessQuorum();
    }

    public Collection<LedgerIdentity> ledgers() {
        return parsed.ledgers().values();
    }

    /** The ledger that the licensor lists under this origin. */
    public Optional<LedgerIdentity> ledger(String origin) {
        return Optional.ofNullable(parsed.ledgers().get(origin));
    }

    /** Key of the export officer with that id. */
    public Optional<VerificationKey> officer(String id) {
        return Optional.ofNullable(parsed.officers().get(id));
    }

    /** Key of the export centre with that id. */
    public Optional<VerificationKey> centre(String id) {
        return Optional.ofNullable(parsed.centres().get(id));
    }

    /** All export centres by id. */
    public Map<String, VerificationKey> centres() {
        return parsed.centres();
    }

    /** The certificate policy of a role, in dotted decimal. */
    public String policyOid(Role role) {
        return Objects.requireNonNull(parsed.rolePolicies().get(role), "every role has a policy");
    }

    /** The role whose policy that is. */
    public Optional<Role> role(String policyOid) {
        return parsed.rolePolicies().entrySet().stream()
                .filter(entry -> entry.getValue().equals(policyOid))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    public String makerCode() {
        return content.getMakerCode();
    }

    /** False as long as the registry has not assigned the maker code to the licensor. */
    public boolean makerCodeAssigned() {
        return content.getMakerCodeAssigned();
    }
}
