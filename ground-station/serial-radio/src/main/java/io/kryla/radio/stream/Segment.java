package io.kryla.radio.stream;

import io.kryla.radio.frame.LineFrame;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A piece of a stream (protocol.md §13.2): stream id (4), number (2), flags (1), bytes. Once numbered, a segment never
 * changes, however often it is sent.
 */
final class Segment {
    private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES + 1;
    /** Most bytes of the stream in one segment. */
    static final int MAX_BYTES = LineFrame.MAX_BODY_BYTES - HEADER_BYTES;

    /** The peer may not know the stream yet: it begins here. */
    static final int OPENS = 1;
    /** The sender's direction ends after these bytes. */
    static final int ENDS = 2;

    private static final int KNOWN_FLAGS = OPENS | ENDS;

    private final int streamId;
    private final int number;
    private final int flags;
    private final byte[] bytes;

    /** @param number its lower 16 bits count */
    Segment(int streamId, int number, int flags, byte[] bytes) {
        this.streamId = streamId;
        this.number = number & 0xffff;
        this.flags = flags;
        this.bytes = bytes;
    }

    /** Empty when it is none; a segment without bytes has to be the end. */
    static Optional<Segment> parse(byte[] body) {
        if (body.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int streamId = in.getInt();
        int number = in.getShort() & 0xffff;
        int flags = in.get();
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        boolean empty = bytes.length == 0 && (flags & ENDS) == 0;
        return (flags & ~KNOWN_FLAGS) != 0 || empty
                ? Optional.empty()
                : Optional.of(new Segment(streamId, number, flags, bytes));
    }

    byte[] encode(boolean opens) {
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .putInt(streamId)
                .putShort((short) number)
                .put((byte) (opens ? flags | OPENS : flags & ~OPENS))
                .put(bytes)
                .array();
    }

    int streamId() {
        return streamId;
    }

    int number() {
        return number;
    }

    boolean opens() {
        return (flags & OPENS) != 0;
    }

    boolean ends() {
        return (flags & ENDS) != 0;
    }

    byte[] bytes() {
        return bytes;
    }
}
