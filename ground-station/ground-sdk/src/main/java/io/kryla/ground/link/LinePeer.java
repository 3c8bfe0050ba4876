package io.kryla.ground.link;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.KrylaException;
import io.kryla.session.SecureChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation over one stream of a line, whose peer was checked. One thread receives and calls the handler; one sends,
 * since a slow line must not hold up whoever calls {@link #send}.
 */
final class LinePeer implements SecurePeer {
    private static final Logger LOG = LoggerFactory.getLogger(LinePeer.class);
    /** As many bytes as a connection of the network may have waiting. */
    private static final int MOST_WAITING_BYTES = 1_024 * 1_024;

    private final SecureChannel channel;
    private final String alpn;
    private final InetSocketAddress address;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean closing;

    LinePeer(SecureChannel channel, String alpn, InetSocketAddress address) {
        this.channel = channel;
        this.alpn = alpn;
        this.address = address;
    }

    /** Until either side closes; the handler's last call is {@code onClosed}. */
    void converse(SecurePeerHandlerFactory handlers) {
        Thread sender = new Thread(this::sendOn, "kryla-line-send");
        sender.setDaemon(true);
        sender.start();
        SecurePeerHandler handler = handlers.accept(this);
        try {
            while (true) {
                handler.onMessage(this, channel.receive());
            }
        } catch (KrylaException e) {
            LOG.debug("conversation over {} ended: {}: {}", channel.peerName(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("the handler of {} failed, its conversation is closed", alpn, e);
        } finally {
            close();
            handler.onClosed(this);
        }
    }

    private void sendOn() {
        try {
            for (byte[] next = nextToSend(); next.length > 0; next = nextToSend()) {
                channel.send(next);
            }
        } catch (KrylaException e) {
            LOG.debug("nothing more is sent over {}: {}", channel.peerName(), e.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close();
        }
    }

    /** Waits; empty when all was sent and the conversation is over. */
    private synchronized byte[] nextToSend() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        if (waiting.isEmpty()) {
            return new byte[0];
        }
        byte[] next = waiting.removeFirst();
        waitingBytes -= next.length;
        return next;
    }

    @Override
    public CertificateChain chain() {
        return channel.peerChain();
    }

    @Override
    public String alpn() {
        return alpn;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return address;
    }

    @Override
    public synchronized void send(byte[] message) {
        if (message.length < 1 || message.length > PeerConversation.MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message: 1 to " + PeerConversation.MAX_MESSAGE_BYTES + " bytes expected, got " + message.length);
        }
        if (closing) {
            return;
        }
        waiting.add(message.clone());
        waitingBytes += message.length;
        closing = waitingBytes > MOST_WAITING_BYTES;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closing = true;
        notifyAll();
    }
}
