package io.kryla.session;

import com.google.protobuf.ByteString;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.SFrameHeader;
import io.kryla.sframe.SFrameKey;
import io.kryla.v1.KeyOffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The two keys of a session, one a direction (protocol.md §4.4; RFC 9605 §5.1). Each side offers the base key of what it
 * sends and names the session id under which it wants to receive.
 */
public final class SessionKeys {
    public static final int BASE_KEY_BYTES = 32;
    /** Session ids have 24 bits. */
    public static final int SESSION_IDS = 1 << 24;
    /** Low bits of a key id; always step 0 so far. */
    private static final int STEP_BITS = 16;

    private final SFrameKey send;
    private final SFrameKey receive;

    private SessionKeys(SFrameKey send, SFrameKey receive) {
        this.send = send;
        this.receive = receive;
    }

    /** @param receiveSessionId this side's choice, unique among its sessions */
    public static KeyOffer freshOffer(SecureRandom random, int receiveSessionId) {
        byte[] baseKey = new byte[BASE_KEY_BYTES];
        random.nextBytes(baseKey);
        return KeyOffer.newBuilder()
                .setBaseKey(ByteString.copyFrom(baseKey))
                .setReceiveSessionId(receiveSessionId)
                .build();
    }

    /** Empty when the peer's offer is out of its bounds or repeats our own key. */
    public static Optional<SessionKeys> agree(KeyOffer own, KeyOffer peer) {
        boolean wellFormed = peer.getBaseKey().size() == BASE_KEY_BYTES
                && peer.getReceiveSessionId() >= 0
                && peer.getReceiveSessionId() < SESSION_IDS
                && !peer.getBaseKey().equals(own.getBaseKey());
        if (!wellFormed) {
            return Optional.empty();
        }
        return Optional.of(new SessionKeys(
                SFrameKey.derive(own.getBaseKey().toByteArray(), keyId(peer.getReceiveSessionId())),
                SFrameKey.derive(peer.getBaseKey().toByteArray(), keyId(own.getReceiveSessionId()))));
    }

    public SealedSender sender() {
        return new SealedSender(send);
    }

    public SealedReceiver receiver() {
        return receiver(new RejectCounters());
    }

    /** @param rejections counted on, over as many sessions as the caller likes */
    public SealedReceiver receiver(RejectCounters rejections) {
        return new SealedReceiver(receive, rejections);
    }

    /** For a port that many sessions share: the session a datagram claims to be for. Proves nothing. */
    public static OptionalInt claimedSessionId(byte[] datagram, int length) {
        Optional<SFrameHeader> header = SFrameHeader.parse(datagram, 0, length);
        if (header.isEmpty() || header.get().kid() >>> STEP_BITS >= SESSION_IDS) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) (header.get().kid() >>> STEP_BITS));
    }

    private static long keyId(int sessionId) {
        return (long) sessionId << STEP_BITS;
    }
}
