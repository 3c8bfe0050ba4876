package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.LogKeyEndorsement;
import io.kryla.v1.NamedKey;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.TrustBundle;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** A licensor's root, a line with its ground, and what provisioning would have left on one airframe. */
public final class TestLine {
    static final String SERIAL = "KRYLA5TEST1";
    static final String ORIGIN_PREFIX = "kryla.example/flight/" + SERIAL;
    static final String GROUND_ROLE = "1.3.6.1.4.1.32473.1.1";
    static final String STATION_ROLE = "1.3.6.1.4.1.32473.1.2";
    static final String OPERATOR_ROLE = "1.3.6.1.4.1.32473.1.3";
    static final String LICENSE = "1.3.6.1.4.1.32473.2.1";
    static final InstantSource CLOCK = InstantSource.fixed(TestCa.ISSUED.plusSeconds(86_400));

    final SecureRandom random = new SecureRandom();
    final TestCa root = TestCa.root(random);
    final TestCa design = root.designCa(random);
    public final TestCa operations = design.operationsCa(random, "Line", GROUND_ROLE, STATION_ROLE, OPERATOR_ROLE);

    /** A ground of that operations CA. */
    public TlsIdentity ground(TestCa operationsCa) {
        return leafOf(operationsCa, "C=DE,O=Line,CN=ground-1", GROUND_ROLE);
    }

    TlsIdentity leafOf(TestCa issuer, String subject, String policyOid) {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random);
        X509Certificate certificate = issuer.leaf(subject, key.key(), policyOid, true);
        return new TlsIdentity(
                key,
                new CertificateChain(List.of(certificate, issuer.certificate, design.certificate, root.certificate)));
    }

    SecureElement secureElement() {
        return new MemorySecureElement(
                SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, random));
    }

    private record MemorySecureElement(Signer identityKey, Signer logKey) implements SecureElement {}

    /** Writes what provisioning writes; the birth proof stays empty, since the airframe does not depend on it. */
    AirframeStorage provisioned(Path folder, SecureElement element, X509CRL... crls) throws Exception {
        AirframeStorage storage = FolderStorage.in(folder.resolve("storage"));
        X509Certificate idevid = operations.leaf(
                "C=DE,O=Line,OU=DE-01,SERIALNUMBER=" + SERIAL,
                element.identityKey().key(),
                LICENSE,
                false);
        CertIssue.Builder issue = CertIssue.newBuilder().setTrustBundle(bundle());
        for (X509Certificate certificate :
                List.of(idevid, operations.certificate, design.certificate, root.certificate)) {
            issue.addChain(ByteString.copyFrom(certificate.getEncoded()));
        }
        for (X509CRL crl : crls.length > 0 ? crls : new X509CRL[] {root.crl(), design.crl(), operations.crl()}) {
            issue.addCrls(ByteString.copyFrom(crl.getEncoded()));
        }
        storage.write(
                StorageEntry.ROOT_SHA256,
                Digest.sha256(root.certificate.getEncoded()).bytes());
        storage.write(StorageEntry.CERT_ISSUE, issue.build().toByteArray());
        storage.write(
                StorageEntry.CLAIM_GRANT,
                ClaimGrant.newBuilder()
                        .setSerial(SERIAL)
                        .setOriginPrefix(ORIGIN_PREFIX)
                        .setLine("DE-01")
                        .build()
                        .toByteArray());
        storage.write(StorageEntry.LOG_KEY_ENDORSEMENT, endorsement(element).toByteArray());
        storage.write(
                StorageEntry.OWNER_CA_KEY_SHA256,
                Digest.sha256(operations.certificate.getPublicKey().getEncoded())
                        .bytes());
        storage.write(
                StorageEntry.BIRTH_COMMIT, BirthCommit.newBuilder().build().toByteArray());
        return storage;
    }

    AirframeAgentBuilder agent(AirframeStorage storage, SecureElement element) {
        return AirframeAgent.builder()
                .storage(storage)
                .secureElement(element)
                .firmware(new TestFirmware())
                .clock(CLOCK)
                .monotonicNanos(System::nanoTime)
                .random(random);
    }

    private static Envelope endorsement(SecureElement element) {
        LogKeyEndorsement endorsement = LogKeyEndorsement.newBuilder()
                .setSerial(SERIAL)
                .setOriginPrefix(ORIGIN_PREFIX)
                .setLogKey(element.logKey().key().toProto())
                .build();
        return DsseSigner.sign(PayloadType.LOG_KEY_ENDORSEMENT, endorsement.toByteArray(), element.identityKey());
    }

    private Envelope bundle() throws Exception {
        TrustBundle bundle = TrustBundle.newBuilder()
                .setRevision(1)
                .setIssuedAtUnixSeconds(TestCa.ISSUED.getEpochSecond())
                .setRootCertificateSha256(ByteString.copyFrom(
                        Digest.sha256(root.certificate.getEncoded()).bytes()))
                .addLicenseKeys(namedKey("license-1"))
                .setLicenseThreshold(1)
                .addWitnesses(namedKey("witness.example/w1"))
                .setWitnessQuorum(1)
                .setPolicyOids(PolicyOids.newBuilder()
                        .setGroundRole(GROUND_ROLE)
                        .setStationRole(STATION_ROLE)
                        .setOperatorRole(OPERATOR_ROLE))
                .setMakerCode("KRYL")
                .build();
        return DsseSigner.sign(PayloadType.TRUST_BUNDLE, bundle.toByteArray(), root.key);
    }

    private NamedKey namedKey(String holder) {
        return NamedKey.newBuilder()
                .setHolderId(holder)
                .setKey(SoftwareSigner.generate(SignatureAlgorithm.ED25519, random)
                        .key()
                        .toProto())
                .build();
    }

    private static final class TestFirmware implements FirmwareSlot {
        @Override
        public Digest imageSha256() {
            return Digest.sha256(new byte[] {1});
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public void install(FirmwareManifest verifiedManifest) {
            throw new IllegalStateException("not part of these tests");
        }
    }
}
