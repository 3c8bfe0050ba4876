package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.codec.VehicleSample;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import java.util.Optional;

/** The log of one profile in this boot, from {@code LogOpened} to {@code LogClosed}. Flight thread only. */
final class ProfileLog {
    private final LogWriter writer;
    private final LogOutbox outbox;

    private ProfileLog(LogWriter writer, LogOutbox outbox) {
        this.writer = writer;
        this.outbox = outbox;
    }

    /** Writes leaf 0; whoever opens a log makes its first checkpoint durable before anything is sent. */
    static ProfileLog open(
            TelemetryProfile profile,
            FlightOrigin origin,
            Signer logKey,
            Optional<FlightCheckpoint> ofEarlierBoot,
            Digest firmwareSha256,
            CheckpointSigning signing,
            LogMemory memory) {
        LogOutbox outbox = new LogOutbox(origin, memory);
        LogWriter writer = new LogWriter(profile, new FlightLog(origin, logKey), outbox, signing);
        ProfileLog log = new ProfileLog(writer, outbox);
        LogOpened.Builder opened = LogOpened.newBuilder()
                .setSerial(origin.serial())
                .setBoot(origin.boot())
                .setProfile(origin.profile())
                .setFirmwareSha256(ByteString.copyFrom(firmwareSha256.bytes()));
        ofEarlierBoot.ifPresent(
                checkpoint -> opened.setPreviousBoot(checkpoint.origin().boot())
                        .setPreviousSize(checkpoint.size())
                        .setPreviousRoot(ByteString.copyFrom(checkpoint.root().bytes())));
        writer.add(log.sample().setLogOpened(opened).build());
        writer.sign();
        return log;
    }

    long nowNanos() {
        return writer.nowNanos();
    }

    LogOutbox outbox() {
        return outbox;
    }

    FlightOrigin origin() {
        return outbox.origin();
    }

    /** Any thread. */
    boolean stateSigned() {
        return writer.stateSigned();
    }

    FlightCheckpoint newestCheckpoint() {
        return outbox.checkpoints().newest().orElseThrow();
    }

    /** @throws IllegalArgumentException when no record of the profile has room for the sample */
    void requireRoomFor(Sample sample) {
        requireRoom(writer.fits(fitting(sample)), sample.getSerializedSize());
    }

    /** @throws IllegalArgumentException when no record of the profile has room for the sample */
    void requireRoomFor(VehicleSample sample) {
        int bytes = sample.encodedLength();
        requireRoom(writer.fits(bytes), bytes);
    }

    private void requireRoom(boolean fits, int sampleBytes) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "sample has " + sampleBytes + " bytes: too many for a record of profile " + origin().profile());
        }
    }

    void publish(Sample sample) {
        writer.moveClock(sample.getFlightTimeNanos());
        writer.add(fitting(sample));
        sealAndSignIfDue();
    }

    void publish(VehicleSample sample) {
        writer.moveClock(sample.flightTimeNanos());
        writer.add(sample);
        sealAndSignIfDue();
    }

    /** An event whose detail is too long for a small record goes without it. */
    private Sample fitting(Sample sample) {
        if (!sample.hasFlightEvent() || writer.fits(sample)) {
            return sample;
        }
        return sample.toBuilder()
                .setFlightEvent(sample.getFlightEvent().toBuilder().clearDetail())
                .build();
    }

    void advanceTo(long flightTimeNanos) {
        writer.moveClock(flightTimeNanos);
        sealAndSignIfDue();
    }

    private void sealAndSignIfDue() {
        writer.sealIfDue();
        writer.signIfDue();
    }

    void joined(ReceiverJoined receiver) {
        writer.add(sample().setReceiverJoined(receiver).build());
    }

    void command(CommandEvent event) {
        Sample whole = sample().setCommandEvent(event).build();
        writer.add(
                writer.fits(whole)
                        ? whole
                        : sample().setCommandEvent(event.toBuilder().clearCommand())
                                .build());
    }

    /** The last leaf and the checkpoint that covers it. */
    FlightCheckpoint close(LogCloseReason reason) {
        writer.add(
                sample().setLogClosed(LogClosed.newBuilder().setReason(reason)).build());
        return writer.sign();
    }

    private Sample.Builder sample() {
        return Sample.newBuilder().setFlightTimeNanos(writer.nowNanos());
    }
}
