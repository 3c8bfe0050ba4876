package io.kryla.hil.estimation;

/**
 * Decides whether a measurement is believed: within five sigma of what the filter expects, or, when it has been out for
 * too long, as a new truth, since a filter that never believes again is lost.
 */
final class OutlierGate {
    private static final double SIGMAS_SQUARED = 25;
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    enum Decision {
        ACCEPT,
        REJECT,
        /** Rejected for so long that the filter must start over from the measurement. */
        RESET
    }

    private long lastAcceptedNanos;
    private boolean everAccepted;

    void restart() {
        everAccepted = false;
    }

    /** @param ratio the largest innovation² / innovation variance of the measurement's axes */
    Decision decide(double ratio, long flightTimeNanos) {
        if (ratio <= SIGMAS_SQUARED) {
            accept(flightTimeNanos);
            return Decision.ACCEPT;
        }
        if (Double.isNaN(ratio)) {
            return Decision.REJECT;
        }
        if (!everAccepted) {
            // The clock of patience starts with the first measurement.
            accept(flightTimeNanos);
            return Decision.REJECT;
        }
        if (flightTimeNanos - lastAcceptedNanos > PATIENCE_NANOS) {
            accept(flightTimeNanos);
            return Decision.RESET;
        }
        return Decision.REJECT;
    }

    private void accept(long flightTimeNanos) {
        everAccepted = true;
        lastAcceptedNanos = flightTimeNanos;
    }
}
