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

    /** On the port's thread. */
    void onDatagram(byte[] datagram, InetSocketAddress from) {
        SealedReceiver.Result result = receiver.open(datagram, datagram.length, linkClock.getAsLong());
        if (result instanceof SealedReceiver.Result.Opened opened) {
            if (receiver.openedNewest()) {
                airframe = from;
            }
            link.enqueue(this, opened.kind(), opened.body());
        }
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
