package io.kryla.session;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * The client's end of the reliable channel (protocol.md §4.1): TLS 1.3 with certificates on both sides, one ALPN, messages
 * of at most 65,536 bytes. When {@link #connect} returns, the peer has been checked; no application byte went out or came in
 * before.
 *
 * <p>Blocking; one thread at a time. Whatever goes wrong throws {@link ChannelException} and leaves the channel closed.
 */
public final class SecureChannel implements AutoCloseable {
    private final Socket plain;
    private final SSLSocket tls;
    private final DataInputStream in;
    private final CertificateChain peer;
    private final ChannelLimits limits;

    private SecureChannel(
            Socket plain, SSLSocket tls, DataInputStream in, CertificateChain peer, ChannelLimits limits) {
        this.plain = plain;
        this.tls = tls;
        this.in = in;
        this.peer = peer;
        this.limits = limits;
    }

    public static SecureChannel connect(
            InetSocketAddress address, TlsIdentity identity, String alpn, PeerCheck check, ChannelLimits limits) {
        Socket plain = new Socket();
        try {
            plain.connect(address, (int) limits.connect().toMillis());
            plain.setTcpNoDelay(true);
        } catch (IOException e) {
            closeQuietly(plain);
            throw new ChannelException("UNREACHABLE", "nobody answers at " + address + ": " + e.getMessage(), true, e);
        }
        Deadline deadline = new Deadline(limits.handshake(), plain);
        try {
            SSLSocket tls = (SSLSocket) TlsContexts.newContext(identity)
                    .getSocketFactory()
                    .createSocket(plain, address.getHostString(), address.getPort(), true);
            tls.setUseClientMode(true);
            tls.setSSLParameters(TlsContexts.clientParameters(alpn));
            tls.startHandshake();
            if (TlsContexts.checkPeer(tls, check) instanceof PeerDecision.Refused refused) {
                throw new ChannelException(
                        refused.code(), "the peer at " + address + " is refused: " + refused.reason(), false);
            }
            return new SecureChannel(plain, tls, new DataInputStream(tls.getInputStream()), peerOf(tls), limits);
        } catch (IOException e) {
            closeQuietly(plain);
            throw new ChannelException(
                    "HANDSHAKE_FAILED", "no TLS with " + address + ": " + deadline.explain(e), deadline.passed(), e);
        } catch (ChannelException e) {
            closeQuietly(plain);
            throw e;
        } finally {
            deadline.lift();
        }
    }

    /** The checked chain, leaf first. */
    public CertificateChain peerChain() {
        return peer;
    }

    public InetSocketAddress peerAddress() {
        return (InetSocketAddress) plain.getRemoteSocketAddress();
    }

    public void send(byte[] message) {
        if (message.length > limits.maxMessageBytes()) {
            throw new IllegalArgumentException(
                    "message has " + message.length + " bytes, at most " + limits.maxMessageBytes() + " may be sent");
        }
        Deadline deadline = new Deadline(limits.send(), plain);
        try {
            byte[] framed = ByteBuffer.allocate(Integer.BYTES + message.length)
                    .putInt(message.length)
                    .put(message)
                    .array();
            tls.getOutputStream().write(framed);
        } catch (IOException e) {
            throw broken(deadline, e);
        } finally {
            deadline.lift();
        }
    }

    /** The next message; waits for all of it at most so long, then gives the channel up. */
    public byte[] receive(Duration timeout) {
        Deadline deadline = new Deadline(timeout, plain);
        try {
            int length = in.readInt();
            if (length < 0 || length > limits.maxMessageBytes()) {
                close();
                throw new ChannelException(
                        "MESSAGE_TOO_LARGE",
                        "the peer announced " + Integer.toUnsignedString(length) + " bytes, at most "
                                + limits.maxMessageBytes() + " are taken",
                        false);
            }
            byte[] message = new byte[length];
            in.readFully(message);
            return message;
        } catch (IOException e) {
            throw broken(deadline, e);
        } finally {
            deadline.lift();
        }
    }

    /** Whether bytes of the peer wait, be it a message or the end of the channel. Does not block. */
    public boolean hasInput() {
        try {
            return plain.isClosed() || plain.getInputStream().available() > 0 || in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closeQuietly(tls);
        closeQuietly(plain);
    }

    private ChannelException broken(Deadline deadline, IOException cause) {
        close();
        return deadline.passed()
                ? new ChannelException("CHANNEL_TIMEOUT", "the peer took too long", true, cause)
                : new ChannelException("CHANNEL_CLOSED", "the channel ended: " + cause.getMessage(), true, cause);
    }

    private static CertificateChain peerOf(SSLSocket tls) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (java.security.cert.Certificate certificate : tls.getSession().getPeerCertificates()) {
            certificates.add((X509Certificate) certificate);
        }
        return new CertificateChain(certificates);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The channel is given up; there is nobody left to tell.
        }
    }

    /** Closes the socket under a blocked call when its time has passed: a read time-out would start anew with each byte. */
    private static final class Deadline {
        private final CompletableFuture<Boolean> passed = new CompletableFuture<>();
        private final CompletableFuture<Void> closing;

        Deadline(Duration timeout, Socket socket) {
            closing = passed.completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(late -> {
                        if (late) {
                            closeQuietly(socket);
                        }
                    });
        }

        boolean passed() {
            return passed.getNow(false);
        }

        String explain(IOException cause) {
            return passed() ? "it took too long" : String.valueOf(cause.getMessage());
        }

        void lift() {
            passed.complete(false);
            closing.join();
        }
    }
}
