package io.kryla.ground.fleet;

import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.LogProgress;
import io.kryla.telemetry.LogRejection;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.telemetry.UnattestedReason;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.Command;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One flight log as it arrives: takes frames, delivers what they brought, and answers with acknowledgements, requests and
 * commands. Time is the count of ticks, 20 ms each. Confined to the link's worker, but for {@link #state}.
 */
final class FlightIntake {
    private static final int FRAMES_PER_ACKNOWLEDGEMENT = 16;

    private final FlightLogReceiver log;
    private final FlightFeed feed;
    private final PendingCommands commands;
    private final AtomicLongArray rejections = new AtomicLongArray(LogRejection.values().length);
    private final IntakeCounters counters;
    private @Nullable AirframeSession session;
    /** Came up and was not heard yet; the one before goes on until it is. */
    private @Nullable AirframeSession successor;

    private boolean abandoned;
    private int unacknowledgedFrames;
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

    FlightIntake(AdmittedAirframe airframe, FlightFeed feed, PendingCommands commands, IntakeCounters counters) {
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
    void sessionUp(AirframeSession up) {
        if (abandoned) {
            up.close();
        } else if (session == null) {
            use(up);
        } else {
            close(successor);
            successor = up;
        }
        publishState();
    }

    void sessionDown(AirframeSession down) {
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

    private static void close(@Nullable AirframeSession ending) {
        if (ending != null) {
            ending.close();
        }
    }

    /** @param more whether more frames wait, so that one acknowledgement may do for all */
    void take(List<ArrivedFrame> frames, boolean more) {
        for (ArrivedFrame frame : frames) {
            heardFrom(frame.session());
            if (frame.session() != session || abandoned) {
                continue;
            }
            take(frame);
            unacknowledgedFrames++;
            if (unacknowledgedFrames >= FRAMES_PER_ACKNOWLEDGEMENT) {
                acknowledge();
            }
        }
        if (unacknowledgedFrames > 0 && !more && acknowledgementIsDue()) {
            acknowledge();
        }
        schedule();
        publishState();
    }

    private void take(ArrivedFrame frame) {
        switch (frame.kind()) {
            case FRAME_KIND_RECORD -> progressed(log.takeRecord(frame.plaintext()));
            case FRAME_KIND_CHECKPOINT -> progressed(log.receiveCheckpoint(frame.body()));
            case FRAME_KIND_SUBTREES -> {
                progressed(log.receiveSubtrees(frame.body()));
                if (log.goneFromAirframe()) {
                    abandon(UnattestedReason.GONE_FROM_AIRFRAME.name());
                }
            }
            default -> {
                // Of kinds that go up, or of a later version: acknowledged, and of no further use.
            }
        }
    }

    private void progressed(LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            for (Claimed claim : accepted.claims()) {
                if (claim instanceof AuthenticRecord authentic) {
                    keepTime(authentic.lastFlightTimeNanos());
                    if (!authentic.holdsOnlyStates()) {
                        commands.observe(authentic.record());
                    }
                }
            }
            counters.accepted(accepted.claims(), flightTimeNanos());
            feed.deliver(accepted);
            if (log.complete()) {
                log.head().ifPresent(feed::closed);
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

    void onTick() {
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
        boolean underWay =
                unacknowledgedFrames > 0 || commands.waiting() || !log.missing().isEmpty() || holeSinceTick >= 0;
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

    void transmitCommands() {
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
    List<UnattestedLeaves> unattested() {
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
    void abandon(String code) {
        if (abandoned) {
            return;
        }
        abandoned = true;
        outrun = log.goneFromAirframe();
        commands.abandon();
        feed.abandoned(code);
        close(session);
        close(successor);
        session = null;
        successor = null;
        publishState();
    }

    private void publishState() {
        Acknowledgement reached = log.acknowledgement();
        state = new AirframeState(
                log.origin(),
                session != null,
                reached.getNextLeafIndex(),
                reached.getAttestedSize(),
                log.complete(),
                log.condemned());
    }
}
