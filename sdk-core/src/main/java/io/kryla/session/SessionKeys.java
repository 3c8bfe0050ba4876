package io.kryla.session;

import com.google.protobuf.ByteString;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.KeyRatchet;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.sframe.SFrameHeader;
import io.kryla.v1.KeyOffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The two keys of a session, one a direction (protocol.md §4.4; RFC 9605 §5.1). Each side offers the base key of what it
 * sends and names the session id under which it wants to receive. Sender and receiver are made once: a second sender would
 * use every counter again.
 */
public final class SessionKeys {
    public static final int BASE_KEY_BYTES = 32;
    /** Session ids have 24 bits. */
    public static final int SESSION_IDS = KeyRatchet.SESSION_IDS;

    private final AtomicReference<@Nullable KeyRatchet> send;
    private final AtomicReference<@Nullable KeyRatchet> receive;

    private SessionKeys(KeyRatchet send, KeyRatchet receive) {
        this.send = new AtomicReference<>(send);
        this.receive = new AtomicReference<>(receive);
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
        byte[] ownKey = own.getBaseKey().toByteArray();
        byte[] peerKey = peer.getBaseKey().toByteArray();
        boolean wellFormed = peerKey.length == BASE_KEY_BYTES
                && peer.getReceiveSessionId() >= 0
                && peer.getReceiveSessionId() < SESSION_IDS
                && !MessageDigest.isEqual(ownKey, peerKey);
        Optional<SessionKeys> keys = wellFormed
                ? Optional.of(new SessionKeys(
                        new KeyRatchet(ownKey, peer.getReceiveSessionId()),
                        new KeyRatchet(peerKey, own.getReceiveSessionId())))
                : Optional.empty();
        Arrays.fill(ownKey, (byte) 0);
        Arrays.fill(peerKey, (byte) 0);
        return keys;
    }

    /** @param nowNanos link clock */
    public SealedSender sender(KeyLife life, long nowNanos) {
        return new SealedSender(once(send), life, nowNanos);
    }

    /**
     * @param rejections counted on, over as many sessions as the caller likes
     * @param nowNanos link clock
     */
    public SealedReceiver receiver(RejectCounters rejections, long nowNanos) {
        return new SealedReceiver(once(receive), rejections, nowNanos);
    }

    private static KeyRatchet once(AtomicReference<@Nullable KeyRatchet> ratchet) {
        KeyRatchet taken = ratchet.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException("each direction has one owner, and this one has it already");
        }
        return taken;
    }

    /** Why a datagram that reached no session is none of a shared port's: it is no frame, too long a one, or another's. */
    public static RejectReason rejectionOfStray(byte[] datagram, int offset, int length) {
        if (length > SealedSender.MAX_DATAGRAM_BYTES) {
            return RejectReason.OVERSIZE;
        }
        return SFrameHeader.lengthAt(datagram, offset, length) < 0 ? RejectReason.MALFORMED : RejectReason.UNKNOWN_KEY;
    }

    /** For a port that many sessions share: the session a datagram claims to be for, or -1. Proves nothing. */
    public static int claimedSessionId(byte[] datagram, int offset, int length) {
        if (SFrameHeader.lengthAt(datagram, offset, length) < 0) {
            return -1;
        }
        long id = SFrameHeader.kidAt(datagram, offset) >>> KeyRatchet.STEP_BITS;
        return id < SESSION_IDS ? (int) id : -1;
    }
}
