package io.kryla.ground.stream;

import io.kryla.keys.KrylaException;

/**
 * Why a stream ended before its flight log did: SLOW_SUBSCRIBER, or why no more of the log will come, such as NEW_BOOT,
 * STATION_CLOSED or the code that condemned the log.
 */
public final class TelemetryException extends KrylaException {
    private static final long serialVersionUID = 1L;

    /** @param code stable, upper case */
    public TelemetryException(String code, String message) {
        super(code, message, false);
    }

    static TelemetryException slowSubscriber(int capacity) {
        return new TelemetryException(
                "SLOW_SUBSCRIBER",
                "more than " + capacity
                        + " samples waited for the subscriber; ask for buffer or latest, or take them faster");
    }
}
