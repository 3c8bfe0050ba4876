package io.kryla.factory.provisioning;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a line does with every airframe before it is born, and within which limits.
 *
 * @param attempts how often at most a calibration or a measurement that failed is taken, 1 to {@value #MAX_ATTEMPTS}
 * @param flashesAtBench whether the bench flashes the firmware, and not the airframe itself
 * @param labels whether a label is printed and scanned back
 */
public record TestPlan(
        String name,
        int attempts,
        boolean flashesAtBench,
        boolean labels,
        List<CalibrationStep> calibrations,
        List<MeasurementLimit> limits) {
    /** A MeasurementRequest names at most so many. */
    public static final int MAX_MEASUREMENTS = 256;

    public static final int MAX_ATTEMPTS = 4;

    public TestPlan {
        calibrations = List.copyOf(calibrations);
        limits = List.copyOf(limits);
        if (limits.isEmpty() || limits.size() > MAX_MEASUREMENTS) {
            throw new IllegalArgumentException("limits: 1 to " + MAX_MEASUREMENTS + " expected, got " + limits.size());
        }
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts: 1 to " + MAX_ATTEMPTS + " expected, got " + attempts);
        }
        Set<String> names = new HashSet<>();
        Stream.concat(limits.stream(), calibrations.stream().flatMap(step -> step.limits().stream()))
                .forEach(limit -> {
                    if (!names.add(limit.name())) {
                        throw new IllegalArgumentException("limits: " + limit.name() + " is named twice");
                    }
                });
        if (calibrations.stream().map(CalibrationStep::sensor).distinct().count() != calibrations.size()) {
            throw new IllegalArgumentException("calibrations: a sensor is calibrated once");
        }
    }

    /** Measures once, with nobody's help. */
    public TestPlan(String name, List<MeasurementLimit> limits) {
        this(name, 1, false, false, List.of(), limits);
    }

    /** Names in the order in which they are asked for and recorded. */
    public List<String> measurementNames() {
        return limits.stream().map(MeasurementLimit::name).toList();
    }

    /** Judges a report: exactly one measurement per limit, in the plan's order; what is missing fails. */
    public List<Measurement> judge(List<MeasuredValue> report) {
        return judge(limits, report, 1);
    }

    static List<Measurement> judge(List<MeasurementLimit> limits, List<MeasuredValue> report, int attempt) {
        List<Measurement> judged = new ArrayList<>();
        for (MeasurementLimit limit : limits) {
            List<MeasuredValue> named = report.stream()
                    .filter(value -> value.getName().equals(limit.name()))
                    .toList();
            Measurement measured = named.size() == 1 ? limit.judge(named.get(0)) : limit.missing();
            judged.add(measured.toBuilder().setAttempt(attempt).build());
        }
        return judged;
    }

    /** The limits of those names, in the plan's order. */
    List<MeasurementLimit> limitsOf(List<String> names) {
        return limits.stream().filter(limit -> names.contains(limit.name())).toList();
    }

    /** The names of what failed; empty when the airframe may be born. */
    public static List<String> failures(List<Measurement> judged) {
        return judged.stream()
                .filter(measurement -> measurement.getOutcome() == MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL)
                .map(Measurement::getName)
                .toList();
    }
}
