package io.kryla.hil.scenario;

import java.util.Optional;

/**
 * One number that decides over the flight.
 *
 * @param name unique in the plan
 * @param stream from which samples the metric is taken
 * @param action the action that gives the target or the time, where the metric needs one
 * @param failsafe code of what the airframe shall do on its own, where the metric needs one
 * @param from first moment of the window, inclusive
 * @param to last moment of the window, inclusive
 * @param limit in the metric's unit
 * @param source whence the limit comes, such as a clause of a standard or a peer's test
 * @param assumes under which conditions the limit is meant, such as a GNSS bias; may be empty
 */
public record Criterion(
        String name,
        Metric metric,
        Stream stream,
        Optional<String> action,
        Optional<String> failsafe,
        Moment from,
        Moment to,
        Bound bound,
        double limit,
        String source,
        String assumes) {

    /** A stream of samples; {@code BOTH} for metrics that compare the two. */
    public enum Stream {
        TRUTH("truth"),
        TELEMETRY("telemetry"),
        BOTH("both");

        private final String word;

        Stream(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** On which side of the limit a value passes; the limit itself passes. */
    public enum Bound {
        AT_MOST("at-most"),
        AT_LEAST("at-least");

        private final String word;

        Bound(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Distance to the limit, positive on the passing side. */
        public double margin(double value, double limit) {
            return this == AT_MOST ? limit - value : value - limit;
        }
    }
}
