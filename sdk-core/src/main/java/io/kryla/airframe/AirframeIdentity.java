package io.kryla.airframe;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LogKeyEndorsement;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What provisioning left on the airframe, read back and checked from the root hash on. Immutable. */
final class AirframeIdentity {
    private final ClaimGrant grant;
    private final TlsIdentity tls;
    private final TrustedBundle bundle;
    private final List<X509CRL> crls;
    private final Envelope logKeyEndorsement;
    private final LeafProof birth;
    private final Digest ownerCaKeySha256;

    private AirframeIdentity(
            ClaimGrant grant,
            TlsIdentity tls,
            TrustedBundle bundle,
            List<X509CRL> crls,
            Envelope logKeyEndorsement,
            LeafProof birth,
            Digest ownerCaKeySha256) {
        this.grant = grant;
        this.tls = tls;
        this.bundle = bundle;
        this.crls = List.copyOf(crls);
        this.logKeyEndorsement = logKeyEndorsement;
        this.birth = birth;
        this.ownerCaKeySha256 = ownerCaKeySha256;
    }

    /** @throws KrylaException NOT_PROVISIONED when an entry is missing or does not fit the others */
    static AirframeIdentity read(AirframeStorage storage, SecureElement secureElement) {
        try {
            CertIssue issue = CertIssue.parseFrom(entry(storage, StorageEntry.CERT_ISSUE));
            CertificateChain chain = CertificateChain.fromDer(issue.getChainList().stream()
                            .map(ByteString::toByteArray)
                            .collect(Collectors.toList()))
                    .orElseThrow(() -> notProvisioned("the IDevID chain cannot be read"));
            ClaimGrant grant = ClaimGrant.parseFrom(entry(storage, StorageEntry.CLAIM_GRANT));
            return new AirframeIdentity(
                    grant,
                    tlsIdentity(secureElement, chain),
                    bundle(chain, digest(storage, StorageEntry.ROOT_SHA256), issue.getTrustBundle()),
                    crls(issue),
                    endorsement(
                            Envelope.parseFrom(entry(storage, StorageEntry.LOG_KEY_ENDORSEMENT)), secureElement, grant),
                    BirthCommit.parseFrom(entry(storage, StorageEntry.BIRTH_COMMIT))
                            .getProof(),
                    digest(storage, StorageEntry.OWNER_CA_KEY_SHA256));
        } catch (InvalidProtocolBufferException e) {
            throw notProvisioned("an entry is not the message it should be");
        }
    }

    String serial() {
        return grant.getSerial();
    }

    String originPrefix() {
        return grant.getOriginPrefix();
    }

    TlsIdentity tls() {
        return tls;
    }

    TrustedBundle bundle() {
        return bundle;
    }

    List<X509CRL> crls() {
        return crls;
    }

    Envelope logKeyEndorsement() {
        return logKeyEndorsement;
    }

    LeafProof birth() {
        return birth;
    }

    Digest ownerCaKeySha256() {
        return ownerCaKeySha256;
    }

    /** The latest time that is proven to have passed: the birth's cosignatures, or at least the bundle's issue. */
    Instant provenPast() {
        Instant issued = bundle.issuedAt();
        return LedgerProofVerifier.of(bundle).verify(birth) instanceof ProofResult.Proven proven
                        && proven.cosignedAt().isAfter(issued)
                ? proven.cosignedAt()
                : issued;
    }

    private static byte[] entry(AirframeStorage storage, StorageEntry entry) {
        return storage.read(entry).orElseThrow(() -> notProvisioned("entry " + entry + " is missing"));
    }

    private static Digest digest(AirframeStorage storage, StorageEntry entry) {
        return Digest.parse(entry(storage, entry)).orElseThrow(() -> notProvisioned("entry " + entry + " is no hash"));
    }

    private static TlsIdentity tlsIdentity(SecureElement secureElement, CertificateChain chain) {
        try {
            return new TlsIdentity(secureElement.identityKey(), chain);
        } catch (IllegalArgumentException e) {
            throw notProvisioned("the certificate is not over the secure element's key");
        }
    }

    private static TrustedBundle bundle(CertificateChain chain, Digest rootSha256, Envelope envelope) {
        X509Certificate root = chain.certificates().get(chain.certificates().size() - 1);
        if (!Certificates.sha256(root).equals(rootSha256)) {
            throw notProvisioned("the chain does not end with the root that the firmware knows");
        }
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(root, envelope, OptionalLong.empty());
        if (opened instanceof DocumentResult.Verified<TrustedBundle> verified) {
            return verified.document();
        }
        throw notProvisioned("the trust bundle is not the root's");
    }

    private static List<X509CRL> crls(CertIssue issue) {
        if (issue.getCrlsCount() > CrlSet.MOST) {
            throw notProvisioned(
                    issue.getCrlsCount() + " revocation lists are stored, at most " + CrlSet.MOST + " are read");
        }
        return issue.getCrlsList().stream()
                .map(der -> Certificates.crlFromDer(der.toByteArray())
                        .orElseThrow(() -> notProvisioned("a revocation list cannot be read")))
                .collect(Collectors.toList());
    }

    /** The endorsement is what a ground believes; it has to be of the key that signs this boot's log. */
    private static Envelope endorsement(Envelope stored, SecureElement secureElement, ClaimGrant grant)
            throws InvalidProtocolBufferException {
        DsseResult verified = DsseVerifier.verify(
                stored,
                PayloadType.LOG_KEY_ENDORSEMENT,
                Set.of(secureElement.identityKey().key()),
                1);
        if (!(verified instanceof DsseResult.Verified)) {
            throw notProvisioned("the log key's endorsement is not signed by the secure element's identity key");
        }
        LogKeyEndorsement endorsement = LogKeyEndorsement.parseFrom(stored.getPayload());
        boolean fits = endorsement.getSerial().equals(grant.getSerial())
                && endorsement.getOriginPrefix().equals(grant.getOriginPrefix())
                && endorsement.getLogKey().equals(secureElement.logKey().key().toProto());
        if (!fits) {
            throw notProvisioned("the endorsement names another serial, origin or log key");
        }
        return stored;
    }

    private static KrylaException notProvisioned(String why) {
        return new KrylaException(
                "NOT_PROVISIONED", "this airframe cannot boot as a born one: " + why + "; provision it again", false);
    }
}
