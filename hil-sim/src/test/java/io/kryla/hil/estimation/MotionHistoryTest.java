package io.kryla.hil.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MotionHistoryTest {
    private static final long TICK = MotionHistory.GRID_NANOS;

    private final MotionHistory history = new MotionHistory();

    @Test
    void remembersWhereItWas() {
        walk(50);
        assertThat(history.has(30 * TICK)).isTrue();
        assertThat(history.position(30 * TICK, 0)).isEqualTo(30);
        assertThat(history.velocity(30 * TICK, 2)).isEqualTo(-30);
        assertThat(history.has(30 * TICK + 4_000_000))
                .as("between two grid points")
                .isTrue();
    }

    @Test
    void forgetsWhatLiesTooFarBack() {
        walk(200);
        assertThat(history.has(30 * TICK)).isFalse();
        assertThat(history.has(73 * TICK)).isTrue();
        history.clear();
        assertThat(history.has(199 * TICK)).isFalse();
    }

    @Test
    void correctsThePastWithThePresent() {
        walk(50);
        history.shift(0, 0.5, -0.25);
        assertThat(history.position(30 * TICK, 0)).isCloseTo(30.5, within(1e-12));
        assertThat(history.velocity(30 * TICK, 0)).isCloseTo(-0.25, within(1e-12));
        assertThat(history.position(30 * TICK, 1)).isEqualTo(0);
    }

    private void walk(int ticks) {
        for (int i = 0; i < ticks; i++) {
            history.remember(i * TICK, new double[] {i, 0, 0}, new double[] {0, 0, -i});
        }
    }
}
