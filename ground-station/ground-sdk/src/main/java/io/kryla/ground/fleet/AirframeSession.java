package io.kryla.ground.fleet;

import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.SecurePeer;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionTerms;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.FrameKind;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one session. A datagram is opened on the port's thread and then handled by the link's worker; sealing
 * belongs to the worker alone. The airframe's address is that from which its newest datagram came.
 */
final class AirframeSession {
    private final AirframeLink link;
    private final SecurePeer peer;
    private final DatagramPort port;
    private final SealedReceiver receiver;
    private final SealedSender sender;
    private final LongSupplier linkClock;
    private final byte[] plaintext = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private volatile @Nullable InetSocketAddress airframe;

    /** @param linkClock in nanoseconds */
    AirframeSession(AirframeLink link, SecurePeer peer, DatagramPort port, SessionTerms terms, LongSupplier linkClock) {
        this.link = link;
        this.peer = peer;
        this.port = port;
        this.receiver = terms.keys().receiver(new RejectCounters(), linkClock.getAsLong());
        this.sender = terms.keys().sender(KeyLife.STANDARD, linkClock.getAsLong());
        this.linkClock = linkClock;
    }

    AirframeLink link() {
        return link;
    }

    /** On the port's thread. Returns whether the link has something to take. */
    boolean onDatagram(byte[] buffer, int length, InetSocketAddress from) {
        int opened = receiver.open(buffer, 0, length, plaintext, 0, linkClock.getAsLong());
        if (opened < 0) {
            return false;
        }
        if (receiver.openedNewest()) {
            airframe = from;
        }
        return link.arrived(new ArrivedFrame(this, Arrays.copyOf(plaintext, opened)));
    }

    /** On the link's worker. Nothing is sent before the airframe was heard. */
    void send(FrameKind kind, byte[] body) {
        InetSocketAddress to = airframe;
        if (to != null) {
            port.send(sender.seal(kind, body, linkClock.getAsLong()), to);
        }
    }

    long rejected(RejectReason reason) {
        return receiver.rejections().of(reason);
    }

    /** Ends the TLS connection, and with it the session. */
    void close() {
        peer.close();
    }
}
