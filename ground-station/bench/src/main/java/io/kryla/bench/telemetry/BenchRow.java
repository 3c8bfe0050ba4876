package io.kryla.bench.telemetry;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One measured number beside its goal (benchmarks.md).
 *
 * @param name fixed; benchmarks.md says what it measures
 * @param value what was measured
 * @param unit of value, goal and peer
 * @param goal what the value is held against
 * @param comparison how: {@code value <= goal} or {@code value >= goal}
 * @param met whether it holds
 * @param peer what the peer measured in the same run needs, if there is one
 * @param ratio how many times better than the peer
 * @param jdk version of the Java that measured
 * @param cpu model of the processor
 */
@JsonPropertyOrder({"name", "value", "unit", "goal", "comparison", "met", "peer", "ratio", "jdk", "cpu"})
public record BenchRow(
        String name,
        double value,
        String unit,
        double goal,
        String comparison,
        boolean met,
        @Nullable Double peer,
        @Nullable Double ratio,
        String jdk,
        String cpu) {
    private static final String AT_MOST = "<=";
    private static final String AT_LEAST = ">=";

    public BenchRow {
        boolean holds = comparison.equals(AT_MOST) ? value <= goal : value >= goal;
        if (met != holds || !(comparison.equals(AT_MOST) || comparison.equals(AT_LEAST))) {
            throw new IllegalArgumentException(
                    name + ": met=" + met + " does not follow from " + value + " " + comparison + " " + goal);
        }
    }

    /** Measures on this machine. */
    record Machine(String jdk, String cpu) {
        /** A cost that may not be above its goal. */
        BenchRow cost(String name, double value, String unit, double goal, Optional<Double> peer) {
            double rounded = rounded(value);
            double limit = rounded(goal);
            return new BenchRow(
                    name,
                    rounded,
                    unit,
                    limit,
                    AT_MOST,
                    rounded <= limit,
                    peer.map(Machine::rounded).orElse(null),
                    peer.filter(it -> rounded > 0)
                            .map(it -> rounded(it / rounded))
                            .orElse(null),
                    jdk,
                    cpu);
        }

        /** A rate that may not be below its goal. */
        BenchRow rate(String name, double value, String unit, double goal, Optional<Double> peer) {
            double rounded = rounded(value);
            double limit = rounded(goal);
            return new BenchRow(
                    name,
                    rounded,
                    unit,
                    limit,
                    AT_LEAST,
                    rounded >= limit,
                    peer.map(Machine::rounded).orElse(null),
                    peer.map(it -> rounded(rounded / it)).orElse(null),
                    jdk,
                    cpu);
        }

        /** Two decimals: what lies beyond is noise. */
        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }
}
