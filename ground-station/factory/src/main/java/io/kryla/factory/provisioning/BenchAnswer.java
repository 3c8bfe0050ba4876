package io.kryla.factory.provisioning;

import io.kryla.v1.Envelope;
import java.util.Optional;

/** What became of a {@link BenchTask}. */
public sealed interface BenchAnswer {
    /**
     * Done.
     *
     * @param actorId card of whoever did it
     * @param result what was read back or scanned: SHA-256 of the flashed image in lower-case hexadecimal, the label's text;
     *     empty after a pose
     * @param statement by the badge, already verified; kept with the unit. None where no person was needed
     */
    record Done(String actorId, String result, Optional<Envelope> statement) implements BenchAnswer {}

    /** Not done; the unit is refused and stays where it stands. */
    record Failed(String code, String detail) implements BenchAnswer {}
}
