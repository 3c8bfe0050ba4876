package io.kryla.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How fresh an issuer's revocation list has to be. What a list names is revoked under either. */
public enum CrlProfile {
    /** In a factory: a list older than seven days is refused, and so is one of the future or past its own end. */
    LINE,
    /** In the field, perhaps without a network: the last known list counts, and its age is shown. */
    FIELD;

    /** Oldest list under {@link #LINE}. */
    public static final Duration LINE_OLDEST = Duration.ofDays(7);

    /** By so much an issuer's clock may be ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** @param nextUpdate when the list's issuer promised another one, if it did */
    boolean accepts(Duration age, Optional<Instant> nextUpdate, Instant now) {
        return this == FIELD
                || (age.compareTo(LINE_OLDEST) <= 0
                        && age.plus(CLOCK_SKEW).compareTo(Duration.ZERO) >= 0
                        && nextUpdate.filter(now::isAfter).isEmpty());
    }
}
