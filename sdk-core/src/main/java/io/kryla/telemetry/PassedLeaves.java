package io.kryla.telemetry;

import java.util.ArrayList;
import java.util.List;

/** Leaves that a receiver passed over by their hashes, lowest first. Beyond {@value #MOST_RANGES} ranges the last
 * one grows over what lies between. */
final class PassedLeaves {
    private static final int MOST_RANGES = 64;

    private final List<UnattestedLeaves> ranges = new ArrayList<>();

    /** @param from not before the end of those that were added before */
    void add(long from, long to) {
        int last = ranges.size() - 1;
        if (last >= 0 && (ranges.get(last).to() == from || ranges.size() == MOST_RANGES)) {
            ranges.set(last, hashesOnly(ranges.get(last).from(), to));
        } else {
            ranges.add(hashesOnly(from, to));
        }
    }

    List<UnattestedLeaves> ranges() {
        return ranges;
    }

    private static UnattestedLeaves hashesOnly(long from, long to) {
        return new UnattestedLeaves(from, to, UnattestedReason.HASH_ONLY);
    }
}
