package io.kryla.radio.stream;

import io.kryla.radio.frame.LineChannel;
import io.kryla.radio.frame.LineFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream between two ends of a line: the bytes that one end writes are read at the other, all, once and in order, or
 * the stream breaks with a {@link StreamFault}. Hostile frames change nothing but this stream, and its memory is bounded.
 *
 * <p>Pure: frames and time go in, frames come out. Not thread-safe.
 */
public final class LineStream {
    /** What {@link #read} says when there is nothing more to come. */
    public static final int END = -1;

    /** A receiver that had hardly any room tells the sender when it has that much again, in segments. */
    private static final int ROOM_WORTH_TELLING = SendWindow.SEGMENTS / 2;

    private final int id;
    private final boolean opener;
    private final StreamTimes times;
    private final SendWindow sending;
    private final ReceiveWindow receiving = new ReceiveWindow();
    private Optional<StreamFault> fault = Optional.empty();
    private boolean peerKnows;
    private boolean acknowledgementDue;
    private boolean closed;
    private int toldRoom = SendWindow.SEGMENTS;
    private long heardAtNanos;
    private long askedAtNanos;
    private long closedAtNanos;

    LineStream(int id, boolean opener, StreamTimes times, long nowNanos) {
        this.id = id;
        this.opener = opener;
        this.times = times;
        this.sending = new SendWindow(id, new RoundTrip(times));
        this.heardAtNanos = nowNanos;
        this.askedAtNanos = nowNanos;
    }

    public int id() {
        return id;
    }

    /** Takes as many bytes as there is room for and says how many. */
    public int write(byte[] bytes, int offset, int length) {
        return closed || fault.isPresent() ? 0 : sending.write(bytes, offset, length);
    }

    /** Copies what has arrived; 0 when there is nothing yet, {@link #END} when the peer has ended its direction. */
    public int read(byte[] into) {
        int count = receiving.read(into);
        if (toldRoom < ROOM_WORTH_TELLING && receiving.room() >= ROOM_WORTH_TELLING) {
            acknowledgementDue = true;
        }
        return count == 0 && receiving.ended() ? END : count;
    }

    /** Whether {@link #read} has something to say. */
    public boolean readable() {
        return !receiving.isEmpty() || receiving.ended();
    }

    public boolean closed() {
        return closed;
    }

    /** Ends this end's direction after what was written, and listens no more. */
    public void close(long nowNanos) {
        if (!closed) {
            closed = true;
            closedAtNanos = nowNanos;
            sending.finish();
            receiving.discard();
        }
    }

    /** Why the stream broke; what had arrived before can still be read. */
    public Optional<StreamFault> fault() {
        return fault;
    }

    void fail(StreamFault reason) {
        if (fault.isEmpty()) {
            fault = Optional.of(reason);
        }
    }

    void receive(Segment segment, long nowNanos) {
        heardAtNanos = nowNanos;
        acknowledgementDue = true;
        receiving.receive(segment);
        if (closed) {
            receiving.discard();
        }
    }

    void receive(SegmentAcknowledgement acknowledgement, long nowNanos) {
        heardAtNanos = nowNanos;
        peerKnows = true;
        acknowledgementDue |= acknowledgement.answerMe();
        sending.acknowledged(acknowledgement, nowNanos);
    }

    /** Closed, while some of what was said, the end at least, may not have arrived. */
    boolean isLeaving() {
        return closed && fault.isEmpty() && !sending.finished();
    }

    /** Nothing more will come of it, either way. */
    boolean done() {
        return fault.isPresent() || (closed && sending.finished() && receiving.ended());
    }

    /** Lets time do its part. */
    void tick(long nowNanos) {
        if (nowNanos - heardAtNanos >= times.silence().toNanos()) {
            fail(StreamFault.PEER_SILENT);
        } else if (closed && nowNanos - closedAtNanos >= times.silence().toNanos()) {
            fail(StreamFault.STREAM_ABORTED);
        }
    }

    @Nullable
    LineFrame acknowledgement(long nowNanos) {
        boolean ask = asksAt() - nowNanos <= 0;
        if (fault.isPresent() || !(acknowledgementDue || ask)) {
            return null;
        }
        acknowledgementDue = false;
        if (ask) {
            askedAtNanos = nowNanos;
        }
        SegmentAcknowledgement arrived = receiving.acknowledgement(id, ask);
        toldRoom = arrived.room();
        return new LineFrame(LineChannel.ACKNOWLEDGEMENT, arrived.encode());
    }

    @Nullable
    LineFrame segment(long nowNanos) {
        Segment due = fault.isPresent() ? null : sending.next(nowNanos);
        return due == null ? null : new LineFrame(LineChannel.SEGMENT, due.encode(opener && !peerKnows));
    }

    /** How long nothing will be due, unless something is read, written or received. */
    long idleNanos(long nowNanos) {
        if (fault.isPresent()) {
            return Long.MAX_VALUE;
        }
        if (acknowledgementDue) {
            return 0;
        }
        long silent = heardAtNanos + times.silence().toNanos() - nowNanos;
        return Math.max(0, Math.min(Math.min(silent, asksAt() - nowNanos), sending.idleNanos(nowNanos)));
    }

    /** When the peer is asked for a sign of life: after a silence, and then four times as often. */
    private long asksAt() {
        long keepAlive = times.keepAlive().toNanos();
        return opener && peerKnows && !done()
                ? Math.max(heardAtNanos + keepAlive, askedAtNanos + keepAlive / 4)
                : heardAtNanos + times.silence().toNanos();
    }
}
