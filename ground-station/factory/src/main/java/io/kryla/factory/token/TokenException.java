package io.kryla.factory.token;

import io.kryla.keys.KrylaException;

/** A token cannot be used, or not for this. No code path tries a PIN twice: a token locks itself after a few wrong ones. */
public final class TokenException extends KrylaException {
    private static final long serialVersionUID = 1L;

    /** The text is no PKCS#11 URI that names a module and a slot. */
    public static final String TOKEN_ADDRESS = "TOKEN_ADDRESS";
    /** The module is missing or no PKCS#11 module, or the slot holds no token that was set up. */
    public static final String TOKEN_UNREACHABLE = "TOKEN_UNREACHABLE";

    public static final String TOKEN_PIN_WRONG = "TOKEN_PIN_WRONG";
    public static final String TOKEN_PIN_LOCKED = "TOKEN_PIN_LOCKED";
    /** The token failed while it was used: pulled out, out of memory, a fault of its module. */
    public static final String TOKEN_FAILED = "TOKEN_FAILED";

    public static final String KEY_MISSING = "KEY_MISSING";
    public static final String KEY_EXISTS = "KEY_EXISTS";
    /** The token makes or uses no key of this kind. */
    public static final String KEY_KIND = "KEY_KIND";

    TokenException(String code, String message, boolean retryable) {
        super(code, message, retryable);
    }

    TokenException(String code, String message, boolean retryable, Throwable cause) {
        super(code, message, retryable, cause);
    }
}
