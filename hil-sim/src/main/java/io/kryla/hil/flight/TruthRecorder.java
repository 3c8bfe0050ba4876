package io.kryla.hil.flight;

import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.keys.Digest;
import io.kryla.mcap.Compression;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapOptions;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapWriter;
import io.kryla.v1.TrueState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code truth.mcap} (protocol.md §10): a true state every 10 ms of flight time and nothing else, uncompressed, so
 * that equal flights give equal bytes whatever the version of a compressor. It appears under its name only when whole.
 */
final class TruthRecorder implements TruthSink {
    private final Path file;
    private final McapWriter writer;
    private final McapChannel channel;
    private long sequence;

    TruthRecorder(Path file) {
        this.file = file;
        try {
            writer = McapWriter.create(file, McapOptions.of(Compression.NONE));
            channel = writer.addChannel(TruthTrack.TOPIC, McapSchema.protobuf(TrueState.getDefaultInstance()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void record(TrueStateView state) {
        long now = state.flightTimeNanos();
        if (now % TruthTrack.INTERVAL_NANOS != 0) {
            return;
        }
        if (!Double.isFinite(state.positionNorthMeters() + state.positionEastMeters() + state.positionDownMeters())) {
            throw new RigError(
                    "RIG_DIVERGED", "the simulated position is no number at " + now + " ns; report the plan");
        }
        try {
            writer.write(channel, sequence++, now, now, message(state).toByteArray());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static TrueState message(TrueStateView state) {
        var message = TrueState.newBuilder()
                .setFlightTimeNanos(state.flightTimeNanos())
                .setAttitudeW(state.attitudeW())
                .setAttitudeX(state.attitudeX())
                .setAttitudeY(state.attitudeY())
                .setAttitudeZ(state.attitudeZ())
                .setBodyRateFrdXRadiansPerSecond(state.bodyRateFrdXRadiansPerSecond())
                .setBodyRateFrdYRadiansPerSecond(state.bodyRateFrdYRadiansPerSecond())
                .setBodyRateFrdZRadiansPerSecond(state.bodyRateFrdZRadiansPerSecond())
                .setVelocityNorthMetersPerSecond(state.velocityNorthMetersPerSecond())
                .setVelocityEastMetersPerSecond(state.velocityEastMetersPerSecond())
                .setVelocityDownMetersPerSecond(state.velocityDownMetersPerSecond())
                .setPositionNorthMeters(state.positionNorthMeters())
                .setPositionEastMeters(state.positionEastMeters())
                .setPositionDownMeters(state.positionDownMeters())
                .setBatteryVoltageVolts(state.batteryVoltageVolts())
                .setOnGround(state.onGround())
                .setWindNorthMetersPerSecond(state.windNorthMetersPerSecond())
                .setWindEastMetersPerSecond(state.windEastMetersPerSecond())
                .setWindDownMetersPerSecond(state.windDownMetersPerSecond());
        for (int i = 0; i < state.rotorCount(); i++) {
            message.addRotorSpeedsRadiansPerSecond(state.rotorSpeedRadiansPerSecond(i));
        }
        return message.build();
    }

    @Override
    public Digest finish() {
        try {
            writer.finish();
            return Digest.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Leaves nothing behind unless {@link #finish} was called. */
    @Override
    public void close() {
        try {
            writer.discard();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private RigError failed(IOException e) {
        return new RigError(
                "RIG_TRUTH_NOT_WRITTEN", file + " cannot be written (" + e.getMessage() + "); free the disk", e);
    }
}
