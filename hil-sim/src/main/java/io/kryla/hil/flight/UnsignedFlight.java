package io.kryla.hil.flight;

import com.google.protobuf.ByteString;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TrueState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Flies a plan and judges it in memory: no session, no signature, no file. The flight is to the bit that of {@link
 * SimulatedFlight}, and the verdict has the same bytes; it is nobody's word, and no evidence. Confined to one thread.
 */
public final class UnsignedFlight implements AirframePort, Pilot, TruthSink {
    private static final FlightOrigin ORIGIN = new FlightOrigin("example.org/flight/UNSIGNED", 1, "flight");

    private final List<Sample> samples = new ArrayList<>();
    private final List<TrueState> truth = new ArrayList<>();
    private @Nullable Command arrived;
    private long nowNanos;

    private UnsignedFlight() {
        samples.add(
                Sample.newBuilder().setLogOpened(LogOpened.getDefaultInstance()).build());
    }

    /**
     * What a judge needs of a flight.
     *
     * @param flightNanos flight time at the end
     */
    public record Flown(TruthTrack truth, TelemetryTrack telemetry, long flightNanos) {}

    /** Flies on the caller's thread, as fast as it can. */
    public static Flown fly(FlightSetup setup) {
        var flight = new UnsignedFlight();
        var run = SimulatedFlight.fly(setup, flight, flight, (TruthSink) flight);
        return new Flown(TruthTrack.of(flight.truth), TelemetryTrack.of(flight.samples), run.flightTimeNanos());
    }

    /** @param build of the simulator, for the verdict */
    public static Verdict fly(FlightSetup setup, String build) {
        var flown = fly(setup);
        return Judge.judge(setup.plan(), setup.seed(), build, flown.truth(), flown.telemetry());
    }

    @Override
    public void send(Command command) {
        arrived = command;
    }

    @Override
    public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
        var command = arrived;
        arrived = null;
        return command == null || !command.getId().equals(ByteString.copyFrom(commandId))
                ? Optional.empty()
                : Optional.of(new ReceivedCommand(command, Digest.sha256()));
    }

    @Override
    public Optional<ReceivedCommand> pollCommand() {
        return Optional.empty();
    }

    @Override
    public void publish(Sample sample) {
        nowNanos = sample.getFlightTimeNanos();
        samples.add(sample);
    }

    @Override
    public void advanceTo(long flightTimeNanos) {
        nowNanos = flightTimeNanos;
    }

    @Override
    public boolean awaitRoom(Duration wall) {
        return true;
    }

    @Override
    public void report(byte[] commandId, CommandStage stage, String code) {
        add(CommandEvent.newBuilder()
                .setCommandId(ByteString.copyFrom(commandId))
                .setStage(stage)
                .setCode(code));
    }

    @Override
    public void reportProgress(byte[] commandId, float ratio) {
        add(CommandEvent.newBuilder()
                .setCommandId(ByteString.copyFrom(commandId))
                .setStage(CommandStage.COMMAND_STAGE_PROGRESS)
                .setProgressRatio(ratio));
    }

    private void add(CommandEvent.Builder event) {
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setCommandEvent(event)
                .build());
    }

    @Override
    public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setLogClosed(LogClosed.newBuilder().setReason(reason))
                .build());
        var head = new FlightCheckpoint(ORIGIN, samples.size(), Digest.sha256(), Signature.of(new byte[64]));
        return new ClosedLog(head, true);
    }

    @Override
    public void record(TrueStateView state) {
        if (state.flightTimeNanos() % TruthTrack.INTERVAL_NANOS == 0) {
            truth.add(TruthRecorder.message(state));
        }
    }

    @Override
    public Digest finish() {
        return Digest.sha256();
    }

    @Override
    public void close() {}
}
