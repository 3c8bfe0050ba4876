package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kryla.ground.link.SerialTasks;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.stream.AttestedSample;
import io.kryla.ground.stream.AuthenticSample;
import io.kryla.ground.stream.LiveTelemetry;
import io.kryla.ground.stream.SampleKind;
import io.kryla.ground.stream.TelemetryRelay;
import io.kryla.ground.stream.TelemetryStream;
import io.kryla.ground.stream.TimeLimit;
import io.kryla.keys.KrylaException;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogRejection;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.v1.Command;
import io.kryla.v1.FlightEvidence;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flight log of one airframe, over as many sessions as it takes: a new boot is a new link. What arrives is decoded and hashed
 * where it was opened; signatures are checked, and followers and listeners called, by one worker thread at a time, off the
 * network's threads. Any thread may call the public methods.
 */
public final class AirframeLink implements LiveTelemetry {
    private static final Logger LOG = LoggerFactory.getLogger(AirframeLink.class);

    /** Between two ticks of the station's clock. */
    static final Duration TICK = Duration.ofMillis(20);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration OUTCOME_WITHIN = Duration.ofMinutes(2);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final int COMMAND_ID_BYTES = 16;

    private final AdmittedAirframe airframe;
    private final SecureRandom random;
    private final SerialTasks worker;
    private final TelemetryRelay telemetry;
    private final FlightFeed feed;
    private final FlightIntake intake;
    private final AtomicBoolean tickWaiting = new AtomicBoolean();
    private final LongAdder overflowed = new LongAdder();
    private final LongAdder dropped;
    private final GroundMeters meters;

    AirframeLink(
            AdmittedAirframe airframe,
            Executor workers,
            TelemetryRelay telemetry,
            TelemetryRelay everyLog,
            Executor delivery,
            IntakeCounters counters,
            SecureRandom random) {
        this.airframe = airframe;
        this.random = random;
        this.meters = counters.meters();
        this.dropped = meters.counter(GroundMetric.FRAMES_DROPPED);
        this.worker = new SerialTasks(workers);
        this.telemetry = telemetry;
        this.feed = new FlightFeed(airframe.origin(), telemetry, everyLog);
        this.intake = new FlightIntake(airframe, feed, worker, new PendingCommands(delivery, meters), counters);
    }

    public String serial() {
        return airframe.serial();
    }

    public FlightOrigin origin() {
        return airframe.origin();
    }

    /** What proves this airframe's log key, for a recording of the flight. */
    public FlightEvidence evidence() {
        return airframe.evidence();
    }

    /** The counts of its station, for those who add to them, such as recorders. */
    public GroundMeters meters() {
        return meters;
    }

    int waitingFrames() {
        return intake.waitingFrames();
    }

    /** Samples that wait for the slowest subscriber of this log. */
    int lag() {
        return telemetry.lag();
    }

    int subscribers() {
        return telemetry.subscribers();
    }

    /** As of the last frame that was taken. */
    public AirframeState state() {
        return intake.state();
    }

    /**
     * Every leaf of the log that is known and not ATTESTED, lowest first, and why it is not; as of when the worker gets to it. Of a
     * log that lives the last leaves nearly always wait for the next checkpoint.
     *
     * @param within exceptionally with DEADLINE then, while a listener or follower holds the worker up
     */
    public CompletableFuture<List<UnattestedLeaves>> unattested(Duration within) {
        CompletableFuture<List<UnattestedLeaves>> ranges = new CompletableFuture<>();
        if (!worker.add(() -> ranges.complete(intake.unattested()))) {
            ranges.completeExceptionally(new KrylaException("STATION_CLOSED", "the ground station is closed", false));
        }
        return TimeLimit.of(ranges, within, "the worker of " + airframe.origin());
    }

    /** Whether this link ended since the airframe had outrun it; the airframe's next session begins the same log anew. */
    boolean outrun() {
        return intake.outrun();
    }

    /** Frames that were dropped because this ground did not keep up; the airframe sends them again. */
    public long overflowed() {
        return overflowed.sum();
    }

    /** How many records and checkpoints that its sessions brought were not taken into the log for that reason. */
    public long rejected(LogRejection reason) {
        return intake.rejected(reason);
    }

    @Override
    public <T extends Message> TelemetryStream<AttestedSample<T>> attested(SampleKind<T> kind) {
        return telemetry.attested(kind);
    }

    @Override
    public <T extends Message> TelemetryStream<AuthenticSample<T>> authentic(SampleKind<T> kind) {
        return telemetry.authentic(kind);
    }

    @Override
    public TelemetryStream<AttestedRecord> attestedRecords() {
        return telemetry.attestedRecords();
    }

    @Override
    public TelemetryStream<AuthenticRecord> authenticRecords() {
        return telemetry.authenticRecords();
    }

