package io.kryla.factory.witness;

import io.kryla.keys.KrylaException;

/** The witness cannot be reached, or its own state is broken. A refusal is a response, not this. */
public final class WitnessException extends KrylaException {
    private static final long serialVersionUID = 1L;

    public static final String WITNESS_UNREACHABLE = "WITNESS_UNREACHABLE";
    public static final String WITNESS_BUSY = "WITNESS_BUSY";
    public static final String WITNESS_CORRUPT = "WITNESS_CORRUPT";
    public static final String STORAGE_FAILED = "STORAGE_FAILED";

    public WitnessException(String code, String message, boolean retryable) {
        super(code, message, retryable);
    }

    public WitnessException(String code, String message, boolean retryable, Throwable cause) {
        super(code, message, retryable, cause);
    }
}
