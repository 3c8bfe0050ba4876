package io.kryla.airframe;

import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all links of an agent share.
 *
 * @param logs by profile
 * @param chance of the jitter, and of nothing secret
 * @param monotonicNanos the link clock
 */
record LinkParts(
        SessionOpener opener,
        Map<String, LogOutbox> logs,
        Receivers receivers,
        CommandDesk commands,
        RejectCounters rejections,
        KeyLife life,
        RandomGenerator chance,
        LongSupplier monotonicNanos) {
    LinkParts {
        logs = Map.copyOf(logs);
    }
}
