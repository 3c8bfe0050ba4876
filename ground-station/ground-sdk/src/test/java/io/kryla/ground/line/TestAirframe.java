package io.kryla.ground.line;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeIdentity;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightMode;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** An airframe with everything that provisioning leaves behind: the real agent flies on it. */
public final class TestAirframe {
    public static final long STEP_NANOS = 20_000_000;
    public static final Instant BORN_AT = TestLicensor.NOW.minusSeconds(3_600);
    private static final Duration WALL = Duration.ofSeconds(20);

    public final String serial;
    public final SecureElement element;
    public final AirframeStorage storage;
    private final FakeIdentity identity;

    private TestAirframe(FakeIdentity identity, Path folder) {
        this.identity = identity;
        this.serial = identity.serial();
        this.element = identity.secureElement();
        this.storage = FolderStorage.in(folder.resolve("storage"));
        for (StorageEntry entry : StorageEntry.values()) {
            identity.storage().read(entry).ifPresent(content -> storage.write(entry, content));
        }
    }

    /** Born, and cosigned. */
    public static TestAirframe born(TestLine line, String serial, Path folder) {
        return new TestAirframe(FakeIdentity.born(line.licensor, serial), folder);
    }

    /** Born; the witness has not seen it yet. */
    public static TestAirframe bornAtTheLineOnly(TestLine line, String serial, Path folder) {
        return new TestAirframe(FakeIdentity.bornAtTheLineOnly(line.licensor, serial), folder);
    }

    public CertificateChain chain() {
        return identity.chain();
    }

    public TlsIdentity tls() {
        return new TlsIdentity(element.identityKey(), chain());
    }

    public String originPrefix() {
        return "kryla.example/flight/" + serial;
    }

    public void writeBirth(LeafProof birth) {
        identity.birth(birth);
        storage.write(
                StorageEntry.BIRTH_COMMIT,
                identity.storage().read(StorageEntry.BIRTH_COMMIT).orElseThrow());
    }

    /** The certified key's word that the log key is that of this serial. */
    public Envelope endorsement(String endorsedSerial) {
        return identity.endorsement(endorsedSerial);
    }

    public LedgerLeaf born() {
        return identity.born();
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
                .random(new SecureRandom());
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

    /** An event at the time of state number {@code i}. */
    public static Sample event(int i) {
        return Sample.newBuilder()
                .setFlightTimeNanos(timeNanos(i))
                .setFlightEvent(FlightEvent.getDefaultInstance())
                .build();
    }

    private static long timeNanos(int i) {
        return (i + 2) * STEP_NANOS;
    }

    public static ClosedLog land(AirframeAgent agent) {
        return agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
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
