package io.kryla.sframe;

import java.time.Duration;

/**
 * How long a key may seal. Stricter values than {@link #STANDARD} may be chosen, laxer ones not: a receiver relies on the
 * standard's. It follows ten steps a second at most, so a step has to last.
 *
 * @param step from the first frame of a ratchet step on, by the sender's link clock; then the next step begins
 * @param stepFrames or after so many frames, whichever comes first
 * @param renewal age at which the airframe sets up the session that takes the place of this one
 * @param session age at which a session ends, whether or not another one is up
 */
public record KeyLife(Duration step, long stepFrames, Duration renewal, Duration session) {
    /** protocol.md §4.5. */
    public static final KeyLife STANDARD =
            new KeyLife(Duration.ofSeconds(120), 1L << 20, Duration.ofHours(23), Duration.ofHours(24));

    public KeyLife {
        boolean positive = step.toNanos() > 0 && stepFrames > 0 && renewal.toNanos() > 0;
        if (!positive || renewal.compareTo(session) >= 0) {
            throw new IllegalArgumentException("key life: positive values and a renewal before the session's end are"
                    + " needed, got " + step + ", " + stepFrames + " frames, " + renewal + ", " + session);
        }
        if (step.toSeconds() > 120 || stepFrames > 1L << 20 || session.toHours() > 24) {
            throw new IllegalArgumentException("key life: at most 120 s, 1,048,576 frames and 24 h are allowed, got "
                    + step + ", " + stepFrames + " frames, " + session);
        }
    }
}
