package io.kryla.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchRowTest {
    private static final Machine MACHINE = new Machine("17.0.1", "a processor");

    @Test
    void aCostIsMetUpToItsGoal() {
        BenchRow met = MACHINE.cost("a", 10, "ns", 10, Optional.of(200.0));
        assertThat(met.met()).isTrue();
        assertThat(met.ratio()).isEqualTo(20);
        assertThat(MACHINE.cost("a", 10.01, "ns", 10, Optional.empty()).met()).isFalse();
    }

    @Test
    void aRateIsMetFromItsGoalOn() {
        BenchRow missed = MACHINE.rate("a", 9, "samples/s", 10, Optional.of(3.0));
        assertThat(missed.met()).isFalse();
        assertThat(missed.ratio()).isEqualTo(3);
        assertThat(MACHINE.rate("a", 10, "samples/s", 10, Optional.empty()).met())
                .isTrue();
    }

    @Test
    void noRatioIsGivenToACostOfNothing() {
        assertThat(MACHINE.cost("a", 0, "B", 0, Optional.of(5.0)).ratio()).isNull();
    }

    @Test
    void aVerdictThatDoesNotFollowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchRow("a", 2, "ns", 1, "<=", true, null, null, "17", "cpu"))
                .withMessageContaining("met=true");
    }

    @Test
    void theTableHasALineForEachRow() {
        StringWriter table = new StringWriter();
        BenchReport.of(List.of(
                        MACHINE.cost("a.cost", 3, "ns/sample", 2, Optional.of(60.0)),
                        MACHINE.rate("a.rate", 2_000_000, "samples/s", 1, Optional.empty())))
                .print(new PrintWriter(table));
        assertThat(table.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("a.cost") && line.endsWith("MISSED"));
        assertThat(table.toString()).contains("2,000,000.00", "20.00");
    }
}
