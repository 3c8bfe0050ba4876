package io.kryla.sframe;

/** So many key derivations a second, and no more at once. On the link clock. Not thread-safe. */
final class DerivationLimit {
    private final int perSecond;
    private final long intervalNanos;
    /** When the allowance would be full again. */
    private long fullAtNanos;

    DerivationLimit(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.fullAtNanos = nowNanos;
    }

    boolean take(long nowNanos) {
        long from = nowNanos - fullAtNanos > 0 ? nowNanos : fullAtNanos;
        if (from - nowNanos > (perSecond - 1) * intervalNanos) {
            return false;
        }
        fullAtNanos = from + intervalNanos;
        return true;
    }
}
