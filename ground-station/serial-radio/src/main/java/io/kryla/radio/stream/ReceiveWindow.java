package io.kryla.radio.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Puts segments in order again. Holds at most so much as it has granted room for. Not thread-safe. */
final class ReceiveWindow {
    private static final int CAPACITY_SEGMENTS = 64;

    private final @Nullable Segment[] waiting = new Segment[SendWindow.SEGMENTS];
    private final ArrayDeque<byte[]> inOrder = new ArrayDeque<>();
    private int next;
    private int taken;
    private boolean ended;

    /** Ignores what was seen before and what there is no room for. */
    void receive(Segment segment) {
        int ahead = (segment.number() - next) & 0xffff;
        if (ahead >= room()) {
            return;
        }
        waiting[segment.number() % SendWindow.SEGMENTS] = segment;
        for (Segment first = atNext(); first != null && !ended; first = atNext()) {
            waiting[next % SendWindow.SEGMENTS] = null;
            next = (next + 1) & 0xffff;
            ended = first.ends();
            if (first.bytes().length > 0) {
                inOrder.add(first.bytes());
            }
        }
    }

    private @Nullable Segment atNext() {
        return waiting[next % SendWindow.SEGMENTS];
    }

    /** Segments from the next one on that may come. */
    int room() {
        return ended ? 0 : Math.min(SendWindow.SEGMENTS, CAPACITY_SEGMENTS - inOrder.size());
    }

    SegmentAcknowledgement acknowledgement(int streamId, boolean answerMe) {
        int further = 0;
        for (int i = 0; i < SendWindow.SEGMENTS - 1; i++) {
            if (waiting[(next + 1 + i) % SendWindow.SEGMENTS] != null) {
                further |= 1 << i;
            }
        }
        return new SegmentAcknowledgement(streamId, next, further, room(), answerMe);
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** Whether the peer's direction has ended; bytes of it may still have to be read. */
    boolean ended() {
        return ended;
    }

    int read(byte[] into) {
        int count = 0;
        while (count < into.length && !inOrder.isEmpty()) {
            byte[] first = inOrder.getFirst();
            int fits = Math.min(first.length - taken, into.length - count);
            System.arraycopy(first, taken, into, count, fits);
            count += fits;
            taken += fits;
            if (taken == first.length) {
                inOrder.removeFirst();
                taken = 0;
            }
        }
        return count;
    }

    void discard() {
        inOrder.clear();
        taken = 0;
    }
}
