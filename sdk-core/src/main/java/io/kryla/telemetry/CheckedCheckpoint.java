package io.kryla.telemetry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FlightLogReceiver#check} found of a checkpoint: that the log's key signed it, or why it is to be rejected. Made
 * there alone, so that none that was not checked can be taken. Immutable.
 */
public final class CheckedCheckpoint {
    private final FlightLogReceiver receiver;
    private final @Nullable FlightCheckpoint genuine;
    private final LogRejection rejection;

    private CheckedCheckpoint(FlightLogReceiver receiver, @Nullable FlightCheckpoint genuine, LogRejection rejection) {
        this.receiver = receiver;
        this.genuine = genuine;
        this.rejection = rejection;
    }

    static CheckedCheckpoint genuine(FlightLogReceiver receiver, FlightCheckpoint checkpoint) {
        return new CheckedCheckpoint(receiver, checkpoint, LogRejection.BAD_NOTE);
    }

    static CheckedCheckpoint rejected(FlightLogReceiver receiver, LogRejection reason) {
        return new CheckedCheckpoint(receiver, null, reason);
    }

    /** @throws IllegalArgumentException if it was checked for another: perhaps another log, with another key */
    Optional<FlightCheckpoint> genuineFor(FlightLogReceiver taker) {
        if (taker != receiver) {
            throw new IllegalArgumentException(
                    "checked: one that this receiver has checked expected, got one of " + receiver.origin());
        }
        return Optional.ofNullable(genuine);
    }

    /** If it is not genuine. */
    LogRejection rejection() {
        return rejection;
    }
}
