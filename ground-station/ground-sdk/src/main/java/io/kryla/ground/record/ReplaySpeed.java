package io.kryla.ground.record;

import java.util.Locale;
import java.util.Optional;

/**
 * How fast flight time goes by.
 *
 * @param factor seconds of flight a second; infinite for as fast as subscribers take it
 */
public record ReplaySpeed(double factor) {
    /** As it was flown. */
    public static final ReplaySpeed REAL = new ReplaySpeed(1);

    /** As fast as the recording can be verified and its subscribers take it. */
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    public ReplaySpeed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("factor: more than 0 expected, got " + factor);
        }
    }

    /** Reads {@code "max"}, or a number more than 0 such as {@code "0.5"} or {@code "10"}. */
    public static Optional<ReplaySpeed> parse(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("max")) {
            return Optional.of(MAX);
        }
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            return Optional.empty();
        }
        double factor = Double.parseDouble(text);
        return factor > 0 ? Optional.of(new ReplaySpeed(factor)) : Optional.empty();
    }
}
