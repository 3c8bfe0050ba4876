package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import io.kryla.ground.link.SerialTasks;
import io.kryla.session.SealedSender;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.telemetry.LogRejection;
import io.kryla.v1.Command;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flight log of one airframe, over as many sessions as it takes: a new boot is a new link. Everything that arrives is
 * handled by one worker thread at a time, off the network's threads, signatures included. Any thread may call the public
 * methods.
 */
public final class AirframeLink {
    private static final Logger LOG = LoggerFactory.getLogger(AirframeLink.class);

    /** Between two ticks of the station's clock. */
    static final Duration TICK = Duration.ofMillis(20);

    private static final int COMMAND_ID_BYTES = 16;
    private static final int MOST_WAITING_FRAMES = 8_192;
    private static final int FRAMES_PER_ACKNOWLEDGEMENT = 16;
    /** Holes get this long to close by themselves, and their request this long to be answered: 40 ms, 120 ms. */
    private static final int HOLE_TICKS = 2;

    private static final int REQUEST_TICKS = 6;
    /** Half a second: tells the airframe that its ground is alive, and mends a lost acknowledgement. */
    private static final int KEEP_ALIVE_TICKS = 25;

    private final AdmittedAirframe airframe;
    private final SecureRandom random;
    private final Executor deliveryPool;
    private final SerialTasks worker;
    private final FlightLogReceiver log;
    private final FlightFeed feed = new FlightFeed();
    private final PendingCommands commands = new PendingCommands();
    private final AtomicBoolean tickWaiting = new AtomicBoolean();
    private final LongAdder overflowed = new LongAdder();
    private volatile AirframeState state;

    private @Nullable AirframeSession session;
    private boolean abandoned;
    private int unacknowledgedFrames;
    private long tick;
    private long acknowledgedAtTick;
    private long holeSinceTick = -1;
    private long requestedAtTick = -REQUEST_TICKS;

