package io.kryla.airframe.provisioning;

import io.kryla.identity.CertificateChain;
import java.time.Duration;

/**
 * A connection to a station that has proven to hold the key of its leaf certificate; nothing else is known about it. Any
 * failure throws a {@link io.kryla.keys.KrylaException}.
 */
public interface StationLink {
    CertificateChain peerChain();

    /** Sends one message. */
    void send(byte[] message);

    /** Waits for the next message, at most so long. */
    byte[] receive(Duration wall);
}
