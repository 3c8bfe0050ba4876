package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HostileFrameProperties {
    private static final byte[] BASE_KEY = new byte[32];
    private static final long KID = 0x123456L << 16;

    @Property(tries = 500)
    void whateverArrivesIsRejectedAndNeverThrows(@ForAll @Size(max = 64) byte[] hostile) {
        assertThat(opener().open(hostile, hostile.length)).isInstanceOf(OpenResult.Rejected.class);
    }

    @Property(tries = 500)
    void everyHeaderComesBackAsItWas(@ForAll @LongRange(min = 0) long kid, @ForAll @LongRange(min = 0) long ctr) {
        SFrameHeader header = new SFrameHeader(kid, ctr);
        byte[] encoded = header.encode();
        assertThat(encoded).hasSizeLessThanOrEqualTo(SFrameHeader.MAX_BYTES);
        assertThat(SFrameHeader.parse(encoded, 0, encoded.length)).contains(header);
    }

    @Property(tries = 200)
    void whatIsSealedComesBackAsItWas(@ForAll @Size(max = 200) byte[] plaintext) {
        byte[] frame = sealed(plaintext);
        assertThat(opener().open(frame, frame.length))
                .isInstanceOfSatisfying(
                        OpenResult.Opened.class,
                        it -> assertThat(it.plaintext()).isEqualTo(plaintext));
    }

    @Test
    void everyTruncationIsRejected() {
        byte[] frame = sealed(new byte[40]);
        FrameOpener opener = opener();
        for (int length = 0; length < frame.length; length++) {
            assertThat(opener.open(frame, length)).as("length " + length).isInstanceOf(OpenResult.Rejected.class);
        }
        assertThat(opener.open(frame, frame.length)).isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    void everyFlippedBitIsRejected() {
        byte[] frame = sealed(new byte[40]);
        FrameOpener opener = opener();
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opener.open(frame, frame.length)).as("bit " + bit).isInstanceOf(OpenResult.Rejected.class);
            frame[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(opener.open(frame, frame.length)).isInstanceOf(OpenResult.Opened.class);
    }

    private static byte[] sealed(byte[] plaintext) {
        return new FrameSealer(SFrameKey.derive(BASE_KEY, KID)).seal(plaintext);
    }

    private static FrameOpener opener() {
        return new FrameOpener(SFrameKey.derive(BASE_KEY, KID), 1170, new RejectCounters());
    }
}
