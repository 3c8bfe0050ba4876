package io.kryla.hil.verdict;

import io.kryla.keys.KrylaException;

/**
 * A recording that cannot be judged: {@code TRUTH_MISSING} (no such file), {@code TRUTH_INVALID} (not what a rig writes),
 * {@code TELEMETRY_INVALID} (samples that no airframe sends).
 */
public final class RecordingException extends KrylaException {
    private static final long serialVersionUID = 1L;

    RecordingException(String code, String message) {
        super(code, message, false);
    }
}
