package io.kryla.telemetry;

import java.util.List;

/** What one received record or checkpoint brought. */
public sealed interface LogProgress {
    /** In order: the record itself as AUTHENTIC, if it was one, then every record that became ATTESTED, by leaf index. */
    record Accepted(List<Claimed> claims) implements LogProgress {
        public Accepted {
            claims = List.copyOf(claims);
        }
    }

    record Rejected(LogRejection reason) implements LogProgress {}
}
