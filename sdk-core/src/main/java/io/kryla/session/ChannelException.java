package io.kryla.session;

import io.kryla.keys.KrylaException;

/**
 * A channel that did not come up or broke. Codes: {@code UNREACHABLE}, {@code HANDSHAKE_FAILED}, {@code CHANNEL_TIMEOUT},
 * {@code CHANNEL_CLOSED}, {@code MESSAGE_TOO_LARGE}, and the code of a {@link io.kryla.identity.PeerDecision.Refused}.
 */
public final class ChannelException extends KrylaException {
    private static final long serialVersionUID = 1L;

    ChannelException(String code, String message, boolean retryable) {
        super(code, message, retryable);
    }

    ChannelException(String code, String message, boolean retryable, Throwable cause) {
        super(code, message, retryable, cause);
    }
}
