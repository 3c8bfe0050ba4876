package io.kryla.ground.link;

import java.time.Duration;

/**
 * What strangers may cost.
 *
 * @param connections open at once, accepted peers among them
 * @param unauthenticated of these, how many may be in their handshake or before the peer's judgement; for one more, one that
 *     got least far and waited longest is closed, of the network that has most of them
 * @param handshakeBytes from the peer until the handshake is done
 * @param handshakeTime from the connection's start until the peer is judged
 */
public record ListenerCaps(int connections, int unauthenticated, int handshakeBytes, Duration handshakeTime) {
    /** 1,024 connections, 64 of them strangers, 32 KiB and 10 s each. */
    public static final ListenerCaps STANDARD = new ListenerCaps(1_024, 64, 32 * 1_024, Duration.ofSeconds(10));

    /**
     * These, with room for so many accepted peers at once beside the strangers. Each is a TCP connection: an open file, and
     * what its TLS engine takes of the heap.
     */
    public ListenerCaps forPeers(int peers) {
        return new ListenerCaps(Math.addExact(peers, unauthenticated), unauthenticated, handshakeBytes, handshakeTime);
    }

    public ListenerCaps {
        if (connections < 1 || unauthenticated < 1 || handshakeBytes < 1 || handshakeTime.toMillis() < 1) {
            throw new IllegalArgumentException("every cap must be positive: " + connections + " connections, "
                    + unauthenticated + " unauthenticated, " + handshakeBytes + " bytes, " + handshakeTime);
        }
    }
}
