package io.kryla.session;

import io.kryla.sframe.FrameSealer;
import io.kryla.sframe.SFrameKey;
import io.kryla.v1.FrameKind;

/** Seals messages into datagrams (protocol.md §5). One owner; its counter never repeats. */
public final class SealedSender {
    /** Header (1), key id (5) and counter (6) at their longest, kind (1), tag (16). */
    public static final int MAX_OVERHEAD_BYTES = 12 + 1 + FrameSealer.TAG_BYTES;
    /** Longest datagram ever sent or taken. */
    public static final int MAX_DATAGRAM_BYTES = 1170;

    public static final int MAX_BODY_BYTES = MAX_DATAGRAM_BYTES - MAX_OVERHEAD_BYTES;

    private final FrameSealer sealer;

    SealedSender(SFrameKey key) {
        this.sealer = new FrameSealer(key);
    }

    public byte[] seal(FrameKind kind, byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "body has " + body.length + " bytes, at most " + MAX_BODY_BYTES + " fit");
        }
        byte[] plaintext = new byte[1 + body.length];
        plaintext[0] = (byte) kind.getNumber();
        System.arraycopy(body, 0, plaintext, 1, body.length);
        return sealer.seal(plaintext);
    }
}
