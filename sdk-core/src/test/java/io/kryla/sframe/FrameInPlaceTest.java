package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sealing and opening at offsets of the caller's arrays gives what sealing and opening whole arrays gives. */
class FrameInPlaceTest {
    private static final SFrameKey KEY = SFrameKey.derive(new byte[32], 0x123456L << 16);
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

    private final GcmCipher cipher = new GcmCipher();
    private final FrameSealer sealer = new FrameSealer(KEY, cipher);
    private final FrameOpener opener = new FrameOpener(KEY, 1170, new RejectCounters(), cipher);

    @Property(tries = 200)
    void offsetsChangeNothing(
            @ForAll @Size(max = 200) byte[] plaintext,
            @ForAll @IntRange(max = 40) int offset,
            @ForAll @IntRange(max = 40) int frameOffset) {
        byte[] whole = new FrameSealer(KEY).seal(plaintext);
        byte[] from = new byte[offset + plaintext.length + 3];
        System.arraycopy(plaintext, 0, from, offset, plaintext.length);
        byte[] frame = new byte[frameOffset + whole.length + 7];

        int sealed = new FrameSealer(KEY).seal(from, offset, plaintext.length, frame, frameOffset);

        assertThat(Arrays.copyOfRange(frame, frameOffset, frameOffset + sealed)).isEqualTo(whole);
        byte[] out = new byte[300];
        int opened =
                new FrameOpener(KEY, 1170, new RejectCounters(), cipher).open(frame, frameOffset, sealed, out, offset);
        assertThat(Arrays.copyOfRange(out, offset, offset + opened)).isEqualTo(plaintext);
    }

    @Test
    void aPlaintextMayStandWhereItsCiphertextWill() {
        byte[] frame = new byte[100];
        int header = sealer.nextHeaderBytes();
        System.arraycopy(MESSAGE, 0, frame, 10 + header, MESSAGE.length);

        int sealed = sealer.seal(frame, 10 + header, MESSAGE.length, frame, 10);

        assertThat(Arrays.copyOfRange(frame, 10, 10 + sealed)).isEqualTo(new FrameSealer(KEY).seal(MESSAGE));
    }

    @Test
    void oneCipherServesManyKeysInTurn() {
        SFrameKey other = SFrameKey.derive(new byte[32], 0x654321L << 16);
        FrameSealer otherSealer = new FrameSealer(other, cipher);
        FrameOpener otherOpener = new FrameOpener(other, 1170, new RejectCounters(), cipher);
        byte[] frame = new byte[100];
        byte[] out = new byte[100];
        for (int i = 0; i < 20; i++) {
            assertThat(opener.open(frame, 0, sealer.seal(MESSAGE, 0, 5, frame, 0), out, 0))
                    .isEqualTo(5);
            assertThat(otherOpener.open(frame, 0, otherSealer.seal(MESSAGE, 0, 5, frame, 0), out, 0))
                    .isEqualTo(5);
        }
    }

    @Test
    void aRejectedFrameLeavesNoByteOfAPlaintext() {
        byte[] secret = new byte[600];
        Arrays.fill(secret, (byte) 7);
        byte[] frame = new FrameSealer(KEY).seal(secret);
        frame[300] ^= 1;
        byte[] out = new byte[1170];

        assertThat(opener.open(frame, 0, frame.length, out, 0)).isEqualTo(RejectReason.AEAD_FAILED.code());

        assertThat(out).containsOnly(0);
    }

    @Test
    void theResultNamesTheReason() {
        for (RejectReason reason : RejectReason.values()) {
            assertThat(reason.code()).isNegative();
            assertThat(RejectReason.ofCode(reason.code())).isEqualTo(reason);
        }
        assertThatThrownBy(() -> RejectReason.ofCode(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooLittleRoomIsTheCallersMistakeAndSpendsNothing() {
        byte[] whole = new FrameSealer(KEY).seal(MESSAGE);
        assertThatThrownBy(() -> sealer.seal(MESSAGE, 0, 5, new byte[whole.length], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sealer.sealedFrames()).isZero();
        assertThatThrownBy(() -> opener.open(whole, 0, whole.length, new byte[5], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(opener.newestCounter()).isEqualTo(-1);
    }
}
