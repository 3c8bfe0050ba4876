package io.kryla.ground.fleet;

import io.kryla.session.SealedSender;
import io.kryla.sframe.FrameSealer;
import io.kryla.sframe.SFrameHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that datagrams are opened into. A frame needs one of its own, of its length, since its record keeps it; so a datagram
 * as long as the last genuine one is opened right there. Any other is opened elsewhere and copied: whatever a stranger sends, no array is
 * made for what does not open. Not thread-safe.
 */
final class OpenedFrames {
    private final byte[] scratch = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private int usualBytes;
    /** Nobody's yet; {@link #usualBytes} long. */
    private byte @Nullable [] next;

    /** Where to open this datagram, which may be anything. The array stays this object's until {@link #keep}. */
    byte[] roomFor(byte[] datagram, int length) {
        int header = SFrameHeader.lengthAt(datagram, 0, length);
        if (header < 0 || usualBytes == 0 || length - header - FrameSealer.TAG_BYTES != usualBytes) {
            return scratch;
        }
        byte[] room = next;
        if (room == null) {
            room = new byte[usualBytes];
            next = room;
        }
        return room;
    }

    /**
     * The caller's from now on: the frame that was opened, and nothing else.
     *
     * @param room from {@link #roomFor}
     * @param opened how many bytes of it are the frame
     */
    byte[] keep(byte[] room, int opened) {
        usualBytes = opened;
        next = null;
        return room.length == opened && room != scratch ? room : Arrays.copyOf(room, opened);
    }
}
