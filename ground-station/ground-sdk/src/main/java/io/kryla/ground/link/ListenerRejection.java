package io.kryla.ground.link;

/** Why a connection was ended by the listener. The names are stable codes; each is counted. */
public enum ListenerRejection {
    /** No place was left: this one was closed for a newcomer, or is one, and all places are those of accepted peers. */
    CONNECTIONS,
    /** More handshake bytes than allowed. */
    HANDSHAKE_BYTES,
    /** Not judged in time. */
    HANDSHAKE_TIME,
    /** TLS failed: version, certificate, signature. */
    HANDSHAKE_FAILED,
    /** The peer offered no application protocol that is served here, or none at all. */
    NO_ALPN,
    /** The peer check of the protocol refused the peer's certificates. */
    PEER_REFUSED,
    /** Wrong framing. */
    MALFORMED,
    /** The peer does not take what is sent to it. */
    SLOW_PEER,
    /** The handler of the conversation threw. */
    HANDLER_FAILED
}
