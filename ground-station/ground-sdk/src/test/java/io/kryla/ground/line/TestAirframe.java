package io.kryla.ground.line;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.StorageEntry;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.Born;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.FlightMode;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogKeyEndorsement;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** An airframe with everything that provisioning leaves behind: the real agent flies on it. */
public final class TestAirframe {
    public static final long STEP_NANOS = 20_000_000;
    public static final Instant BORN_AT = CertificateIssuer.ISSUED.plusSeconds(3_600);
    private static final Duration WALL = Duration.ofSeconds(20);

    public final String serial;
    public final SecureElement element;
    public final AirframeStorage storage;
    private final TestLine line;
    private final CertificateChain chain;

    private TestAirframe(TestLine line, String serial, Path folder, boolean bornCosigned) throws Exception {
        this.line = line;
        this.serial = serial;
        this.element = new MemorySecureElement(
                SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, line.random),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, line.random));
        this.storage = FolderStorage.in(folder.resolve("storage"));
        X509Certificate idevid =
                line.lineCa.idevid("DE-01", serial, element.identityKey().key(), TestLine.LICENSE);
        this.chain = line.chain(idevid, line.lineCa);
        CertIssue.Builder issue = CertIssue.newBuilder().setTrustBundle(line.bundleEnvelope());
        chain.toDer().forEach(der -> issue.addChain(ByteString.copyFrom(der)));
        for (X509CRL crl : line.crls()) {
            issue.addCrls(ByteString.copyFrom(crl.getEncoded()));
        }
        write(
                StorageEntry.ROOT_SHA256,
                Digest.sha256(line.rootCertificate().getEncoded()).bytes());
        write(StorageEntry.CERT_ISSUE, issue.build().toByteArray());
        write(
                StorageEntry.CLAIM_GRANT,
                ClaimGrant.newBuilder()
                        .setSerial(serial)
                        .setOriginPrefix(originPrefix())
                        .setLine("DE-01")
                        .build()
                        .toByteArray());
        write(StorageEntry.LOG_KEY_ENDORSEMENT, endorsement(serial).toByteArray());
        write(
                StorageEntry.OWNER_CA_KEY_SHA256,
                Digest.sha256(line.operations.certificate.getPublicKey().getEncoded())
                        .bytes());
        LeafProof birth =
                bornCosigned ? line.ledger.appendCosigned(born(), BORN_AT) : line.ledger.appendLineSigned(born());
        writeBirth(birth);
    }

    /** Born, and cosigned. */
    public static TestAirframe born(TestLine line, String serial, Path folder) throws Exception {
        return new TestAirframe(line, serial, folder, true);
    }

    /** Born; the witness has not seen it yet. */
    public static TestAirframe bornAtTheLineOnly(TestLine line, String serial, Path folder) throws Exception {
        return new TestAirframe(line, serial, folder, false);
    }

    public CertificateChain chain() {
        return chain;
    }

    public TlsIdentity tls() {
        return new TlsIdentity(element.identityKey(), chain);
    }

    public String originPrefix() {
        return "kryla.example/flight/" + serial;
    }

    public void writeBirth(LeafProof birth) {
        write(
                StorageEntry.BIRTH_COMMIT,
                BirthCommit.newBuilder().setProof(birth).build().toByteArray());
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

    public LedgerLeaf born() throws Exception {
        byte[] certificate = chain.leaf().getEncoded();
        return LedgerLeaf.newBuilder()
                .setRecordedAtUnixMillis(BORN_AT.toEpochMilli())
                .setActorId("card-1")
                .setSerial(serial)
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid(TestLine.LICENSE)
                        .setLicenseRevision(1)
                        .setIdevidCertificateSha256(
                                ByteString.copyFrom(Digest.sha256(certificate).bytes()))
                        .setIdevidKeySha256(ByteString.copyFrom(
                                element.identityKey().key().spkiSha256().bytes())))
                .build();
    }

    private void write(StorageEntry entry, byte[] content) {
        storage.write(entry, content);
    }

    public AirframeAgentBuilder agent() {
        return agent(storage);
    }

    /** The same airframe with a copy of its storage, as a forger may have made one. */
    public AirframeAgentBuilder agent(AirframeStorage otherStorage) {
        return AirframeAgent.builder()
                .storage(otherStorage)
                .secureElement(element)
                .firmware(new TestFirmware())
                .clock(TestLine.CLOCK)
                .monotonicNanos(System::nanoTime)
                .random(line.random);
    }

    /** Publishes states number {@code from} to {@code to}, 20 ms of flight time apart, as fast as the ground takes them. */
    public static void fly(AirframeAgent agent, int from, int to) {
        for (int i = from; i < to; i++) {
            agent.publish(state(i));
            agent.advanceTo(timeNanos(i));
            if (agent.connected() && !agent.awaitRoom(WALL)) {
                throw new AssertionError("no room after state " + i);
            }
        }
    }

    /** State number {@code i}: as many metres high. */
    public static Sample state(int i) {
        return Sample.newBuilder()
                .setFlightTimeNanos(timeNanos(i))
                .setVehicleState(VehicleState.newBuilder()
                        .setMode(FlightMode.FLIGHT_MODE_HOLD)
                        .setPositionDownMeters(-i)
                        .addRotorCommands(0.5f))
                .build();
    }

    private static long timeNanos(int i) {
        return (i + 2) * STEP_NANOS;
    }

    public static ClosedLog land(AirframeAgent agent) {
        return agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
    }

    /** Keys in memory: opening key files costs a second. */
    private record MemorySecureElement(Signer identityKey, Signer logKey) implements SecureElement {}

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
