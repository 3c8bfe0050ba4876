package io.kryla.ground.fleet;

import io.kryla.session.SealedReceiver;
import io.kryla.v1.FrameKind;
import java.util.Arrays;

/** What an opened datagram of a session holds: the kind byte, then the body. On its way from the port to the worker. */
final class ArrivedFrame {
    private final AirframeSession session;
    private final byte[] plaintext;

    ArrivedFrame(AirframeSession session, byte[] plaintext) {
        this.session = session;
        this.plaintext = plaintext;
    }

    AirframeSession session() {
        return session;
    }

    FrameKind kind() {
        return SealedReceiver.kindOf(plaintext[0]);
    }

    /** The array itself, whose first byte has no further use: the body begins at 1. */
    byte[] plaintext() {
        return plaintext;
    }

    byte[] body() {
        return Arrays.copyOfRange(plaintext, 1, plaintext.length);
    }
}
