package io.kryla.keys;

/**
 * The SDK's one exception: a broken world (disk, socket, key store), never a refusal and never hostile input.
 *
 * <p>The code is stable and part of the API; the message says what was expected, what was found and what to do, and
 * never contains a key. Subclasses name an area and add nothing.
 */
public class KrylaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    /** With a stable code, and a message that says what was expected, what was found and what to do; never a key. */
    public KrylaException(String code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    /** As the other, with what caused it. */
    public KrylaException(String code, String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    /** Stable upper-case code such as {@code KEY_FILE_LOCKED}. */
    public String code() {
        return code;
    }

    /** Whether the same call may succeed later without anyone repairing anything. */
    public boolean retryable() {
        return retryable;
    }
}
