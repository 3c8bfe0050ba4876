package io.kryla.ground.fleet;

import io.kryla.ground.link.SerialTasks;
import io.kryla.session.SealedReceiver;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.CheckedCheckpoint;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.LogProgress;
import io.kryla.telemetry.LogRejection;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.telemetry.UnattestedReason;
import io.kryla.v1.Command;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One flight log as it arrives: takes frames on the thread that opened them, while their bytes are in its cache, and answers with
 * acknowledgements, requests and commands. What frames brought is delivered by the link's worker, which checks signatures, too.
 * Time is the count of ticks, 20 ms each.
 *
 * <p>Any thread, one at a time: the lock is this object's, is held for microseconds, and never while anyone else's code runs.
 */
final class FlightIntake {
    private static final int FRAMES_PER_ACKNOWLEDGEMENT = 16;
    private static final int MOST_WAITING_FRAMES = 8_192;

    private final FlightLogReceiver log;
    private final FlightFeed feed;
    private final SerialTasks worker;
    private final PendingCommands commands;
    private final AtomicLongArray rejections = new AtomicLongArray(LogRejection.values().length);
    private final IntakeCounters counters;
    private @Nullable AirframeSession session;
    /** Came up and was not heard yet; the one before goes on until it is. */
    private @Nullable AirframeSession successor;

    private boolean abandoned;
    private int unacknowledgedFrames;
    /** Brought by frames since the last {@link #pause}. */
    private List<Claimed> gathered = new ArrayList<>();

    private int gatheredFrames;
    /** Taken, and not delivered yet. */
    private final AtomicInteger waitingFrames = new AtomicInteger();

    private volatile long tick;
    /** When {@link #onTick} has something to do, so that thousands of airframes at rest cost the workers nothing. */
    private volatile long dueAtTick;

    private volatile long newestFlightTimeNanos;
    private volatile long newestAtTick;
    private long acknowledgedAtTick;
    private long holeSinceTick = -1;
    private long requestedAtTick = Long.MIN_VALUE / 2;
    private volatile AnswerPace pace = AnswerPace.NETWORK;
    private volatile boolean outrun;
    private volatile AirframeState state;

    FlightIntake(
            AdmittedAirframe airframe,
            FlightFeed feed,
            SerialTasks worker,
            PendingCommands commands,
            IntakeCounters counters) {
        this.worker = worker;
        this.counters = counters;
        this.commands = commands;
        this.log = new FlightLogReceiver(airframe.origin(), airframe.logKey());
        this.feed = feed;
        this.state = new AirframeState(airframe.origin(), false, 0, 0, false, Optional.empty());
    }

    /** As of the last frame. Any thread. */
    AirframeState state() {
        return state;
    }

    /** A session of this log came up; it takes the place of an older one with its first frame, so that nothing is lost. */
    synchronized void sessionUp(AirframeSession up) {
        if (abandoned) {
            close(up);
        } else if (session == null) {
            use(up);
        } else {
            close(successor);
            successor = up;
        }
        publishState();
    }

    synchronized void sessionDown(AirframeSession down) {
        if (session == down) {
            use(successor);
            successor = null;
        } else if (successor == down) {
            successor = null;
        }
        publishState();
    }

    private void heardFrom(AirframeSession from) {
        if (from == successor) {
            close(session);
            use(successor);
            successor = null;
        }
    }

    private void use(@Nullable AirframeSession next) {
        session = next;
        if (next != null) {
            pace = next.pace();
            commands.repeatEvery(pace.command());
            dueAtTick = 0;
        }
    }

    /** By the worker: over a line it may have to wait. */
    private void close(@Nullable AirframeSession ending) {
        if (ending != null) {
            worker.add(ending::close);
        }
    }

