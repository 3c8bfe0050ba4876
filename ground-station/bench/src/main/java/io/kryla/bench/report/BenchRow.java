package io.kryla.bench.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
    static final String AT_MOST = "<=";
    static final String AT_LEAST = ">=";

    public BenchRow {
        boolean holds = comparison.equals(AT_MOST) ? value <= goal : value >= goal;
        if (met != holds || !(comparison.equals(AT_MOST) || comparison.equals(AT_LEAST))) {
            throw new IllegalArgumentException(
                    name + ": met=" + met + " does not follow from " + value + " " + comparison + " " + goal);
        }
    }
}
