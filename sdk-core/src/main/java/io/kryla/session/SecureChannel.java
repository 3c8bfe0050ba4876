package io.kryla.session;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.kryla.link.ByteStream;
import io.kryla.link.TcpStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One end of the reliable channel (protocol.md §4.1): TLS 1.3 with certificates on both sides, one ALPN, messages of at
 * most 65,536 bytes, over whatever carries bytes. When {@link #connect} or {@link #accept} returns, the peer has been
 * checked; no application byte went out or came in before.
 *
 * <p>Blocking; one thread receives, one sends. Whatever goes wrong throws {@link ChannelException} and leaves the channel
 * closed.
 */
public final class SecureChannel implements AutoCloseable {
    private static final int READ_BYTES = 4_096;
    /** TLS's name for it (RFC 7301 §3.2), in the platform's exception. */
    private static final String NO_COMMON_PROTOCOL = "no_application_protocol";

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final ByteStream stream;
    private final TlsConnection tls;
    private final ChannelLimits limits;
    private final byte[] buffer = new byte[READ_BYTES];
    private @Nullable CertificateChain peer;

    private SecureChannel(ByteStream stream, TlsConnection tls, ChannelLimits limits) {
        this.stream = stream;
        this.tls = tls;
        this.limits = limits;
    }

    /** Over TCP. */
    public static SecureChannel connect(
            InetSocketAddress address, TlsIdentity identity, String alpn, PeerCheck check, ChannelLimits limits) {
        TcpStream stream;
        try {
            stream = TcpStream.connect(address, limits.connect());
        } catch (IOException e) {
            throw new ChannelException("UNREACHABLE", "nobody answers at " + address + ": " + e.getMessage(), true, e);
        }
        return connect(stream, identity, alpn, check, limits);
    }

    /** As the TLS client over a stream, which belongs to the channel from now on. */
    public static SecureChannel connect(
            ByteStream stream, TlsIdentity identity, String alpn, PeerCheck check, ChannelLimits limits) {
        return open(stream, TlsContexts.clientEngine(identity, alpn), check, limits);
    }

    /** As the TLS server over a stream, which belongs to the channel from now on; for clients of one protocol. */
    public static SecureChannel accept(
            ByteStream stream, TlsIdentity identity, String alpn, PeerCheck check, ChannelLimits limits) {
        return open(stream, TlsContexts.serverEngine(identity, alpn), check, limits);
    }

    private static SecureChannel open(ByteStream stream, SSLEngine engine, PeerCheck check, ChannelLimits limits) {
        Deadline deadline = new Deadline(limits.handshake(), stream);
        try {
            SecureChannel channel = new SecureChannel(stream, new TlsConnection(engine), limits);
            channel.shakeHands();
            channel.judge(check);
            return channel;
        } catch (IOException e) {
            stream.close();
            if (String.valueOf(e.getMessage()).contains(NO_COMMON_PROTOCOL)) {
                throw new ChannelException(
                        "NO_ALPN",
                        "the peer at " + stream.peer()
                                + " speaks another version of the protocol; update the older of the two",
                        false,
                        e);
            }
            throw new ChannelException(
                    "HANDSHAKE_FAILED",
                    "no TLS with " + stream.peer() + ": " + deadline.explain(e),
                    deadline.passed() || isCut(e),
                    e);
        } catch (ChannelException e) {
            stream.close();
            throw e;
        } finally {
            deadline.lift();
        }
    }

    /** The connection went away under the handshake, as when the peer's process dies; it may be back soon. */
    private static boolean isCut(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    private void shakeHands() throws IOException {
        flush();
        while (!tls.established()) {
            readMore();
        }
    }

    private void judge(PeerCheck check) {
        PeerDecision decision = tls.check((untrusted, alpn) -> {
            peer = untrusted;
            return check.check(untrusted, alpn);
        });
        if (decision instanceof PeerDecision.Refused refused) {
            throw new ChannelException(
                    refused.code(), "the peer at " + stream.peer() + " is refused: " + refused.reason(), false);
        }
    }

    /** The checked chain, leaf first. */
    public CertificateChain peerChain() {
        CertificateChain checked = peer;
        if (checked == null) {
            throw new IllegalStateException("a channel that is handed out has a peer");
        }
        return checked;
    }

    /** Where the stream leads. */
    public String peerName() {
        return stream.peer();
    }

    /** Sends one message, behind its length. */
    public void send(byte[] message) {
        if (message.length > limits.maxMessageBytes()) {
            throw new IllegalArgumentException(
                    "message has " + message.length + " bytes, at most " + limits.maxMessageBytes() + " may be sent");
        }
        byte[] framed = ByteBuffer.allocate(Integer.BYTES + message.length)
                .putInt(message.length)
                .put(message)
                .array();
        Deadline deadline = new Deadline(limits.send(), stream);
        try {
            synchronized (tls) {
                tls.send(framed);
                flush();
            }
        } catch (IOException e) {
            throw broken(deadline, e);
        } finally {
            deadline.lift();
        }
    }

    /** The next message; waits as long as it takes, or until {@link #close} from another thread: throws CHANNEL_CLOSED then. */
    public byte[] receive() {
        try {
            return nextMessage();
        } catch (IOException e) {
            close();
            throw new ChannelException("CHANNEL_CLOSED", "the channel ended: " + e.getMessage(), true, e);
        }
    }

    /** The next message; waits for all of it at most so long, then gives the channel up. */
    public byte[] receive(Duration timeout) {
        Deadline deadline = new Deadline(timeout, stream);
        try {
            return nextMessage();
        } catch (IOException e) {
            throw broken(deadline, e);
        } finally {
            deadline.lift();
        }
    }

    private byte[] nextMessage() throws IOException {
        int length = ByteBuffer.wrap(take(Integer.BYTES)).getInt();
        if (length < 0 || length > limits.maxMessageBytes()) {
            close();
            throw new ChannelException(
                    "MESSAGE_TOO_LARGE",
                    "the peer announced " + Integer.toUnsignedString(length) + " bytes, at most "
                            + limits.maxMessageBytes() + " are taken",
                    false);
        }
        return take(length);
    }

    /** Whether bytes of the peer wait, be it a message or the end of the channel. Does not block. */
    public boolean hasInput() {
        try {
            while (tls.available() == 0 && stream.hasInput()) {
                readMore();
            }
            return tls.available() > 0 || tls.ended();
        } catch (IOException e) {
            return true;
        }
    }

    private byte[] take(int length) throws IOException {
        while (tls.available() < length) {
            readMore();
        }
        synchronized (tls) {
            return tls.take(length);
        }
    }

    private void readMore() throws IOException {
        int length = tls.ended() ? ByteStream.END : stream.read(buffer);
        if (length == ByteStream.END) {
            throw new EOFException("the peer ended it");
        }
        synchronized (tls) {
            try {
                tls.receive(buffer, length);
            } finally {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        byte[] outgoing = tls.takeOutgoing();
        if (outgoing.length > 0) {
            stream.write(outgoing);
        }
    }

    @Override
    public void close() {
        Deadline deadline = new Deadline(FAREWELL, stream);
        try {
            synchronized (tls) {
                tls.close();
                flush();
            }
        } catch (IOException e) {
            // The peer will see the end of the stream all the same.
        } finally {
            deadline.lift();
            stream.close();
        }
    }

    private ChannelException broken(Deadline deadline, IOException cause) {
        close();
        return deadline.passed()
                ? new ChannelException("CHANNEL_TIMEOUT", "the peer took too long", true, cause)
                : new ChannelException("CHANNEL_CLOSED", "the channel ended: " + cause.getMessage(), true, cause);
    }
}
