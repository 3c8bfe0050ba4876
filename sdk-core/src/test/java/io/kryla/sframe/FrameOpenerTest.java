package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameOpenerTest {
    private static final byte[] BASE_KEY = new byte[32];
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final long KID = 0xabcdefL << 16;

    private final RejectCounters rejections = new RejectCounters();
    private final FrameSealer sealer = new FrameSealer(SFrameKey.derive(BASE_KEY, KID));
    private final FrameOpener opener = new FrameOpener(SFrameKey.derive(BASE_KEY, KID), 100, rejections);

    @Test
    void opensWhatWasSealed() {
        assertOpens(sealer.seal(MESSAGE));
    }

    @Test
    void opensFramesThatOvertookEachOther() {
        byte[] first = sealer.seal(MESSAGE);
        byte[] second = sealer.seal(MESSAGE);
        assertOpens(second);
        assertOpens(first);
    }

    @Test
    void aCounterIsNeverUsedTwice() {
        List<Long> counters = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] frame = sealer.seal(MESSAGE);
            counters.add(
                    SFrameHeader.parse(frame, 0, frame.length).orElseThrow().ctr());
        }
        assertThat(counters).startsWith(0L, 1L, 2L).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aSealerStopsAtTheEndOfItsCounters() {
        FrameSealer last = new FrameSealer(SFrameKey.derive(BASE_KEY, KID), new GcmCipher(), FrameSealer.MAX_COUNTER);
        last.seal(MESSAGE);
        assertThatThrownBy(() -> last.seal(MESSAGE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rejectsAReplay() {
        byte[] frame = sealer.seal(MESSAGE);
        assertOpens(frame);
        assertRejects(frame, RejectReason.REPLAYED);
    }

    @Test
    void rejectsWhatFellBehindTheWindow() {
        byte[] old = sealer.seal(MESSAGE);
        for (int i = 0; i < ReplayWindow.BITS - 1; i++) {
            sealer.seal(MESSAGE);
        }
        assertOpens(sealer.seal(MESSAGE));
        assertRejects(old, RejectReason.TOO_OLD);
    }

    @Test
    void rejectsAnotherSession() {
        byte[] foreign = new FrameSealer(SFrameKey.derive(BASE_KEY, KID + (1L << 16))).seal(MESSAGE);
        assertRejects(foreign, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void rejectsTheRightKeyIdUnderAnotherKey() {
        byte[] otherKey = BASE_KEY.clone();
        otherKey[0] = 1;
        assertRejects(new FrameSealer(SFrameKey.derive(otherKey, KID)).seal(MESSAGE), RejectReason.AEAD_FAILED);
    }

    @Test
    void rejectsWhatIsTooLong() {
        assertRejects(sealer.seal(new byte[100]), RejectReason.OVERSIZE);
    }

    @Test
    void rejectsAHeaderThatIsNotInItsShortestForm() {
        byte[] frame = sealer.seal(MESSAGE);
        SFrameHeader header = SFrameHeader.parse(frame, 0, frame.length).orElseThrow();
        byte[] stretched = new byte[frame.length + 1];
        System.arraycopy(frame, 0, stretched, 0, header.encodedLength());
        stretched[0] |= 0x08;
        stretched[header.encodedLength()] = (byte) header.ctr();
        System.arraycopy(
                frame,
                header.encodedLength(),
                stretched,
                header.encodedLength() + 1,
                frame.length - header.encodedLength());
        assertRejects(stretched, RejectReason.MALFORMED);
    }

    @Test
    void aRejectedFrameLeavesTheWindowAsItWas() {
        byte[] frame = sealer.seal(MESSAGE);
        byte[] altered = frame.clone();
        altered[altered.length - 1] ^= 1;
        assertRejects(altered, RejectReason.AEAD_FAILED);
        assertOpens(frame);
    }

    @Test
    void aKeyDoesNotTellItsSecretsAway() {
        assertThat(SFrameKey.derive(BASE_KEY, KID)).hasToString("SFrameKey[kid=abcdef0000, secret]");
    }

    private void assertOpens(byte[] frame) {
        assertThat(opener.open(frame, frame.length))
                .isInstanceOfSatisfying(
                        OpenResult.Opened.class,
                        it -> assertThat(it.plaintext()).isEqualTo(MESSAGE));
    }

    private void assertRejects(byte[] frame, RejectReason reason) {
        long before = rejections.of(reason);
        assertThat(opener.open(frame, frame.length)).isEqualTo(new OpenResult.Rejected(reason));
        assertThat(rejections.of(reason)).isEqualTo(before + 1);
        assertThat(Arrays.stream(RejectReason.values())
                        .mapToLong(rejections::of)
                        .sum())
                .isEqualTo(rejections.total());
    }
}
