package io.kryla.radio.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into segments and repeats those that were lost. A segment counts as lost when two that were sent after it have
 * arrived, as serial lines hardly reorder, or when its time is up. Not thread-safe.
 */
final class SendWindow {
    /** Under way at most: 1.4 s of a line of 57,600 baud, more than its round trip. */
    static final int SEGMENTS = 32;
    /** Waiting to be cut. */
    static final int CAPACITY_BYTES = 32 * 1_024;

    private static final int OVERTAKEN_BY = 2;

    /** A segment that was sent and is not known to have arrived. */
    private static final class UnderWay {
        private final Segment segment;
        private long sentAtNanos;
        private long order;
        private int sendings;
        private boolean lost;

        UnderWay(Segment segment) {
            this.segment = segment;
        }
    }

    private final int streamId;
    private final RoundTrip roundTrip;
    private final @Nullable UnderWay[] window = new UnderWay[SEGMENTS];
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int first;
    private int count;
    private int peerRoom = SEGMENTS;
    private long sendings;
    private long newestArrivedOrder;
    private long newestTimedOutOrder;
    private long askedAtNanos;
    private boolean finishing;
    private boolean endCut;

    SendWindow(int streamId, RoundTrip roundTrip) {
        this.streamId = streamId;
        this.roundTrip = roundTrip;
    }

    /** Takes as many of the bytes as there is room for and says how many. */
    int write(byte[] bytes, int offset, int length) {
        int fits = Math.min(length, CAPACITY_BYTES - waiting.size());
        waiting.write(bytes, offset, fits);
        return fits;
    }

    /** No more bytes will be written. */
    void finish() {
        finishing = true;
    }

    /** Whether everything, the end too, has arrived. */
    boolean finished() {
        return endCut && count == 0;
    }

    /** The next segment that is due; lost ones first. */
    @Nullable
    Segment next(long nowNanos) {
        expire(nowNanos);
        for (int i = 0; i < count; i++) {
            UnderWay underWay = at(first + i);
            if (underWay != null && underWay.lost) {
                return sent(underWay, nowNanos);
            }
        }
        boolean ask = peerRoom == 0 && count == 0 && nowNanos - askedAtNanos >= roundTrip.timeoutNanos();
        if (count < peerRoom || ask) {
            UnderWay fresh = cut();
            if (fresh != null) {
                askedAtNanos = nowNanos;
                return sent(fresh, nowNanos);
            }
        }
        return null;
    }

    /** How long {@link #next} will have nothing, unless something is written or acknowledged. */
    long idleNanos(long nowNanos) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            UnderWay underWay = at(first + i);
            if (underWay != null) {
                earliest = Math.min(
                        earliest, underWay.lost ? 0 : underWay.sentAtNanos + roundTrip.timeoutNanos() - nowNanos);
            }
        }
        if (hasToCut()) {
            if (count < peerRoom) {
                return 0;
            }
            if (count == 0) {
                earliest = askedAtNanos + roundTrip.timeoutNanos() - nowNanos;
            }
        }
        return Math.max(0, earliest);
    }

    /** Ignores what is older than what is known already, or was never sent. */
    void acknowledged(SegmentAcknowledgement acknowledgement, long nowNanos) {
        int arrived = (acknowledgement.next() - first) & 0xffff;
        if (arrived > count) {
            return;
        }
        for (int i = 0; i < arrived; i++) {
            arrived(first + i, nowNanos);
        }
        for (int i = 0; i < SEGMENTS - 1; i++) {
            if ((acknowledgement.further() >>> i & 1) != 0 && arrived + 1 + i < count) {
                arrived(first + arrived + 1 + i, nowNanos);
            }
        }
        first = (first + arrived) & 0xffff;
        count -= arrived;
        peerRoom = acknowledgement.room();
        for (int i = 0; i < count; i++) {
            UnderWay underWay = at(first + i);
            if (underWay != null && newestArrivedOrder - underWay.order >= OVERTAKEN_BY) {
                underWay.lost = true;
            }
        }
    }

    private void arrived(int number, long nowNanos) {
        UnderWay underWay = at(number);
        if (underWay == null) {
            return;
        }
        window[number % SEGMENTS] = null;
        long nanos = nowNanos - underWay.sentAtNanos;
        if (underWay.sendings == 1) {
            roundTrip.measured(nanos);
        } else {
            roundTrip.answered();
        }
        if (underWay.sendings == 1 || roundTrip.plausible(nanos)) {
            newestArrivedOrder = Math.max(newestArrivedOrder, underWay.order);
        }
    }

    /** What was sent before the last doubling does not double again: one silence, one doubling. */
    private void expire(long nowNanos) {
        boolean doubles = false;
        long timeout = roundTrip.timeoutNanos();
        for (int i = 0; i < count; i++) {
            UnderWay underWay = at(first + i);
            if (underWay != null && !underWay.lost && nowNanos - underWay.sentAtNanos >= timeout) {
                underWay.lost = true;
                doubles |= underWay.order > newestTimedOutOrder;
            }
        }
        if (doubles) {
            newestTimedOutOrder = sendings;
            roundTrip.timedOut();
        }
    }

    private Segment sent(UnderWay underWay, long nowNanos) {
        underWay.sentAtNanos = nowNanos;
        underWay.order = ++sendings;
        underWay.sendings++;
        underWay.lost = false;
        return underWay.segment;
    }

    private boolean hasToCut() {
        return waiting.size() > 0 || (finishing && !endCut);
    }

    private @Nullable UnderWay cut() {
        if (!hasToCut()) {
            return null;
        }
        byte[] all = waiting.toByteArray();
        int length = Math.min(all.length, Segment.MAX_BYTES);
        waiting.reset();
        waiting.write(all, length, all.length - length);
        endCut = finishing && waiting.size() == 0;
        int number = (first + count) & 0xffff;
        UnderWay fresh =
                new UnderWay(new Segment(streamId, number, endCut ? Segment.ENDS : 0, Arrays.copyOf(all, length)));
        window[number % SEGMENTS] = fresh;
        count++;
        return fresh;
    }

    private @Nullable UnderWay at(int number) {
        return window[(number & 0xffff) % SEGMENTS];
    }
}
