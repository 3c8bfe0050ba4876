package io.kryla.test;

import com.google.protobuf.ByteString;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.StorageEntry;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.Born;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.LogKeyEndorsement;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.Instant;

/** What provisioning leaves on an airframe: keys, certificates, a birth in the ledger. Lives as long as the airframe. */
public final class FakeIdentity {
    private static final Instant BORN_AT = TestLicensor.NOW.minusSeconds(3_600);

    private final String serial;
    private final SecureElement element;
    private final CertificateChain chain;
    private final MemoryStorage storage = new MemoryStorage();

    private FakeIdentity(TestLicensor licensor, String serial, boolean cosigned) {
        this.serial = serial;
        SecureRandom random = new SecureRandom();
        this.element = new MemorySecureElement(
                SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, random));
        this.chain = licensor.idevid(element.identityKey().key(), serial);
        store(licensor);
        birth(prove(licensor, cosigned));
    }

    /** Born, and the birth cosigned by a witness: every ground accepts it. */
    public static FakeIdentity born(TestLicensor licensor, String serial) {
        return new FakeIdentity(licensor, serial, true);
    }

    /** Born in the line's ledger, where no witness has seen it yet: only the line's own ground accepts it. */
    public static FakeIdentity bornAtTheLineOnly(TestLicensor licensor, String serial) {
        return new FakeIdentity(licensor, serial, false);
    }

    private static final class FixedFirmware implements FirmwareSlot {
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
            throw new UnsupportedOperationException("a fake airframe is not provisioned");
        }
    }

    private record MemorySecureElement(Signer identityKey, Signer logKey) implements SecureElement {}

    public String serial() {
        return serial;
    }

    public SecureElement secureElement() {
        return element;
    }

    /** Version 1.0.0, which stays: installing another throws. */
    public FirmwareSlot firmware() {
        return new FixedFirmware();
    }

    /** Of the IDevID, the root last. */
    public CertificateChain chain() {
        return chain;
    }

    public MemoryStorage storage() {
        return storage;
    }

    /** Replaces the proof of its birth. */
    public FakeIdentity birth(LeafProof proof) {
        storage.write(
                StorageEntry.BIRTH_COMMIT,
                BirthCommit.newBuilder().setProof(proof).build().toByteArray());
        return this;
    }

    /** Presents the endorsement of its log key for another serial. */
    public FakeIdentity endorseLogKeyFor(String endorsedSerial) {
        storage.write(
                StorageEntry.LOG_KEY_ENDORSEMENT, endorsement(endorsedSerial).toByteArray());
        return this;
    }

    /** The certified key's word that the log key is that of this serial. */
    public Envelope endorsement(String endorsedSerial) {
        LogKeyEndorsement endorsement = LogKeyEndorsement.newBuilder()
                .setSerial(endorsedSerial)
                .setOriginPrefix(originPrefix())
                .setLogKey(element.logKey().key().toProto())
                .build();
        return DsseSigner.sign(PayloadType.LOG_KEY_ENDORSEMENT, endorsement.toByteArray(), element.identityKey());
    }

    /** The leaf of its birth. */
    public LedgerLeaf born() {
        return LedgerLeaf.newBuilder()
                .setRecordedAtUnixMillis(BORN_AT.toEpochMilli())
                .setActorId("card-1")
                .setSerial(serial)
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid(TestLicensor.LICENSE_OID)
                        .setLicenseRevision(1)
                        .setIdevidCertificateSha256(bytes(Certificates.sha256(chain.leaf())))
                        .setIdevidKeySha256(bytes(element.identityKey().key().spkiSha256())))
                .build();
    }

    private String originPrefix() {
        return "kryla.example/flight/" + serial;
    }

    private LeafProof prove(TestLicensor licensor, boolean cosigned) {
        long index = licensor.ledger().append(born());
        SignedCheckpoint checkpoint = cosigned
                ? licensor.ledger().cosigned(BORN_AT)
                : licensor.ledger().checkpoint();
        return licensor.ledger().proof(born(), index, checkpoint);
    }

    private void store(TestLicensor licensor) {
        CertIssue.Builder issue = CertIssue.newBuilder().setTrustBundle(licensor.standingBundle());
        chain.toDer().forEach(der -> issue.addChain(ByteString.copyFrom(der)));
        for (X509CRL list : licensor.crls().crls()) {
            issue.addCrls(ByteString.copyFrom(Certificates.toDer(list)));
        }
        storage.write(StorageEntry.CERT_ISSUE, issue.build().toByteArray());
        storage.write(
                StorageEntry.ROOT_SHA256,
                Certificates.sha256(licensor.root().certificate()).bytes());
        storage.write(
                StorageEntry.CLAIM_GRANT,
                ClaimGrant.newBuilder()
                        .setSerial(serial)
                        .setOriginPrefix(originPrefix())
                        .setLine(TestLicensor.LINE)
                        .build()
                        .toByteArray());
        storage.write(
                StorageEntry.OWNER_CA_KEY_SHA256,
                licensor.operationsCa().signer().key().spkiSha256().bytes());
        endorseLogKeyFor(serial);
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }
}