    /**
     * Attaches a follower; from an {@link AirframeListener} it sees the log from leaf 0. Of a log that has ended it hears
     * {@code onAbandoned} with LOG_ENDED.
     */
    public Subscription follow(FlightFollower follower) {
        feed.add(follower);
        worker.add(() -> feed.dismissIfEnded(follower));
        return () -> feed.remove(follower);
    }

    /**
     * Registers for records of vehicle states as they arrive, without an object for each: for rates at which garbage counts.
     * Other records come through {@link #authentic} alone.
     */
    public Subscription viewAuthentic(AuthenticViewListener listener) {
        return feed.addView(listener);
    }

    /** As {@link #viewAuthentic}, once they are under a signed checkpoint: by leaf index and without holes. */
    public Subscription viewAttested(AttestedViewListener listener) {
        return feed.addView(listener);
    }

    /** As {@link #send(Command, Duration, Duration)}: an answer within 5 seconds, an outcome within 2 minutes. */
    public SentCommand send(Command command) {
        return send(command, ANSWER_WITHIN, OUTCOME_WITHIN);
    }

    /**
     * Sends a command, again and again until the airframe's answer is in its flight log or its time has passed, and follows it
     * to its end. Returns at once. The same command again is the one that is on its way, or that was answered, already: an
     * airframe acts once on an id.
     *
     * @param command its id has 16 random bytes and it goes out as it is; or it has none: then id and expiry are set here, so
     *     that the airframe does not act on it any more once {@code answerWithin} has passed on its flight clock
     * @param answerWithin at least 20 ms
     * @param outcomeWithin from now, too
     * @throws IllegalArgumentException if another command of that id was sent before
     * @throws KrylaException COMMANDS_BUSY while 256 commands to this airframe are under way
     */
    public SentCommand send(Command command, Duration answerWithin, Duration outcomeWithin) {
        Command ready = command.getId().isEmpty() ? withIdAndExpiry(command, answerWithin) : command;
        if (ready.getId().size() != COMMAND_ID_BYTES) {
            throw new IllegalArgumentException("command: an id of 16 bytes or none expected, got "
                    + ready.getId().size());
        }
        int most = intake.mostCommandBytes();
        if (ready.getSerializedSize() > most) {
            throw new IllegalArgumentException("command: at most " + most
                    + " bytes reach this airframe over its present path, got " + ready.getSerializedSize());
        }
        SentCommand sent =
                intake.command(ready, ticks("answerWithin", answerWithin), ticks("outcomeWithin", outcomeWithin));
        worker.add(intake::transmitCommands);
        return sent;
    }

    private Command withIdAndExpiry(Command command, Duration answerWithin) {
        Command.Builder ready = command.toBuilder().setId(randomId());
        long now = intake.flightTimeNanos();
        if (now > 0 && command.getExpiresAtFlightTimeNanos() == 0) {
            ready.setExpiresAtFlightTimeNanos(now + answerWithin.toNanos());
        }
        return ready.build();
    }

    private static long ticks(String name, Duration within) {
        if (within.compareTo(TICK) < 0 || within.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(name + ": 20 ms to 24 h expected, got " + within);
        }
        return within.dividedBy(TICK);
    }

    private ByteString randomId() {
        byte[] id = new byte[COMMAND_ID_BYTES];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }

    /** Tells listeners of this link, before anything that arrives is taken. */
    void introduce(List<AirframeListener> listeners) {
        worker.add(() -> {
            for (AirframeListener listener : listeners) {
                try {
                    listener.onAirframe(this);
                } catch (RuntimeException e) {
                    LOG.warn("a listener failed at {}", airframe.origin(), e);
                }
            }
        });
    }

    void sessionUp(AirframeSession up) {
        intake.sessionUp(up);
    }

    void sessionDown(AirframeSession down) {
        intake.sessionDown(down);
    }

    /** From the thread of the session's end. What the worker cannot keep up with is dropped, and asked for again later: false. */
    boolean arrived(AirframeSession from, byte[] frame) {
        if (intake.take(from, frame)) {
            return true;
        }
        overflowed.increment();
        dropped.increment();
        return false;
    }

    /** From the same thread, when no more waits for now. */
    void pause() {
        intake.pause();
    }

    /** From the station's clock, every 20 ms. */
    void tick() {
        if (intake.passTick() && tickWaiting.compareAndSet(false, true)) {
            worker.add(() -> {
                tickWaiting.set(false);
                intake.onTick();
            });
        }
    }

    /** Nothing more of this log will be taken; completes when followers and commands have heard it. */
    CompletableFuture<Void> abandon(String code) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean open = worker.add(() -> {
            intake.abandon(code);
            if (!worker.add(() -> done.complete(null))) {
                done.complete(null);
            }
        });
        return open ? done : CompletableFuture.completedFuture(null);
    }
}
