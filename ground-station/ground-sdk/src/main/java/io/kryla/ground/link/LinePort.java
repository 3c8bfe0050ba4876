package io.kryla.ground.link;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.KrylaException;
import io.kryla.link.ByteStream;
import io.kryla.link.DatagramLink;
import io.kryla.link.LinkPace;
import io.kryla.link.SharedLine;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SealedSender;
import io.kryla.session.SecureChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ground's end of a line to one airframe: TLS over its streams, judged by the same check as over the network, and its
 * datagrams.
 */
public final class LinePort implements DatagramEnd, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinePort.class);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

    private final SharedLine line;
    private final InetSocketAddress address;
    private final TlsIdentity identity;
    private final String alpn;
    private final PeerCheck check;
    private final DatagramLink datagrams;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param line belongs to the port from now on */
    public LinePort(SharedLine line, TlsIdentity identity, String alpn, PeerCheck check) {
        this.line = line;
        this.address = InetSocketAddress.createUnresolved(line.name(), 0);
        this.identity = identity;
        this.alpn = alpn;
        this.check = check;
        this.datagrams = line.datagrams();
    }

    /** Begins to serve, on threads of its own; handlers are asked once the peer was accepted. */
    public void serve(SecurePeerHandlerFactory handlers, DatagramReceiver receiver) {
        start("kryla-line-accept", () -> acceptOn(handlers));
        start("kryla-line-datagrams", () -> receiveOn(receiver));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptOn(SecurePeerHandlerFactory handlers) {
        try {
            while (true) {
                ByteStream stream = line.accept();
                start("kryla-line-conversation", () -> converse(stream, handlers));
            }
        } catch (IOException e) {
            LOG.debug("no more streams from {}: {}", line.name(), e.getMessage());
        }
    }

    private void converse(ByteStream stream, SecurePeerHandlerFactory handlers) {
        try (SecureChannel channel = SecureChannel.accept(stream, identity, alpn, check, ChannelLimits.SLOW_LINE)) {
            new LinePeer(channel, alpn, address).converse(handlers);
        } catch (KrylaException e) {
            LOG.info("no conversation over {}: {}: {}", line.name(), e.code(), e.getMessage());
        }
    }

    private void receiveOn(DatagramReceiver receiver) {
        byte[] buffer = new byte[SealedSender.MAX_DATAGRAM_BYTES + 1];
        while (!closed.get()) {
            for (int length = datagrams.receive(buffer, LOOK_AROUND);
                    length != DatagramLink.NOTHING;
                    length = datagrams.poll(buffer)) {
                receiver.onDatagram(buffer, length, address);
            }
            receiver.onPause();
        }
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
        datagrams.send(datagram);
    }

    @Override
    public LinkPace pace() {
        return datagrams.pace();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            datagrams.close();
            line.close();
        }
    }
}
