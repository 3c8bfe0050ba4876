package io.kryla.station.trial;

import io.kryla.station.outcome.Finding;
import java.util.List;

/**
 * What a history shows.
 *
 * @param granted units that hold a place of the quota at the end
 * @param refused claims that were refused
 * @param duplicates serials, keys and hardware ids that two units share
 * @param lost what a service acknowledged and the ledger does not hold
 * @param violations everything that must not be, the duplicates and the losses among it
 */
public record RaceVerdict(long granted, long refused, long duplicates, long lost, List<Finding> violations) {
    public RaceVerdict {
        violations = List.copyOf(violations);
    }
}
