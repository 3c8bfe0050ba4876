package io.kryla.factory.witness;

/** Bounds of a request (protocol.md §9.5). */
public final class WitnessLimits {
    public static final int LARGEST_REQUEST = 16 << 20;
    public static final int MOST_LEAVES = 1024;
    public static final int MOST_DOCUMENTS = 1024;
    static final int LONGEST_CONSISTENCY_PROOF = 128;

    private WitnessLimits() {}
}
