package io.kryla.ground.link;

import io.kryla.identity.CertificateChain;
import java.net.InetSocketAddress;

/** The far end of a TLS connection whose certificates were accepted. Any thread may call it. */
public interface SecurePeer {
    /** As presented in the handshake, its own certificate first. */
    CertificateChain chain();

    /** The application protocol that both sides agreed on. */
    String alpn();

    InetSocketAddress remoteAddress();

    /**
     * Sends a message after all earlier ones and returns at once. A peer that does not take its messages is
     * disconnected when more than a mebibyte waits for it; messages to a closed peer are dropped.
     *
     * @param message 1 to 65,536 bytes
     */
    void send(byte[] message);

    /** Closes after what was sent has gone out. */
    void close();
}