    AirframeLink(AdmittedAirframe airframe, Executor workers, Executor deliveryPool, SecureRandom random) {
        this.airframe = airframe;
        this.random = random;
        this.deliveryPool = deliveryPool;
        this.worker = new SerialTasks(workers);
        this.log = new FlightLogReceiver(airframe.origin(), airframe.logKey());
        this.state = new AirframeState(airframe.origin(), false, 0, 0, false, Optional.empty(), 0);
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

    public AirframeState state() {
        return state;
    }

    /**
     * Subscribes to records of a claim, from now on: {@code AuthenticRecord} as they arrive, {@code AttestedRecord} by leaf
     * index and without holes, {@code Claimed} for both. A subscriber has a buffer of 4,096 records; what does not fit is
     * dropped and counted.
     */
    public <C extends Claimed> RecordSubscription subscribe(Class<C> claim, ClaimListener<? super C> listener) {
        return new Registration<>(claim, listener).subscription;
    }

    /** Registers a subscription that can take itself out again. */
    private final class Registration<C extends Claimed> {
        private final BufferedSubscription<C> subscription;

        Registration(Class<C> claim, ClaimListener<? super C> listener) {
            subscription = new BufferedSubscription<>(claim, listener, deliveryPool, this::remove);
            feed.add(subscription);
        }

        private void remove() {
            feed.remove(subscription);
        }
    }

    /** Attaches a follower; from an {@link AirframeListener} it sees the log from leaf 0. */
    public Subscription follow(FlightFollower follower) {
        feed.add(follower);
        return () -> feed.remove(follower);
    }

    /**
     * Sends a command, again and again until the airframe's answer is in its flight log or the time has passed. Returns at
     * once.
     *
     * @param command its id has 16 random bytes, or is empty and is chosen here; an airframe acts once on an id
     * @return completes with every outcome, never exceptionally
     */
    public CompletableFuture<CommandOutcome> send(Command command, Duration deadline) {
        if (!command.getId().isEmpty() && command.getId().size() != COMMAND_ID_BYTES) {
            throw new IllegalArgumentException("command: an id of 16 bytes or none expected, got "
                    + command.getId().size());
        }
        Command identified = command.getId().isEmpty()
                ? command.toBuilder().setId(randomId()).build()
                : command;
        if (identified.getSerializedSize() > SealedSender.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("command: at most " + SealedSender.MAX_BODY_BYTES
                    + " bytes fit a datagram, got " + identified.getSerializedSize());
        }
        long ticks = Math.max(1, deadline.dividedBy(TICK));
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        boolean open = worker.add(() -> {
            commands.add(identified, outcome, tick, tick + ticks);
            if (abandoned) {
                commands.abandon();
            }
            transmitCommands();
        });
        if (!open) {
            outcome.complete(new CommandOutcome.NoAnswer(CommandOutcome.Reason.LINK_CLOSED));
        }
        return outcome;
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

    /** A session of this log came up; it takes the place of an older one. */
    void sessionUp(AirframeSession up) {
        worker.add(() -> {
            if (abandoned) {
                up.close();
                return;
            }
            if (session != null) {
                session.close();
            }
            session = up;
            acknowledgedAtTick = tick;
            publishState();
        });
    }

    void sessionDown(AirframeSession down) {
        worker.add(() -> {
            if (session == down) {
                session = null;
                publishState();
            }
        });
    }

    /** From the port's thread; what the worker cannot take is dropped, and asked for again later. */
    void enqueue(AirframeSession from, FrameKind kind, byte[] body) {
        if (worker.waiting() >= MOST_WAITING_FRAMES) {
            overflowed.increment();
            return;
        }
        worker.add(() -> take(from, kind, body));
    }

    private void take(AirframeSession from, FrameKind kind, byte[] body) {
        if (from != session || abandoned) {
            return;
        }
        if (kind == FrameKind.FRAME_KIND_RECORD) {
            progressed(log.receiveRecord(body));
        } else if (kind == FrameKind.FRAME_KIND_CHECKPOINT) {
            progressed(log.receiveCheckpoint(body));
        } else if (kind == FrameKind.FRAME_KIND_SUBTREES) {
            progressed(log.receiveSubtrees(body));
        }
        unacknowledgedFrames++;
        if (unacknowledgedFrames >= FRAMES_PER_ACKNOWLEDGEMENT || worker.waiting() == 0) {
            acknowledge();
        }
        publishState();
    }

    private void progressed(LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            for (Claimed claim : accepted.claims()) {
                if (claim instanceof AuthenticRecord authentic) {
                    commands.observe(authentic.record());
                }
            }
            feed.deliver(accepted);
            if (log.complete()) {
                log.head().ifPresent(feed::closed);
            }
        } else if (((LogProgress.Rejected) progress).reason().condemnsLog()) {
            abandonNow(((LogProgress.Rejected) progress).reason().name());
        }
    }

    private void acknowledge() {
        unacknowledgedFrames = 0;
        acknowledgedAtTick = tick;
        send(FrameKind.FRAME_KIND_ACKNOWLEDGEMENT, log.acknowledgement().toByteArray());
    }

    /** From the station's clock, every 20 ms. */
    void tick() {
        if (tickWaiting.compareAndSet(false, true)) {
            worker.add(this::onTick);
        }
    }

    private void onTick() {
        tickWaiting.set(false);
        tick++;
        transmitCommands();
        requestMissing();
        if (unacknowledgedFrames > 0 || tick - acknowledgedAtTick >= KEEP_ALIVE_TICKS) {
            acknowledge();
        }
    }

    private void transmitCommands() {
        commands.transmit(tick, command -> send(FrameKind.FRAME_KIND_COMMAND, command.toByteArray()));
    }

    private void requestMissing() {
        List<LeafRange> missing = log.missing();
        if (missing.isEmpty()) {
            holeSinceTick = -1;
            return;
        }
        holeSinceTick = holeSinceTick < 0 ? tick : holeSinceTick;
        if (tick - holeSinceTick >= HOLE_TICKS && tick - requestedAtTick >= REQUEST_TICKS) {
            requestedAtTick = tick;
            send(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder().addAllRanges(missing).build().toByteArray());
        }
    }

    private void send(FrameKind kind, byte[] body) {
        AirframeSession current = session;
        if (current != null) {
            current.send(kind, body);
        }
    }

    /** Nothing more of this log will be taken; completes when followers and commands have heard it. */
    CompletableFuture<Void> abandon(String code) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean open = worker.add(() -> {
            abandonNow(code);
            done.complete(null);
        });
        return open ? done : CompletableFuture.completedFuture(null);
    }

    private void abandonNow(String code) {
        if (abandoned) {
            return;
        }
        abandoned = true;
        commands.abandon();
        feed.abandoned(code);
        if (session != null) {
            session.close();
            session = null;
        }
        publishState();
    }

    private void publishState() {
        var acknowledgement = log.acknowledgement();
        Optional<LogRejection> condemned = log.condemned();
        state = new AirframeState(
                airframe.origin(),
                session != null,
                acknowledgement.getNextLeafIndex(),
                acknowledgement.getAttestedSize(),
                log.complete(),
                condemned,
                overflowed.sum());
    }
}
