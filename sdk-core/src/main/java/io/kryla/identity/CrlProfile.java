package io.kryla.identity;

import java.time.Duration;

/** How fresh an issuer's revocation list has to be. What a list names is revoked under either. */
public enum CrlProfile {
    /** In a factory: a list older than seven days is refused. */
    LINE,
    /** In the field, perhaps without a network: the last known list counts, and its age is shown. */
    FIELD;

    /** Oldest list under {@link #LINE}. */
    public static final Duration LINE_OLDEST = Duration.ofDays(7);

    boolean accepts(Duration age) {
        return this == FIELD || age.compareTo(LINE_OLDEST) <= 0;
    }
}
