package io.kryla.factory.pki;

import io.kryla.keys.KrylaException;

/** A certificate or revocation list could not be encoded or signed. */
public final class PkiException extends KrylaException {
    private static final long serialVersionUID = 1L;

    public static final String CANNOT_ISSUE = "CANNOT_ISSUE";

    PkiException(String message, Throwable cause) {
        super(CANNOT_ISSUE, message, false, cause);
    }
}
