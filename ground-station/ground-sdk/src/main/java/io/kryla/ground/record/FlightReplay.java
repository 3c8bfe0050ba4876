package io.kryla.ground.record;

import com.google.protobuf.Message;
import io.kryla.ground.fleet.AirframeProof;
import io.kryla.ground.stream.AttestedSample;
import io.kryla.ground.stream.DropCounters;
import io.kryla.ground.stream.SampleKind;
import io.kryla.ground.stream.TelemetryException;
import io.kryla.ground.stream.TelemetryRelay;
import io.kryla.ground.stream.TelemetrySource;
import io.kryla.ground.stream.TelemetryStream;
import io.kryla.ground.stream.TimeLimit;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Plays a recorded flight to the subscribers that live telemetry has, at the times at which it was flown or faster. The
 * recording is verified while it plays, in one pass: nothing reaches a subscriber that the airframe did not sign. Streams
 * complete when the recording is a whole flight, and break off with the code of its rejection when it is not; what was
 * delivered by then was attested all the same.
 *
 * <p>A replay can wait, so subscribers that buffer lose nothing, at any speed: a slow one slows the replay down. It begins
 * paused, so that there is time to subscribe. Any thread may call the methods; {@link #close} breaks the streams off and frees the threads.
 */
public final class FlightReplay implements TelemetrySource, AutoCloseable {
    private final Path file;
    private final FlightVerifier verifier;
    private final ReplayPace pace;
    private final ExecutorService delivery = Executors.newCachedThreadPool(daemons());
    private final TelemetryRelay relay = new TelemetryRelay(delivery, new DropCounters());
    private final CompletableFuture<AirframeProof.Proven> airframe = new CompletableFuture<>();
    private final CompletableFuture<FlightVerdict> ended = new CompletableFuture<>();

    private FlightReplay(Path file, FlightVerifier verifier, LongSupplier monotonicNanos) {
        this.file = file;
        this.verifier = verifier;
        this.pace = new ReplayPace(monotonicNanos);
    }

    /**
     * Opens a recording for replay, paused ahead of its first record.
     *
     * @param monotonicNanos the clock by which flight time goes by
     */
    public static FlightReplay open(Path flightMcap, FlightVerifier verifier, LongSupplier monotonicNanos) {
        FlightReplay replay = new FlightReplay(flightMcap, verifier, monotonicNanos);
        replay.delivery.execute(replay::run);
        return replay;
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "kryla-replay-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public <T extends Message> TelemetryStream<AttestedSample<T>> attested(SampleKind<T> kind) {
        return relay.attested(kind);
    }

    @Override
    public TelemetryStream<AttestedRecord> attestedRecords() {
        return relay.attestedRecords();
    }

    /** Goes on, or goes on at another speed. */
    public void play(ReplaySpeed speed) {
        pace.play(speed);
    }

    /** Stands still; a record that is being delivered still is. */
    public void pause() {
        pace.pause();
    }

    /**
     * Goes to a time: what lies between is verified and passed over. Back means to verify from the beginning again, and
     * subscribers see records again. Paused or not, it stays so. Has no effect once the streams have ended.
     *
     * @param flightTime since boot, not negative
     */
    public void seek(Duration flightTime) {
        if (flightTime.isNegative()) {
            throw new IllegalArgumentException("flightTime: 0 or more expected, got " + flightTime);
        }
        pace.seek(flightTime.toNanos());
    }

    /** Flight time of the last record that was delivered, or what was sought since. */
    public Duration position() {
        return Duration.ofNanos(pace.positionNanos());
    }

    /**
     * Completes when the evidence has proven the airframe, ahead of its first record.
     *
     * @param within exceptionally with DEADLINE then
     */
    public CompletableFuture<AirframeProof.Proven> airframe(Duration within) {
        return TimeLimit.of(airframe, within, "the evidence of the recording");
    }

    /**
     * Completes with the verdict once the last record was handed to subscribers; exceptionally when the file cannot be
     * read, or with a {@link TelemetryException} of code REPLAY_CLOSED.
     *
     * @param within exceptionally with DEADLINE then, and the replay goes on; a paused one does not end
     */
    public CompletableFuture<FlightVerdict> ended(Duration within) {
        return TimeLimit.of(ended, within, "the end of the replay");
    }

    private void run() {
        try {
            FlightVerdict verdict = verifier.verify(file, new Playing());
            while (pace.beginsAgain()) {
                verdict = verifier.verify(file, new Playing());
            }
            end(verdict);
        } catch (RuntimeException e) {
            breakOff(
                    e,
                    new TelemetryException("REPLAY_FAILED", "the recording could not be read on: " + e.getMessage()));
        }
    }

    private void end(FlightVerdict verdict) {
        if (pace.closed()) {
            TelemetryException end = new TelemetryException("REPLAY_CLOSED", "the replay was closed ahead of its end");
            breakOff(end, end);
        } else if (verdict instanceof FlightVerdict.Rejected rejected) {
            String what = "the recording is no whole flight: " + rejected.reason() + ", " + rejected.where();
            TelemetryException end = new TelemetryException(rejected.code(), what);
            airframe.completeExceptionally(end);
            relay.breakOff(end);
            ended.complete(verdict);
        } else {
            relay.complete();
            ended.complete(verdict);
        }
    }

    private void breakOff(RuntimeException why, TelemetryException told) {
        airframe.completeExceptionally(why);
        relay.breakOff(told);
        ended.completeExceptionally(why);
    }

    /** The verification's side; on the replay's own thread. */
    private final class Playing implements FlightSink {
        @Override
        public boolean wantsMore() {
            return pace.goesOn();
        }

        @Override
        public void onProven(EvidenceResult.Proven evidence) {
            airframe.complete(evidence.airframe());
        }

        @Override
        public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {
            for (AttestedRecord record : records) {
                if (turn(record) == ReplayPace.Turn.DELIVER) {
                    relay.offer(checkpoint.origin(), record);
                }
            }
        }

        private ReplayPace.Turn turn(AttestedRecord record) {
            int samples = record.record().getSamplesCount();
            try {
                return pace.await(FlightLayout.timeNanos(record.record()), () -> relay.hasRoom(samples));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                pace.close();
                return ReplayPace.Turn.STOP;
            }
        }
    }

    @Override
    public void close() {
        pace.close();
        ended.whenComplete((verdict, failure) -> delivery.shutdown());
    }
}
