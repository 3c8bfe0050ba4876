package io.kryla.hil.verdict;

import java.util.Optional;

/** The samples at which the airframe came to the ground: airborne just before, touching now. Bounces count each. */
final class Touchdowns {
    private Touchdowns() {}

    static Optional<Reading> lastDistance(TruthTrack truth, Window window) {
        var course = truth.trajectory();
        Optional<Reading> last = Optional.empty();
        for (int i = next(truth, window, 0); i < course.size(); i = next(truth, window, i + 1)) {
            double meters = StrictMath.hypot(course.northMeters(i), course.eastMeters(i));
            last = Optional.of(new Reading(meters, course.timeNanos(i)));
        }
        return last;
    }

    /** Of the last airborne sample, since contact takes the speed away. */
    static Optional<Reading> greatestSpeed(TruthTrack truth, Window window) {
        var course = truth.trajectory();
        Optional<Reading> greatest = Optional.empty();
        for (int i = next(truth, window, 0); i < course.size(); i = next(truth, window, i + 1)) {
            double speed = course.sinkRateMetersPerSecond(i - 1);
            if (greatest.isEmpty() || speed > greatest.get().si()) {
                greatest = Optional.of(new Reading(speed, course.timeNanos(i - 1)));
            }
        }
        return greatest;
    }

    private static int next(TruthTrack truth, Window window, int from) {
        var course = truth.trajectory();
        int i = Math.max(Math.max(from, 1), course.firstFrom(window.fromNanos()));
        while (i < course.size() && (!truth.onGround(i) || truth.onGround(i - 1))) {
            i++;
        }
        return i < course.size() && course.timeNanos(i) <= window.toNanos() ? i : course.size();
    }
}
