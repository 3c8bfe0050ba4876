package io.kryla.radio.stream;

import io.kryla.radio.frame.FrameReader;
import io.kryla.radio.frame.FrameRejection;
import io.kryla.radio.frame.LineChannel;
import io.kryla.radio.frame.LineFrame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One end of a line: takes what the line delivers apart, and says which frame goes next. Acknowledgements go first, as they
 * are short and others wait for them; then datagrams and segments in turn, so that neither starves the other.
 *
 * <p>Pure: bytes and time go in, bytes come out; hostile bytes are counted, never thrown, and memory is bounded. Not
 * thread-safe, but for the counts.
 */
public final class LineMultiplexer {
    /** Streams at once: one that lasts, one that takes its place, and two that have not noticed their end. */
    public static final int MOST_STREAMS = 4;
    /** Datagrams that wait for the line: no more than a sixth of a second, lest they grow stale. */
    private static final int MOST_OUTGOING = 4;

    private static final int MOST_INCOMING = 64;
    private static final int MOST_RESETS = 4;

    private final boolean accepting;
    private final StreamTimes times;
    private final FrameReader reader = new FrameReader();
    private final List<LineStream> streams = new ArrayList<>();
    private final ArrayDeque<LineStream> opened = new ArrayDeque<>();
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();
    private final ArrayDeque<LineFrame> resets = new ArrayDeque<>();
    private final AtomicLongArray rejections = new AtomicLongArray(LineRejection.values().length);
    private boolean segmentsTurn;

    /** @param accepting whether the peer may open streams; the other end then does not */
    public LineMultiplexer(boolean accepting, StreamTimes times) {
        this.accepting = accepting;
        this.times = times;
    }

    /**
     * Opens a stream; its first bytes tell the peer.
     *
     * @param id random: the peer may remember earlier ones, also those of an earlier life
     */
    public LineStream open(int id, long nowNanos) {
        makeRoom();
        LineStream stream = new LineStream(id, true, times, nowNanos);
        if (streams.size() >= MOST_STREAMS || find(id) != null) {
            stream.fail(StreamFault.STREAM_REFUSED);
        } else {
            streams.add(stream);
        }
        return stream;
    }

    /** The next stream that the peer has opened, each once. */
    public @Nullable LineStream pollOpened() {
        return opened.poll();
    }

    public boolean hasRoomForDatagram() {
        return outgoing.size() < MOST_OUTGOING;
    }

    /** Returns false, and drops it, when there is no room. */
    public boolean sendDatagram(byte[] datagram) {
        return hasRoomForDatagram() && outgoing.add(datagram);
    }

    public @Nullable byte[] pollDatagram() {
        return incoming.poll();
    }

    /** Takes bytes as the line delivers them. */
    public void receive(byte[] bytes, int count, long nowNanos) {
        reader.receive(bytes, count, frame -> take(frame, nowNanos));
    }

    private void take(LineFrame frame, long nowNanos) {
        switch (frame.channel()) {
            case SEGMENT ->
                Segment.parse(frame.body())
                        .ifPresentOrElse(segment -> take(segment, nowNanos), () -> reject(LineRejection.MALFORMED));
            case ACKNOWLEDGEMENT ->
                SegmentAcknowledgement.parse(frame.body())
                        .ifPresentOrElse(arrived -> take(arrived, nowNanos), () -> reject(LineRejection.MALFORMED));
            case RESET -> takeReset(frame.body());
            case DATAGRAM -> {
                if (incoming.size() < MOST_INCOMING) {
                    incoming.add(frame.body());
                } else {
                    reject(LineRejection.DATAGRAM_DROPPED);
                }
            }
        }
    }

    private void take(Segment segment, long nowNanos) {
        LineStream stream = find(segment.streamId());
        if (stream == null && segment.opens()) {
            stream = accept(segment.streamId(), nowNanos);
        } else if (stream == null) {
            refuse(segment.streamId(), LineRejection.UNKNOWN_STREAM, StreamFault.STREAM_UNKNOWN);
        }
        if (stream != null && stream.fault().isPresent()) {
            refuse(segment.streamId(), LineRejection.UNKNOWN_STREAM, StreamFault.STREAM_ABORTED);
        } else if (stream != null) {
            stream.receive(segment, nowNanos);
        }
    }

