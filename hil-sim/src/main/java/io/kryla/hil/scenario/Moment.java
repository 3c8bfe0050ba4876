package io.kryla.hil.scenario;

/**
 * A point of flight time that a plan names: {@code 12 s} since boot, {@code take-off completed + 2 s} after a stage of
 * an action, or {@code end} of the flight. Offsets are never negative, so that a moment is known as soon as it is
 * reached.
 */
public sealed interface Moment {

    /** So much later; the end of the flight has no later. */
    default Moment plus(long nanos) {
        if (this instanceof Elapsed elapsed) {
            return new Elapsed(elapsed.nanos() + nanos);
        }
        if (this instanceof After after) {
            return new After(after.action(), after.stage(), after.offsetNanos() + nanos);
        }
        return this;
    }

    /** Since boot. */
    record Elapsed(long nanos) implements Moment {
        @Override
        public String toString() {
            return seconds(nanos);
        }
    }

    /** After the airframe reported a stage of an action. */
    record After(String action, Stage stage, long offsetNanos) implements Moment {
        @Override
        public String toString() {
            return action + " " + stage.word() + (offsetNanos == 0 ? "" : " + " + seconds(offsetNanos));
        }
    }

    /** When the flight ended: only in windows of criteria and as the end of a fault. */
    record FlightEnd() implements Moment {
        @Override
        public String toString() {
            return "end";
        }
    }

    /** What the airframe says of a command (protocol.md §7). */
    enum Stage {
        ACCEPTED("accepted"),
        COMPLETED("completed");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static String seconds(long nanos) {
        return java.math.BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
