package io.kryla.radio.frame;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in what a line delivers. Whatever comes in, nothing throws, nothing grows, and the next whole frame is
 * received. One thread reads; any may ask for the counts.
 */
public final class FrameReader {
    private static final int LONGEST = Cobs.maxEncodedBytes(LineFrame.MAX_PACKET_BYTES);

    private final byte[] buffer = new byte[LONGEST];
    private final AtomicLongArray rejections = new AtomicLongArray(FrameRejection.values().length);
    private int length;
    private boolean overflowed;

    /** Takes bytes as they come, in pieces of any size, and hands out each frame that ends in them. */
    public void receive(byte[] bytes, int count, Consumer<LineFrame> frames) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == 0) {
                end(frames);
            } else if (length == buffer.length) {
                overflowed = true;
            } else {
                buffer[length++] = bytes[i];
            }
        }
    }

    /** How often bytes were no frame for that reason. Any thread. */
    public long rejected(FrameRejection reason) {
        return rejections.get(reason.ordinal());
    }

    private void end(Consumer<LineFrame> frames) {
        int encoded = length;
        boolean tooLong = overflowed;
        length = 0;
        overflowed = false;
        if (encoded == 0) {
            return;
        }
        if (tooLong) {
            reject(FrameRejection.OVERSIZE);
            return;
        }
        int decoded = Cobs.decode(buffer, encoded);
        int checked = decoded - LineFrame.CHECK_BYTES;
        if (decoded == Cobs.MALFORMED || checked < 1) {
            reject(FrameRejection.MALFORMED);
        } else if (LineFrame.checkOf(buffer, checked) != checkAt(checked)) {
            reject(FrameRejection.BAD_CHECK);
        } else {
            whole(checked, frames);
        }
    }

    private void whole(int end, Consumer<LineFrame> frames) {
        @Nullable LineChannel channel = LineChannel.of(buffer[0]);
        if (channel == null) {
            reject(FrameRejection.UNKNOWN_CHANNEL);
        } else {
            frames.accept(new LineFrame(channel, Arrays.copyOfRange(buffer, 1, end)));
        }
    }

    private int checkAt(int offset) {
        int check = 0;
        for (int i = 0; i < LineFrame.CHECK_BYTES; i++) {
            check = check << 8 | buffer[offset + i] & 0xff;
        }
        return check;
    }

    private void reject(FrameRejection reason) {
        rejections.incrementAndGet(reason.ordinal());
    }
}
