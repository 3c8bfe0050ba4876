package io.kryla.telemetry;

/** Leaves [from, to) of a flight log that a receiver knows of and cannot attest, and why. */
public record UnattestedLeaves(long from, long to, UnattestedReason reason) {
    public UnattestedLeaves {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("[" + from + ", " + to + ") is no range of leaves");
        }
    }

    /** The same leaves for another reason. */
    public UnattestedLeaves because(UnattestedReason other) {
        return new UnattestedLeaves(from, to, other);
    }

    /** For people: the first and last leaf, and why. */
    public String text() {
        return (to - from == 1 ? "leaf " + from : "leaves " + from + " to " + (to - 1)) + ": " + reason;
    }
}
