package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MeasuredPacerTest {
    private long now = 5_000_000_000L;

    @Test
    void waitsForItsTimeAndMeasuresHowLateEachWaitEnds() {
        var pacer = new MeasuredPacer(2, () -> now, nanos -> now += nanos + 100);
        for (int i = 0; i <= 100; i++) {
            pacer.awaitFlightTime(i * 4_000_000L);
        }
        assertThat(now).isEqualTo(5_000_000_000L + 200_000_000 + 100);
        assertThat(pacer.jitter()).isEqualTo(new MeasuredPacer.Jitter(2, 101, 100, 100, 100));
    }

    @Test
    void lostTimeIsMadeUpAndShown() {
        var pacer = new MeasuredPacer(1, () -> now, nanos -> now += nanos);
        pacer.awaitFlightTime(0);
        now += 10_000_000;
        for (int i = 1; i <= 5; i++) {
            pacer.awaitFlightTime(i * 4_000_000L);
        }
        assertThat(now).isEqualTo(5_000_000_000L + 20_000_000);
        assertThat(pacer.jitter().greatestNanos()).isEqualTo(6_000_000);
        assertThat(pacer.jitter().medianNanos()).isZero();
    }

    @Test
    void refusesAPaceThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasuredPacer(0, () -> now, nanos -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasuredPacer(Double.NaN, () -> now, nanos -> {}));
    }
}
