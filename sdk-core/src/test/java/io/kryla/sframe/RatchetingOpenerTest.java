package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatchetingOpenerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] BASE_KEY = new byte[32];
    private static final int SESSION = 0xabcdef;

    private final RejectCounters rejections = new RejectCounters();
    private final KeyRatchet receiving = new KeyRatchet(BASE_KEY, SESSION);
    private final RatchetingOpener opener = new RatchetingOpener(receiving, 1170, rejections, 0);
    private final KeyRatchet sending = new KeyRatchet(BASE_KEY, SESSION);
    private final FrameSealer[] steps = IntStream.range(0, 60)
            .mapToObj(step -> new FrameSealer(sending.next()))
            .toArray(FrameSealer[]::new);

    @Test
    void theNextStepIsReadyBeforeItsFirstFrame() {
        assertThat(receiving.nextStep()).isEqualTo(2);
        assertOpens(frame(1), 0);
        assertThat(opener.step()).isEqualTo(1);
        assertThat(receiving.nextStep()).isEqualTo(3);
    }

    @Test
    void framesOfTheStepBeforeAreTakenForTenSecondsMore() {
        byte[] early = frame(0);
        byte[] late = frame(0);
        assertOpens(frame(1), 5 * SECOND);
        assertOpens(early, 15 * SECOND - 1);
        assertThat(opener.openedNewest()).isFalse();
        assertRejects(late, 15 * SECOND, RejectReason.TOO_OLD);
    }

    @Test
    void framesOfAStepThatWasPassedOverAreTakenAsWell() {
        byte[] passedOver = frame(2);
        assertOpens(frame(4), 0);
        assertOpens(passedOver, SECOND);
        assertThat(opener.step()).isEqualTo(4);
    }

    @Test
    void eightStepsAheadAreFollowedAndNotNine() {
        byte[] nine = frame(9);
        assertRejects(nine, 0, RejectReason.RATCHET_TOO_FAR);
        assertOpens(frame(8), 0);
        assertOpens(nine, SECOND);
    }

    @Test
    void eightStepsBehindAreOldAndNineAreTooFar() {
        byte[] first = frame(0);
        byte[] second = frame(1);
        assertOpens(frame(8), 0);
        assertOpens(frame(9), 20 * SECOND);
        assertRejects(second, 20 * SECOND, RejectReason.TOO_OLD);
        assertRejects(first, 20 * SECOND, RejectReason.RATCHET_TOO_FAR);
    }

    @Test
    void theStepThatIsNeverUsedIsNotTaken() {
        byte[] never = new SFrameHeader((long) SESSION << 16 | 65_535, 0).encode();
        assertRejects(Arrays.copyOf(never, 60), 0, RejectReason.RATCHET_TOO_FAR);
    }

    @Test
    void onlyAnAuthenticFrameMovesTheStep() {
        for (int step = 0; step <= 8; step++) {
            byte[] forged = frame(step);
            forged[forged.length - 1] ^= 1;
            assertRejects(forged, 0, RejectReason.AEAD_FAILED);
            assertThat(opener.step()).isZero();
        }
        assertOpens(frame(0), 0);
        assertThat(opener.openedNewest()).isTrue();
    }

    @Test
    void forgedFramesAheadCostEightDerivationsInAll() {
        for (int i = 0; i < 1_000; i++) {
            byte[] forged = new SFrameHeader((long) SESSION << 16 | 8, i).encode();
            assertRejects(Arrays.copyOf(forged, 60), 0, RejectReason.AEAD_FAILED);
        }
        assertThat(receiving.nextStep()).isEqualTo(9);
        assertOpens(frame(1), 0);
    }

    @Test
    void noMoreThanTenKeysAreDerivedASecond() {
        assertOpens(frame(8), 0); // 0 to 8, and 9 made ready
        assertThat(receiving.nextStep()).isEqualTo(10);
        assertRejects(frame(10), 0, RejectReason.RATCHET_LIMITED);
        assertRejects(frame(10), SECOND / 10 - 1, RejectReason.RATCHET_LIMITED);
        assertOpens(frame(10), SECOND / 10);
        assertOpens(frame(16), 2 * SECOND);
        assertRejects(frame(24), 2 * SECOND, RejectReason.RATCHET_LIMITED);
        assertOpens(frame(24), 3 * SECOND);
    }

    @Test
    void countersBeginAnewWithEachStepAndEachHasItsOwnWindow() {
        byte[] oldStep = frame(0);
        byte[] newStep = frame(1);
        assertOpens(newStep, 0);
        assertOpens(oldStep, 0);
        assertRejects(newStep, 0, RejectReason.REPLAYED);
        assertRejects(oldStep, 0, RejectReason.REPLAYED);
    }

    @Test
    void theNewestIsByStepThenCounter() {
        byte[] a0 = frame(0);
        byte[] a1 = frame(0);
        byte[] b0 = frame(1);
        byte[] b1 = frame(1);
        byte[] b2 = frame(1);
        assertNewest(a0, true);
        assertNewest(b1, true);
        assertNewest(b0, false);
        assertNewest(a1, false);
        assertNewest(b2, true);
        assertRejects(b2, 0, RejectReason.REPLAYED);
        assertThat(opener.openedNewest()).isFalse();
    }

    @Test
    void anotherSessionIsUnknownWhateverItsStep() {
        KeyRatchet other = new KeyRatchet(BASE_KEY, SESSION - 1);
        assertRejects(new FrameSealer(other.next()).seal(new byte[3]), 0, RejectReason.UNKNOWN_KEY);
        byte[] huge = new SFrameHeader(Long.MIN_VALUE, 0).encode();
        assertRejects(Arrays.copyOf(huge, 60), 0, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void whatIsTooLongOrNoFrameIsRejected() {
        assertRejects(new byte[1171], 0, RejectReason.OVERSIZE);
        assertRejects(new byte[0], 0, RejectReason.MALFORMED);
        assertRejects(new byte[] {(byte) 0x80}, 0, RejectReason.MALFORMED);
        byte[] noRoomForTag = Arrays.copyOf(frame(0), 20);
        assertRejects(noRoomForTag, 0, RejectReason.MALFORMED);
    }

    @Test
    void opensAtOffsetsOfTheCallersArrays() {
        byte[] frame = frame(0);
        byte[] in = new byte[frame.length + 9];
        System.arraycopy(frame, 0, in, 4, frame.length);
        byte[] out = new byte[20];
        assertThat(opener.open(in, 4, frame.length, out, 6, 0)).isEqualTo(3);
        assertThat(Arrays.copyOfRange(out, 6, 9)).containsExactly(1, 2, 3);
    }

    private byte[] frame(int step) {
        return steps[step].seal(new byte[] {1, 2, 3});
    }

    private void assertNewest(byte[] frame, boolean newest) {
        assertOpens(frame, 0);
        assertThat(opener.openedNewest()).isEqualTo(newest);
    }

    private void assertOpens(byte[] frame, long nowNanos) {
        assertThat(opener.open(frame, 0, frame.length, new byte[1170], 0, nowNanos))
                .isEqualTo(3);
    }

    private void assertRejects(byte[] frame, long nowNanos, RejectReason reason) {
        long before = rejections.of(reason);
        assertThat(opener.open(frame, 0, frame.length, new byte[1170], 0, nowNanos))
                .isEqualTo(reason.code());
        assertThat(rejections.of(reason)).isEqualTo(before + 1);
    }
}
