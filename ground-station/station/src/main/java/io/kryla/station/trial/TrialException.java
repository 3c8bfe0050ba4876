package io.kryla.station.trial;

import io.kryla.keys.KrylaException;

/** The trial itself could not be carried out; nothing is said about the line. */
public final class TrialException extends KrylaException {
    private static final long serialVersionUID = 1L;

    public TrialException(String message) {
        super("TRIAL_FAILED", message, true);
    }
}