    /**
     * Takes a frame that was opened.
     *
     * @param frame the kind byte, then the body; the intake's from now on
     * @return false if the worker has too much to deliver as it is: then the frame is dropped, and asked for again later
     */
    synchronized boolean take(AirframeSession from, byte[] frame) {
        if (waitingFrames.get() + gatheredFrames >= MOST_WAITING_FRAMES) {
            return false;
        }
        heardFrom(from);
        if (from != session || abandoned) {
            return true;
        }
        gatheredFrames++;
        FrameKind kind = SealedReceiver.kindOf(frame[0]);
        if (kind == FrameKind.FRAME_KIND_CHECKPOINT) {
            check(bodyOf(frame));
            return true;
        }
        take(kind, frame);
        unacknowledgedFrames++;
        if (unacknowledgedFrames >= FRAMES_PER_ACKNOWLEDGEMENT) {
            acknowledge();
        }
        return true;
    }

    /** No more frames wait for now: answers, and hands what came to the worker. */
    synchronized void pause() {
        handOver();
        if (unacknowledgedFrames > 0 && acknowledgementIsDue()) {
            acknowledge();
        }
        schedule();
        publishState();
    }

    private void take(FrameKind kind, byte[] frame) {
        switch (kind) {
            case FRAME_KIND_RECORD -> progressed(log.takeRecord(frame));
            case FRAME_KIND_SUBTREES -> {
                progressed(log.receiveSubtrees(bodyOf(frame)));
                if (log.goneFromAirframe()) {
                    abandon(UnattestedReason.GONE_FROM_AIRFRAME.name());
                }
            }
            default -> {
                // Of kinds that go up, or of a later version: acknowledged, and of no further use.
            }
        }
    }

    private static byte[] bodyOf(byte[] frame) {
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    /** By the worker, and then acknowledged. */
    private void check(byte[] wire) {
        handOver();
        waitingFrames.incrementAndGet();
        worker.add(() -> {
            waitingFrames.decrementAndGet();
            taken(log.check(wire));
        });
    }

    private synchronized void taken(CheckedCheckpoint checked) {
        if (!abandoned) {
            progressed(log.take(checked));
            unacknowledgedFrames++;
            pause();
        }
    }

    private void progressed(LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            for (Claimed claim : accepted.claims()) {
                if (claim instanceof AuthenticRecord authentic) {
                    keepTime(authentic.lastFlightTimeNanos());
                }
            }
            gathered.addAll(accepted.claims());
            if (log.complete()) {
                handOver();
                log.head().ifPresent(head -> worker.add(() -> feed.closed(head)));
            }
        } else {
            LogRejection reason = ((LogProgress.Rejected) progress).reason();
            rejections.incrementAndGet(reason.ordinal());
            counters.rejected(reason);
            if (reason.condemnsLog()) {
                abandon(reason.name());
            }
        }
    }

    private void handOver() {
        if (gatheredFrames == 0 && gathered.isEmpty()) {
            return;
        }
        List<Claimed> claims = gathered;
        int frames = gatheredFrames;
        gathered = new ArrayList<>();
        gatheredFrames = 0;
        waitingFrames.addAndGet(frames);
        worker.add(() -> {
            waitingFrames.addAndGet(-frames);
            deliver(claims);
        });
    }

    /** On the worker, without the lock. */
    private void deliver(List<Claimed> claims) {
        for (Claimed claim : claims) {
            if (claim instanceof AuthenticRecord authentic && !authentic.holdsOnlyStates()) {
                commands.observe(authentic.record());
            }
        }
        counters.accepted(claims, flightTimeNanos());
        feed.deliver(claims);
    }

    /** Frames that were taken and wait for the worker. Any thread. */
    int waitingFrames() {
        return waitingFrames.get();
    }

    /** Any thread. */
    long rejected(LogRejection reason) {
        return rejections.get(reason.ordinal());
    }

    /** From the station's clock alone; returns whether {@link #onTick} is due. */
    boolean passTick() {
        long now = tick + 1;
        tick = now;
        return now >= dueAtTick;
    }

    synchronized void onTick() {
        transmitCommands();
        requestMissing();
        boolean unsaid = unacknowledgedFrames > 0 && acknowledgementIsDue();
        if (unsaid || tick - acknowledgedAtTick >= pace.keepAlive()) {
            acknowledge();
        }
        schedule();
    }