    private void take(SegmentAcknowledgement acknowledgement, long nowNanos) {
        LineStream stream = find(acknowledgement.streamId());
        if (stream != null) {
            stream.receive(acknowledgement, nowNanos);
        } else if (acknowledgement.answerMe()) {
            refuse(acknowledgement.streamId(), LineRejection.UNKNOWN_STREAM, StreamFault.STREAM_UNKNOWN);
        }
    }

    private void takeReset(byte[] body) {
        if (body.length != Integer.BYTES + 1) {
            reject(LineRejection.MALFORMED);
            return;
        }
        LineStream stream = find(ByteBuffer.wrap(body).getInt());
        if (stream != null) {
            stream.fail(StreamFault.ofReset(body[Integer.BYTES]));
        }
    }

    private @Nullable LineStream accept(int id, long nowNanos) {
        makeRoom();
        if (!accepting || streams.size() >= MOST_STREAMS) {
            refuse(id, LineRejection.STREAM_REFUSED, StreamFault.STREAM_REFUSED);
            return null;
        }
        LineStream stream = new LineStream(id, false, times, nowNanos);
        streams.add(stream);
        opened.add(stream);
        return stream;
    }

    private void refuse(int id, LineRejection counted, StreamFault told) {
        reject(counted);
        if (resets.size() < MOST_RESETS) {
            byte[] body = ByteBuffer.allocate(Integer.BYTES + 1)
                    .putInt(id)
                    .put(told.number())
                    .array();
            resets.add(new LineFrame(LineChannel.RESET, body));
        }
    }

    /** A stream that is done stays until its place is needed, to acknowledge what is repeated. */
    private void makeRoom() {
        if (streams.size() >= MOST_STREAMS) {
            streams.stream().filter(LineStream::done).findFirst().ifPresent(streams::remove);
        }
    }

    private @Nullable LineStream find(int id) {
        for (LineStream stream : streams) {
            if (stream.id() == id) {
                return stream;
            }
        }
        return null;
    }

    /**
     * Writes the next frame that is due; call it when the line is free.
     *
     * @param into of {@link LineFrame#MTU} bytes at least
     * @return its length, 0 when none is due
     */
    public int transmit(byte[] into, long nowNanos) {
        streams.forEach(stream -> stream.tick(nowNanos));
        LineFrame next = next(nowNanos);
        return next == null ? 0 : next.encode(into);
    }

    private @Nullable LineFrame next(long nowNanos) {
        LineFrame next = resets.poll();
        for (int i = 0; next == null && i < streams.size(); i++) {
            next = streams.get(i).acknowledgement(nowNanos);
        }
        if (next == null) {
            next = segmentsTurn ? segment(nowNanos) : datagram();
            segmentsTurn = next == null ? segmentsTurn : !segmentsTurn;
        }
        if (next == null) {
            next = segmentsTurn ? datagram() : segment(nowNanos);
        }
        return next;
    }

    /** Of the stream that waits longest for its turn. */
    private @Nullable LineFrame segment(long nowNanos) {
        for (int i = 0; i < streams.size(); i++) {
            LineStream stream = streams.get(i);
            LineFrame frame = stream.segment(nowNanos);
            if (frame != null) {
                streams.remove(i);
                streams.add(stream);
                return frame;
            }
        }
        return null;
    }

    private @Nullable LineFrame datagram() {
        byte[] datagram = outgoing.poll();
        return datagram == null ? null : new LineFrame(LineChannel.DATAGRAM, datagram);
    }

    /** How long nothing will be due, unless something is read, written, sent or received. */
    public long idleNanos(long nowNanos) {
        if (!resets.isEmpty() || !outgoing.isEmpty()) {
            return 0;
        }
        long idle = Long.MAX_VALUE;
        for (LineStream stream : streams) {
            idle = Math.min(idle, stream.idleNanos(nowNanos));
        }
        return idle;
    }

    /** Whether a stream that was closed here has not yet told its peer all. */
    public boolean hasFarewells() {
        return streams.stream().anyMatch(LineStream::isLeaving);
    }

    /** The line was closed: nothing more goes in or out. */
    public void close() {
        streams.forEach(stream -> stream.fail(StreamFault.LINE_CLOSED));
        outgoing.clear();
    }

    /** How often bytes were no frame for that reason. Any thread. */
    public long rejected(FrameRejection reason) {
        return reader.rejected(reason);
    }

    /** How often a frame was not taken for that reason. Any thread. */
    public long rejected(LineRejection reason) {
        return rejections.get(reason.ordinal());
    }

    private void reject(LineRejection reason) {
        rejections.incrementAndGet(reason.ordinal());
    }
}
