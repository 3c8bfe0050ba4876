package io.kryla.station.http;

import io.kryla.keys.KrylaException;

/** HTTP itself failed: a port that is taken, a server that does not answer. */
public final class HttpException extends KrylaException {
    private static final long serialVersionUID = 1L;

    public static final String BIND_FAILED = "BIND_FAILED";

    HttpException(String code, String message, Throwable cause) {
        super(code, message, true, cause);
    }
}
