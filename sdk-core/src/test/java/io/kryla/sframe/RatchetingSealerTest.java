package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RatchetingSealerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] BASE_KEY = new byte[32];

    private final byte[] frame = new byte[64];

    @Test
    void aStepLastsAHundredAndTwentySecondsOfSending() {
        RatchetingSealer sealer = sealer(KeyLife.STANDARD);
        assertThat(seal(sealer, 10 * SECOND)).isEqualTo(new SFrameHeader(kid(0), 0));
        assertThat(seal(sealer, 130 * SECOND - 1)).isEqualTo(new SFrameHeader(kid(0), 1));
        assertThat(seal(sealer, 130 * SECOND)).isEqualTo(new SFrameHeader(kid(1), 0));
        assertThat(seal(sealer, 250 * SECOND - 1)).isEqualTo(new SFrameHeader(kid(1), 1));
        assertThat(seal(sealer, 250 * SECOND)).isEqualTo(new SFrameHeader(kid(2), 0));
    }

    @Test
    void aSilentSenderIsOneStepFurtherAndNotMany() {
        RatchetingSealer sealer = sealer(KeyLife.STANDARD);
        seal(sealer, 0);
        assertThat(seal(sealer, 7_200 * SECOND)).isEqualTo(new SFrameHeader(kid(1), 0));
    }

    @Test
    void aStepEndsWithItsFrames() {
        RatchetingSealer sealer = sealer(life(3));
        for (int step = 0; step < 4; step++) {
            for (int counter = 0; counter < 3; counter++) {
                assertThat(seal(sealer, 0)).isEqualTo(new SFrameHeader(kid(step), counter));
            }
        }
    }

    @Test
    void theStandardAllowsAMillionFramesAStep() {
        assertThat(KeyLife.STANDARD.stepFrames()).isEqualTo(1_048_576);
        RatchetingSealer sealer = sealer(KeyLife.STANDARD);
        SFrameHeader newest = seal(sealer, 0);
        while (newest.ctr() < 1_048_575) {
            newest = seal(sealer, 0);
        }
        assertThat(newest.kid()).isEqualTo(kid(0));
        assertThat(seal(sealer, 0)).isEqualTo(new SFrameHeader(kid(1), 0));
    }

    @Test
    void theKeyOfAStepLeftBehindIsOverwritten() {
        KeyRatchet ratchet = new KeyRatchet(BASE_KEY, 7);
        RatchetingSealer sealer = new RatchetingSealer(ratchet, life(1), 0);
        seal(sealer, 0);
        assertThat(sealer.step()).isZero();
        seal(sealer, 0);
        assertThat(sealer.step()).isEqualTo(1);
        // What is left derives step 2 and later ones alone.
        assertThat(ratchet.nextStep()).isEqualTo(2);
    }

    @Test
    void aSessionEndsBeforeItsLastStepIsSurpassed() {
        RatchetingSealer sealer = sealer(life(1));
        for (int step = 0; step < KeyRatchet.LAST_STEP; step++) {
            seal(sealer, 0);
        }
        assertThat(sealer.wantsRenewal(0)).isTrue();
        assertThat(sealer.spent(0)).isFalse();
        assertThat(seal(sealer, 0)).isEqualTo(new SFrameHeader(kid(65_534), 0));
        assertThat(sealer.spent(0)).isTrue();
        assertThatThrownBy(() -> seal(sealer, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSessionEndsAfterADayAndWantsANewOneBefore() {
        RatchetingSealer sealer = sealer(KeyLife.STANDARD);
        seal(sealer, 0);
        assertThat(sealer.wantsRenewal(23 * 3_600 * SECOND - 1)).isFalse();
        assertThat(sealer.wantsRenewal(23 * 3_600 * SECOND)).isTrue();
        assertThat(sealer.spent(24 * 3_600 * SECOND - 1)).isFalse();
        seal(sealer, 24 * 3_600 * SECOND - 1);
        assertThat(sealer.spent(24 * 3_600 * SECOND)).isTrue();
        assertThatThrownBy(() -> seal(sealer, 24 * 3_600 * SECOND)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsSealedAfterTheKeysWereWiped() {
        RatchetingSealer sealer = sealer(life(1));
        seal(sealer, 0);
        sealer.wipe();
        assertThatThrownBy(() -> seal(sealer, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void threadsNeverShareAPairOfKeyAndCounter() throws Exception {
        RatchetingSealer sealer = sealer(life(100));
        Set<SFrameHeader> used = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                work.add(() -> {
                    byte[] own = new byte[64];
                    for (int i = 0; i < 5_000; i++) {
                        int length = sealer.seal(new byte[3], 0, 3, own, 0, 0);
                        used.add(SFrameHeader.parse(own, 0, length).orElseThrow());
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(used).hasSize(20_000);
        assertThat(sealer.step()).isEqualTo(199);
    }

    @Test
    void noLaxerLifeThanTheStandardsCanBeChosen() {
        assertRefused(Duration.ofSeconds(121), 1, Duration.ofHours(1), Duration.ofHours(2));
        assertRefused(Duration.ofSeconds(120), (1 << 20) + 1, Duration.ofHours(1), Duration.ofHours(2));
        assertRefused(Duration.ofSeconds(120), 1, Duration.ofHours(1), Duration.ofHours(25));
        assertRefused(Duration.ofSeconds(120), 1, Duration.ofHours(2), Duration.ofHours(2));
        assertRefused(Duration.ZERO, 1, Duration.ofHours(1), Duration.ofHours(2));
        assertRefused(Duration.ofSeconds(120), 0, Duration.ofHours(1), Duration.ofHours(2));
    }

    private static void assertRefused(Duration step, long frames, Duration renewal, Duration session) {
        assertThatThrownBy(() -> new KeyLife(step, frames, renewal, session))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static KeyLife life(long stepFrames) {
        return new KeyLife(Duration.ofSeconds(120), stepFrames, Duration.ofHours(23), Duration.ofHours(24));
    }

    private static RatchetingSealer sealer(KeyLife life) {
        return new RatchetingSealer(new KeyRatchet(BASE_KEY, 7), life, 0);
    }

    private SFrameHeader seal(RatchetingSealer sealer, long nowNanos) {
        int length = sealer.seal(new byte[3], 0, 3, frame, 0, nowNanos);
        return SFrameHeader.parse(frame, 0, length).orElseThrow();
    }

    private static long kid(int step) {
        return 7L << 16 | step;
    }
}
