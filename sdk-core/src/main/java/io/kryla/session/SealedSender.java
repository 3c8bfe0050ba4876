package io.kryla.session;

import io.kryla.sframe.FrameSealer;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.KeyRatchet;
import io.kryla.sframe.RatchetingSealer;
import io.kryla.v1.FrameKind;
import java.util.Arrays;

/**
 * Seals messages into datagrams (protocol.md §5) and moves to the next key in time. No pair of key and counter ever
 * repeats. Any thread.
 */
public final class SealedSender {
    /** Header (1), key id (5) and counter (6) at their longest, kind (1), tag (16). */
    public static final int MAX_OVERHEAD_BYTES = 12 + 1 + FrameSealer.TAG_BYTES;
    /** Longest datagram ever sent or taken. */
    public static final int MAX_DATAGRAM_BYTES = 1170;

    public static final int MAX_BODY_BYTES = MAX_DATAGRAM_BYTES - MAX_OVERHEAD_BYTES;

    private final RatchetingSealer sealer;
    private final byte[] plaintext = new byte[1 + MAX_BODY_BYTES];

    SealedSender(KeyRatchet ratchet, KeyLife life, long nowNanos) {
        this.sealer = new RatchetingSealer(ratchet, life, nowNanos);
    }

    /** @param nowNanos link clock */
    public byte[] seal(FrameKind kind, byte[] body, long nowNanos) {
        byte[] datagram = new byte[body.length + MAX_OVERHEAD_BYTES];
        return Arrays.copyOf(datagram, seal(kind, body, 0, body.length, datagram, 0, nowNanos));
    }

    /**
     * Writes the datagram of a message. Allocates nothing of its own.
     *
     * @param datagram with room for {@code length} + {@link #MAX_OVERHEAD_BYTES}
     * @return the datagram's length
     * @throws IllegalStateException when the session is {@link #spent}
     */
    public synchronized int seal(
            FrameKind kind, byte[] body, int offset, int length, byte[] datagram, int datagramOffset, long nowNanos) {
        if (length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("body has " + length + " bytes, at most " + MAX_BODY_BYTES + " fit");
        }
        plaintext[0] = (byte) kind.getNumber();
        System.arraycopy(body, offset, plaintext, 1, length);
        return sealer.seal(plaintext, 0, 1 + length, datagram, datagramOffset, nowNanos);
    }

    /** The ratchet step of the newest datagram. */
    public int step() {
        return sealer.step();
    }

    /** Whether it is time to set up the session that takes the place of this one. */
    public boolean wantsRenewal(long nowNanos) {
        return sealer.wantsRenewal(nowNanos);
    }

    /** Whether the session is at its end: nothing more may be sealed. */
    public boolean spent(long nowNanos) {
        return sealer.spent(nowNanos);
    }

    /** Overwrites the keys at the session's end. */
    public void wipe() {
        sealer.wipe();
    }
}
