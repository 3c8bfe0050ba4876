package io.kryla.radio.stream;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What has arrived of a stream (protocol.md §13.2): stream id (4), next (2), further (4), room (1), flags (1).
 *
 * @param next every segment before it has arrived, this one not
 * @param further bit <em>i</em>, the lowest being 0: segment {@code next} + 1 + <em>i</em> has arrived too
 * @param room segments from {@code next} on that the receiver has room for
 * @param answerMe the sender wants a sign of life
 */
record SegmentAcknowledgement(int streamId, int next, int further, int room, boolean answerMe) {
    private static final int BYTES = 4 + 2 + 4 + 1 + 1;
    private static final int ANSWER_ME = 1;

    static Optional<SegmentAcknowledgement> parse(byte[] body) {
        if (body.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int streamId = in.getInt();
        int next = in.getShort() & 0xffff;
        int further = in.getInt();
        int room = in.get() & 0xff;
        int flags = in.get();
        return room > SendWindow.SEGMENTS || (flags & ~ANSWER_ME) != 0
                ? Optional.empty()
                : Optional.of(new SegmentAcknowledgement(streamId, next, further, room, flags != 0));
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .putInt(streamId)
                .putShort((short) next)
                .putInt(further)
                .put((byte) room)
                .put((byte) (answerMe ? ANSWER_ME : 0))
                .array();
    }
}
