package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.identity.Certificates;
import io.kryla.identity.TlsIdentity;
import io.kryla.mcap.McapOptions.Durability;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.FlightMode;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Arrays;

/**
 * A recording of any length without the hours that it takes to fly it: real keys, certificates, log and file, and no
 * session. State number i is i/rate seconds after boot and i metres high; one second in, something happens.
 */
final class WrittenFlight {
    static final String SERIAL = "KRYL5TEST1";
    static final Instant NOW = TestLine.CLOCK.instant();
    static final String DETAIL = "=1+1, \"first\"";

    final TestLine line;
    final TestAirframe airframe;
    private final FlightEvidence evidence;
    private final TlsIdentity ground;
    private final FlightOrigin origin;

    WrittenFlight(Path folder) throws Exception {
        line = new TestLine();
        airframe = TestAirframe.born(line, SERIAL, folder.resolve("airframe"));
        ground = line.ground();
        origin = new FlightOrigin(airframe.originPrefix(), 1, "flight");
        FlightEvidence.Builder proof = FlightEvidence.newBuilder()
                .setFlightOrigin(origin.text())
                .setTrustBundle(line.bundleEnvelope())
                .setLogKeyEndorsement(airframe.endorsement(SERIAL))
                .setBirth(line.ledger.appendCosigned(airframe.born(), TestAirframe.BORN_AT));
        airframe.chain().toDer().forEach(der -> proof.addIdevidChain(ByteString.copyFrom(der)));
        ground.chain().toDer().forEach(der -> proof.addGroundChain(ByteString.copyFrom(der)));
        for (X509CRL list : line.crls()) {
            proof.addCrls(ByteString.copyFrom(list.getEncoded()));
        }
        evidence = proof.build();
    }

    FlightVerifier verifier() {
        return FlightVerifier.of(line.rootCertificate(), NOW);
    }

    /** Writes a flight of so many states and returns its file. */
    Path write(Path file, int states, int ratePerSecond) throws IOException {
        Flying flying = new Flying(RecordingFile.create(file, origin, evidence, Durability.WHEN_FINISHED));
        flying.take(at(0).setLogOpened(
                        LogOpened.newBuilder().setSerial(SERIAL).setBoot(1).setProfile("flight"))
                .build());
        flying.seal();
        flying.checkpoint();
        flying.take(at(0).setReceiverJoined(ReceiverJoined.newBuilder()
                        .setNonce(ByteString.copyFrom(new byte[32]))
                        .setGroundCertificateSha256(ByteString.copyFrom(
                                Certificates.sha256(ground.chain().leaf()).bytes())))
                .build());
        for (int i = 0; i < states; i++) {
            long time = i * 1_000_000_000L / ratePerSecond;
            if (i == ratePerSecond) {
                flying.take(at(time).setFlightEvent(FlightEvent.newBuilder()
                                .setKind(FlightEventKind.FLIGHT_EVENT_KIND_WAYPOINT_REACHED)
                                .setDetail(DETAIL))
                        .build());
            }
            flying.take(at(time).setVehicleState(state(i)).build());
        }
        flying.take(at(states * 1_000_000_000L / ratePerSecond)
                .setLogClosed(LogClosed.newBuilder().setReason(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED))
                .build());
        flying.seal();
        flying.checkpoint();
        flying.file.finish();
        return file;
    }

    /** The recording as far as it had been written when the power went: into its last chunk, which ends the flight. */
    static byte[] cutInLastChunk(byte[] file) {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}; // Zstandard's magic
        for (int at = file.length - frame.length; at >= 0; at--) {
            if (Arrays.equals(file, at, at + frame.length, frame, 0, frame.length)) {
                return Arrays.copyOf(file, at + 20);
            }
        }
        throw new IllegalArgumentException("file: a Zstandard frame expected");
    }

    private static Sample.Builder at(long timeNanos) {
        return Sample.newBuilder().setFlightTimeNanos(timeNanos);
    }

    /** About as long as a real one: every field is set. */
    private static VehicleState state(int i) {
        float wave = (float) StrictMath.sin(i * 0.01);
        return VehicleState.newBuilder()
                .setMode(FlightMode.FLIGHT_MODE_MISSION)
                .setArmed(true)
                .setAttitudeW(1 - wave * wave / 2)
                .setAttitudeX(wave / 3)
                .setAttitudeY(wave / 5)
                .setAttitudeZ(wave / 7)
                .setBodyRateFrdXRadiansPerSecond(wave / 11)
                .setBodyRateFrdYRadiansPerSecond(wave / 13)
                .setBodyRateFrdZRadiansPerSecond(wave / 17)
                .setVelocityNorthMetersPerSecond(5 * wave)
                .setVelocityEastMetersPerSecond(3 * wave)
                .setVelocityDownMetersPerSecond(-wave)
                .setPositionNorthMeters(i * 0.1f)
                .setPositionEastMeters(i * 0.01f)
                .setPositionDownMeters(-i)
                .setLatitudeRadians(0.85 + i * 1e-8)
                .setLongitudeRadians(0.18 + i * 1e-9)
                .setAltitudeMslMeters(500 + i)
                .setHorizontalPositionSigmaMeters(0.5f)
                .setVerticalPositionSigmaMeters(0.75f)
                .setBatteryVoltageVolts(16.8f - i * 1e-5f)
                .setBatteryCurrentAmperes(12 + wave)
                .setBatteryRemainingRatio(0.9f)
                .setGnssSatellites(14)
                .addRotorCommands(0.5f + wave / 10)
                .addRotorCommands(0.5f - wave / 10)
                .addRotorCommands(0.5f)
                .addRotorCommands(0.5f)
                .build();
    }

    /** As an airframe does it: a record when the next sample does not fit, a checkpoint once a second. */
    private final class Flying {
        private final RecordingFile file;
        private final FlightLog log = new FlightLog(origin, airframe.element.logKey());
        private final RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);
        private long batchNanos = -1;
        private long checkpointNanos;

        Flying(RecordingFile file) {
            this.file = file;
        }

        void take(Sample sample) throws IOException {
            long time = sample.getFlightTimeNanos();
            if (!batch.isEmpty() && batch.isDue(time)) {
                seal();
            }
            if (time - checkpointNanos >= 1_000_000_000L) {
                seal();
                checkpoint();
                checkpointNanos = time;
            }
            if (!batch.tryAdd(sample)) {
                seal();
                batch.add(sample);
            }
            batchNanos = batchNanos < 0 ? time : batchNanos;
        }

        void seal() throws IOException {
            if (!batch.isEmpty()) {
                byte[] record = batch.seal(log.size());
                log.append(record);
                file.record(batchNanos, record);
                batchNanos = -1;
            }
        }

        void checkpoint() throws IOException {
            file.checkpoint(log.sign());
        }
    }
}
