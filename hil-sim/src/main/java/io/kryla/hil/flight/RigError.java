package io.kryla.hil.flight;

import io.kryla.keys.KrylaException;

/**
 * The rig broke: says nothing about the product, and is never a FAIL. Codes: {@code RIG_COMMAND_LOST} (a command did not
 * arrive at the airframe in time), {@code RIG_LINK_STALLED} (records stay unacknowledged), {@code RIG_LOG_NOT_CLOSED} (the
 * ground did not confirm the log's end), {@code RIG_TRUTH_NOT_WRITTEN}, {@code RIG_DIVERGED} (physics left the numbers).
 */
public final class RigError extends KrylaException {
    private static final long serialVersionUID = 1L;

    RigError(String code, String message) {
        super(code, message, true);
    }

    RigError(String code, String message, Throwable cause) {
        super(code, message, true, cause);
    }
}
