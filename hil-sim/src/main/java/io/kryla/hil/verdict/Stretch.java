package io.kryla.hil.verdict;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** The samples of a trajectory inside a window, and what can be said of them alone. */
record Stretch(Trajectory trajectory, int first, int last, long endNanos) {
    private static final double SHARE = 0.95;

    Stretch(Trajectory trajectory, Window window) {
        this(
                trajectory,
                trajectory.firstFrom(window.fromNanos()),
                trajectory.lastUpTo(window.toNanos()),
                window.toNanos());
    }

    private boolean isEmpty() {
        return first > last;
    }

    /** The greatest of a quantity, decided by the first sample that has it. */
    Optional<Reading> greatest(IntToDoubleFunction quantity) {
        int at = -1;
        double greatest = 0;
        for (int i = first; i <= last; i++) {
            double value = quantity.applyAsDouble(i);
            if (at < 0 || value > greatest) {
                greatest = value;
                at = i;
            }
        }
        return at < 0 ? Optional.empty() : Optional.of(new Reading(greatest, trajectory.timeNanos(at)));
    }

    Optional<Reading> heightError(double targetMeters) {
        return greatest(i -> Math.abs(trajectory.heightMeters(i) - targetMeters));
    }

    Optional<Reading> heightDeviation() {
        double mean = mean(trajectory::heightMeters);
        return greatest(i -> Math.abs(trajectory.heightMeters(i) - mean));
    }

    Optional<Reading> excursion() {
        return greatest(i -> StrictMath.hypot(trajectory.northMeters(i), trajectory.eastMeters(i)));
    }

    Optional<Reading> speedPeak() {
        return greatest(trajectory::horizontalSpeedMetersPerSecond);
    }

    Optional<Reading> heightPeak() {
        return greatest(trajectory::heightMeters);
    }

    Optional<Reading> sinkRatePeak() {
        return greatest(trajectory::sinkRateMetersPerSecond);
    }

    Optional<Reading> tiltPeak() {
        return greatest(trajectory::tiltRadians);
    }

    /** Decided by the window's end, since every sample counts alike. */
    Optional<Reading> meanOffset() {
        return isEmpty()
                ? Optional.empty()
                : Optional.of(new Reading(
                        StrictMath.hypot(mean(trajectory::northMeters), mean(trajectory::eastMeters)), endNanos));
    }

    /** By nearest rank: the ⌈0.95·n⌉-th smallest distance from the mean, decided by the sample that has it. */
    Optional<Reading> circularErrorProbable95() {
        if (isEmpty()) {
            return Optional.empty();
        }
        double north = mean(trajectory::northMeters);
        double east = mean(trajectory::eastMeters);
        double[] distances = new double[last - first + 1];
        for (int i = first; i <= last; i++) {
            distances[i - first] = StrictMath.hypot(trajectory.northMeters(i) - north, trajectory.eastMeters(i) - east);
        }
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        double radius = sorted[(int) Math.ceil(SHARE * sorted.length) - 1];
        int at = 0;
        while (distances[at] != radius) {
            at++;
        }
        return Optional.of(new Reading(radius, trajectory.timeNanos(first + at)));
    }

    private double mean(IntToDoubleFunction quantity) {
        double sum = 0;
        for (int i = first; i <= last; i++) {
            sum += quantity.applyAsDouble(i);
        }
        return isEmpty() ? 0 : sum / (last - first + 1);
    }
}
