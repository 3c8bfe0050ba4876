package io.kryla.session;

import io.kryla.sframe.FrameOpener;
import io.kryla.sframe.OpenResult;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.sframe.SFrameKey;
import io.kryla.v1.FrameKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens datagrams (protocol.md §5). What is opened was sealed by the session's peer and was not opened before; anything
 * else is rejected and counted, never thrown. One owner; any thread may read the counters.
 */
public final class SealedReceiver {
    private final FrameOpener opener;

    SealedReceiver(SFrameKey key, RejectCounters rejections) {
        this.opener = new FrameOpener(key, SealedSender.MAX_DATAGRAM_BYTES, rejections);
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

    public Result open(byte[] datagram, int length) {
        OpenResult frame = opener.open(datagram, length);
        if (frame instanceof OpenResult.Rejected rejected) {
            return new Result.Rejected(rejected.reason());
        }
        byte[] plaintext = ((OpenResult.Opened) frame).plaintext();
        @Nullable FrameKind kind = plaintext.length == 0 ? null : FrameKind.forNumber(plaintext[0]);
        if (kind == null || kind == FrameKind.FRAME_KIND_UNSPECIFIED) {
            opener.rejections().count(RejectReason.MALFORMED);
            return new Result.Rejected(RejectReason.MALFORMED);
        }
        return new Result.Opened(kind, Arrays.copyOfRange(plaintext, 1, plaintext.length));
    }

    public RejectCounters rejections() {
        return opener.rejections();
    }
}