    /** Every tick while something is under way, otherwise when the next keep-alive is due. */
    private void schedule() {
        boolean underWay = unacknowledgedFrames > 0 || commands.waiting() || log.misses() || holeSinceTick >= 0;
        dueAtTick = underWay ? 0 : acknowledgedAtTick + pace.keepAlive();
    }

    private boolean acknowledgementIsDue() {
        return tick - acknowledgedAtTick >= pace.acknowledgement();
    }

    private void acknowledge() {
        unacknowledgedFrames = 0;
        acknowledgedAtTick = tick;
        send(FrameKind.FRAME_KIND_ACKNOWLEDGEMENT, log.acknowledgement().toByteArray());
    }

    private void requestMissing() {
        List<LeafRange> missing = log.missing();
        if (missing.isEmpty()) {
            holeSinceTick = -1;
            return;
        }
        holeSinceTick = holeSinceTick < 0 ? tick : holeSinceTick;
        if (tick - holeSinceTick >= pace.hole() && tick - requestedAtTick >= pace.request()) {
            requestedAtTick = tick;
            counters.requested(missing);
            send(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder()
                            .addAllRanges(missing.subList(0, Math.min(missing.size(), pace.ranges())))
                            .build()
                            .toByteArray());
        }
    }

    private void keepTime(long flightTimeNanos) {
        if (flightTimeNanos >= newestFlightTimeNanos) {
            newestFlightTimeNanos = flightTimeNanos;
            newestAtTick = tick;
        }
    }

    /** What the airframe's flight clock shows by now, as far as its samples tell; 0 before the first. Any thread. */
    long flightTimeNanos() {
        long newest = newestFlightTimeNanos;
        return newest == 0 ? 0 : newest + (tick - newestAtTick) * AirframeLink.TICK.toNanos();
    }

    /** Any thread. */
    int mostCommandBytes() {
        return pace.commandBytes();
    }

    /** Any thread: see {@link PendingCommands#add}. */
    SentCommand command(Command command, long answerTicks, long outcomeTicks) {
        return commands.add(command, tick, answerTicks, outcomeTicks);
    }

    synchronized void transmitCommands() {
        commands.transmit(tick, command -> send(FrameKind.FRAME_KIND_COMMAND, command.toByteArray()));
        schedule();
    }

    private void send(FrameKind kind, byte[] body) {
        AirframeSession current = session;
        if (current != null) {
            current.send(kind, body);
        }
    }

    /** Whether the airframe kept nothing of what is missing here, so that only a new intake can follow the log. Any thread. */
    boolean outrun() {
        return outrun;
    }

    /** See {@link AirframeLink#unattested}. */
    synchronized List<UnattestedLeaves> unattested() {
        List<UnattestedLeaves> ranges = new ArrayList<>();
        for (UnattestedLeaves range : log.unattested()) {
            boolean open = range.reason() == UnattestedReason.NO_CHECKPOINT_YET
                    || range.reason() == UnattestedReason.REQUESTED;
            if (abandoned && (open || range.reason() == UnattestedReason.BEHIND_HOLE)) {
                ranges.add(range.because(UnattestedReason.LOG_ABANDONED));
            } else {
                ranges.add(open && session == null ? range.because(UnattestedReason.NO_SESSION) : range);
            }
        }
        return List.copyOf(ranges);
    }

    /** Nothing more of this log will be taken. */
    synchronized void abandon(String code) {
        if (abandoned) {
            return;
        }
        abandoned = true;
        outrun = log.goneFromAirframe();
        handOver();
        commands.abandon();
        worker.add(() -> feed.abandoned(code));
        close(session);
        close(successor);
        session = null;
        successor = null;
        publishState();
    }

    private void publishState() {
        state = new AirframeState(
                log.origin(),
                session != null,
                log.nextLeafIndex(),
                log.attestedSize(),
                log.complete(),
                log.condemned());
    }
}
