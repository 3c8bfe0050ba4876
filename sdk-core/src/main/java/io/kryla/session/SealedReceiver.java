package io.kryla.session;

import io.kryla.sframe.KeyRatchet;
import io.kryla.sframe.RatchetingOpener;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.FrameKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens datagrams (protocol.md §5). What is opened was sealed by the session's peer and was not opened before; anything
 * else is rejected and counted, never thrown. One owner; any thread may read the counters.
 */
public final class SealedReceiver {
    private final RatchetingOpener opener;
    private final byte[] plaintext = new byte[SealedSender.MAX_DATAGRAM_BYTES];

    SealedReceiver(KeyRatchet ratchet, RejectCounters rejections, long nowNanos) {
        this.opener = new RatchetingOpener(ratchet, SealedSender.MAX_DATAGRAM_BYTES, rejections, nowNanos);
    }

    /** What became of a datagram. */
    public sealed interface Result {
        /** The body is the caller's. */
        final class Opened implements Result {
            private final FrameKind kind;
            private final byte[] body;

            Opened(FrameKind kind, byte[] body) {
                this.kind = kind;
                this.body = body;
            }

            public FrameKind kind() {
                return kind;
            }

            public byte[] body() {
                return body;
            }
        }

        record Rejected(RejectReason reason) implements Result {}
    }

    /** @param nowNanos link clock */
    public Result open(byte[] datagram, int length, long nowNanos) {
        int opened = open(datagram, 0, length, plaintext, 0, nowNanos);
        if (opened < 0) {
            return new Result.Rejected(RejectReason.ofCode(opened));
        }
        return new Result.Opened(kindOf(plaintext[0]), Arrays.copyOfRange(plaintext, 1, opened));
    }

    /**
     * Opens a datagram and writes its kind byte and body. Allocates nothing of its own.
     *
     * @param out another array, with room for {@link SealedSender#MAX_DATAGRAM_BYTES}
     * @return the length of kind byte and body, or the negative {@linkplain RejectReason#code code} of a reason
     */
    public int open(byte[] datagram, int offset, int length, byte[] out, int outOffset, long nowNanos) {
        int opened = opener.open(datagram, offset, length, out, outOffset, nowNanos);
        if (opened >= 0 && (opened == 0 || kindOf(out[outOffset]) == FrameKind.FRAME_KIND_UNSPECIFIED)) {
            opener.rejections().count(RejectReason.MALFORMED);
            return RejectReason.MALFORMED.code();
        }
        return opened;
    }

    /** What a datagram's first byte says; UNSPECIFIED when it is none that this version knows. */
    public static FrameKind kindOf(byte first) {
        @Nullable FrameKind kind = FrameKind.forNumber(first);
        return kind == null ? FrameKind.FRAME_KIND_UNSPECIFIED : kind;
    }

    /**
     * Whether the datagram opened last is the newest of its peer yet, by ratchet step and counter: only then its sender's
     * address counts (protocol.md §5.4).
     */
    public boolean openedNewest() {
        return opener.openedNewest();
    }

    /** The newest ratchet step of the peer. */
    public int step() {
        return opener.step();
    }

    public RejectCounters rejections() {
        return opener.rejections();
    }

    /** Overwrites the keys at the session's end; its owner opens nothing afterwards. */
    public void wipe() {
        opener.wipe();
    }
}
