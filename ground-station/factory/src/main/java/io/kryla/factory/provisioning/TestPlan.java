package io.kryla.factory.provisioning;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a line measures on every airframe before it is born, and within which limits. */
public record TestPlan(String name, List<MeasurementLimit> limits) {
    /** A MeasurementRequest names at most so many. */
    public static final int MAX_MEASUREMENTS = 256;

    public TestPlan {
        limits = List.copyOf(limits);
        if (limits.isEmpty() || limits.size() > MAX_MEASUREMENTS) {
            throw new IllegalArgumentException("limits: 1 to " + MAX_MEASUREMENTS + " expected, got " + limits.size());
        }
        Set<String> names = new HashSet<>();
        for (MeasurementLimit limit : limits) {
            if (!names.add(limit.name())) {
                throw new IllegalArgumentException("limits: " + limit.name() + " is named twice");
            }
        }
    }

    /** Names in the order in which they are asked for and recorded. */
    public List<String> measurementNames() {
        return limits.stream().map(MeasurementLimit::name).toList();
    }

    /** Judges a report: exactly one measurement per limit, in the plan's order; what is missing fails. */
    public List<Measurement> judge(List<MeasuredValue> report) {
        List<Measurement> judged = new ArrayList<>();
        for (MeasurementLimit limit : limits) {
            List<MeasuredValue> named = report.stream()
                    .filter(value -> value.getName().equals(limit.name()))
                    .toList();
            judged.add(named.size() == 1 ? limit.judge(named.get(0)) : limit.missing());
        }
        return judged;
    }

    /** The names of what failed; empty when the airframe may be born. */
    public static List<String> failures(List<Measurement> judged) {
        return judged.stream()
                .filter(measurement -> measurement.getOutcome() == MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL)
                .map(Measurement::getName)
                .toList();
    }
}
