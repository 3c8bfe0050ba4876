package io.kryla.airframe;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.identity.CertificateChain;
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
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
            return new AirframeIdentity(
                    ClaimGrant.parseFrom(entry(storage, StorageEntry.CLAIM_GRANT)),
                    tlsIdentity(secureElement, chain),
                    bundle(chain, digest(storage, StorageEntry.ROOT_SHA256), issue.getTrustBundle()),
                    crls(issue),
                    Envelope.parseFrom(entry(storage, StorageEntry.LOG_KEY_ENDORSEMENT)),
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
        if (!Digest.sha256(encoded(root)).equals(rootSha256)) {
            throw notProvisioned("the chain does not end with the root that the firmware knows");
        }
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(root, envelope, OptionalLong.empty());
        if (opened instanceof DocumentResult.Verified<TrustedBundle> verified) {
            return verified.document();
        }
        throw notProvisioned("the trust bundle is not the root's");
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw notProvisioned("a certificate cannot be encoded");
        }
    }

    private static List<X509CRL> crls(CertIssue issue) {
        try {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            List<X509CRL> crls = new ArrayList<>();
            for (ByteString der : issue.getCrlsList()) {
                crls.add((X509CRL) x509.generateCRL(new ByteArrayInputStream(der.toByteArray())));
            }
            return crls;
        } catch (GeneralSecurityException e) {
            throw notProvisioned("a revocation list cannot be read");
        }
    }

    private static KrylaException notProvisioned(String why) {
        return new KrylaException(
                "NOT_PROVISIONED", "this airframe cannot boot as a born one: " + why + "; provision it again", false);
    }
}
