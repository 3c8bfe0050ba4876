package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.OutlierGate.Decision.ACCEPT;
import static io.kryla.hil.estimation.OutlierGate.Decision.REJECT;
import static io.kryla.hil.estimation.OutlierGate.Decision.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutlierGateTest {
    private final OutlierGate gate = new OutlierGate();

    @Test
    void rejectsAnOutlierAndGoesOn() {
        assertThat(gate.decide(1, seconds(1))).isEqualTo(ACCEPT);
        assertThat(gate.decide(100, seconds(1.2))).isEqualTo(REJECT);
        assertThat(gate.decide(24.9, seconds(1.4))).isEqualTo(ACCEPT);
    }

    @Test
    void believesWhatPersists() {
        gate.decide(1, seconds(1));
        assertThat(gate.decide(100, seconds(2))).isEqualTo(REJECT);
        assertThat(gate.decide(100, seconds(3))).isEqualTo(REJECT);
        assertThat(gate.decide(100, seconds(3.2))).isEqualTo(RESET);
        assertThat(gate.decide(100, seconds(3.4))).isEqualTo(REJECT);
    }

    @Test
    void neverAcceptsWhatIsNotANumber() {
        gate.decide(1, seconds(1));
        assertThat(gate.decide(Double.NaN, seconds(1.2))).isEqualTo(REJECT);
        assertThat(gate.decide(Double.NaN, seconds(9))).isEqualTo(REJECT);
    }

    private static long seconds(double s) {
        return (long) (s * 1e9);
    }
}
