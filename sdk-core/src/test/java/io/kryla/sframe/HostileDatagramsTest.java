package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Datagrams that the peer did not send, against a session in the middle of its life: three steps behind it, its window half
 * full. Each is rejected and counted; window, step and keys stay as they are, and the peer's own frames are taken as before.
 */
class HostileDatagramsTest {
    private static final int FRAMES = 1_000;
    private static final int RANDOM_DATAGRAMS = 1_000_000;
    private static final int MAX_FRAME_BYTES = 1_170;
    private static final int SESSION = 0xabcdef;
    private static final long SECOND = 1_000_000_000L;

    private final RejectCounters rejections = new RejectCounters();
    private final KeyRatchet receiving = new KeyRatchet(new byte[32], SESSION);
    private final RatchetingOpener opener = new RatchetingOpener(receiving, MAX_FRAME_BYTES, rejections, 0);
    private final RatchetingSealer sealer = new RatchetingSealer(
            new KeyRatchet(new byte[32], SESSION),
            new KeyLife(Duration.ofSeconds(120), 400, Duration.ofHours(23), Duration.ofHours(24)),
            0);
    private final SplittableRandom random = new SplittableRandom(3);
    private final byte[] out = new byte[MAX_FRAME_BYTES];
    private final List<byte[]> frames = new ArrayList<>();
    private int rejected;
    private long nowNanos = SECOND;

    /** Every other frame of the step that the session is in has arrived, and none of those in {@link #frames}. */
    private void inTheMiddleOfASession() {
        for (int i = 0; i < 1_200; i++) {
            byte[] frame = sealed(20);
            if (i % 2 == 0) {
                assertThat(open(frame)).isEqualTo(20);
            }
        }
    }

    @Test
    void everyFlippedBitOfAThousandFramesIsRejected() {
        inTheMiddleOfASession();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = sealed(lengthOf(i));
            int step = opener.step();
            for (int bit = 0; bit < 8 * frame.length; bit++) {
                frame[bit / 8] ^= (byte) (1 << bit % 8);
                reject(frame, frame.length);
                frame[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertUnmoved(step);
            assertThat(open(frame)).as("frame %d itself", i).isEqualTo(lengthOf(i));
        }
        assertCounted();
    }

    @Test
    void everyTruncationOfAThousandFramesIsRejected() {
        inTheMiddleOfASession();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = sealed(lengthOf(i));
            int step = opener.step();
            for (int length = 0; length < frame.length; length++) {
                reject(frame, length);
            }
            assertUnmoved(step);
            assertThat(open(frame)).as("frame %d itself", i).isEqualTo(lengthOf(i));
        }
        assertCounted();
    }

    /** A quarter of them noise alone; the others with a header of this session, near to where it stands. */
    @Test
    void aMillionRandomDatagramsAreRejected() {
        inTheMiddleOfASession();
        for (int i = 0; i < 300; i++) {
            frames.add(sealed(20));
        }
        int step = opener.step();
        nowNanos += 20 * SECOND; // steps before this one have ended
        byte[] datagram = new byte[MAX_FRAME_BYTES + 30];
        for (int i = 0; i < RANDOM_DATAGRAMS; i++) {
            int length = random.nextInt(random.nextInt(8) == 0 ? datagram.length : 80);
            fill(datagram, length);
            if (i % 4 != 0 && length >= SFrameHeader.MAX_BYTES) {
                long kid = (long) SESSION << 16 | random.nextInt(Math.max(0, step - 10), step + 12);
                SFrameHeader.put(kid, random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(400), datagram, 0);
            }
            reject(datagram, length);
        }
        assertUnmoved(step);
        assertCounted();
        for (RejectReason reason : RejectReason.values()) {
            if (reason != RejectReason.RATCHET_LIMITED) {
                assertThat(rejections.of(reason)).as("%s", reason).isPositive();
            }
        }
        for (byte[] frame : frames) {
            assertThat(open(frame)).isEqualTo(20);
        }
    }

    private void fill(byte[] datagram, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            long noise = random.nextLong();
            for (int j = i; j < Math.min(i + Long.BYTES, length); j++, noise >>>= 8) {
                datagram[j] = (byte) noise;
            }
        }
    }

    private int lengthOf(int frame) {
        return frame % 100 == 99 ? 1_100 : frame % 61;
    }

    private byte[] sealed(int length) {
        byte[] frame = new byte[length + RatchetingSealer.MOST_OVERHEAD_BYTES];
        return Arrays.copyOf(frame, sealer.seal(new byte[length], 0, length, frame, 0, 0));
    }

    private int open(byte[] frame) {
        return opener.open(frame, 0, frame.length, out, 0, nowNanos);
    }

    private void reject(byte[] frame, int length) {
        if (opener.open(frame, 0, length, out, 0, nowNanos) >= 0 || opener.openedNewest()) {
            throw new AssertionError("opened: " + Arrays.toString(Arrays.copyOf(frame, length)));
        }
        rejected++;
    }

    /** No key beyond the eight that are derived ahead, which is all that a session can ever hold more. */
    private void assertUnmoved(int step) {
        assertThat(opener.step()).isEqualTo(step);
        assertThat(receiving.nextStep()).isLessThanOrEqualTo(step + RatchetingOpener.LOOK_AHEAD + 1);
    }

    private void assertCounted() {
        assertThat(rejections.total()).isEqualTo(rejected);
    }
}
