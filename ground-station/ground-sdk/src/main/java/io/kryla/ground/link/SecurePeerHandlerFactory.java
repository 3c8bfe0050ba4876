package io.kryla.ground.link;

/** Makes the handler of a connection once its peer was accepted; the first call of the conversation. */
@FunctionalInterface
public interface SecurePeerHandlerFactory {
    /** Called once a peer, before its first message. */
    SecurePeerHandler accept(SecurePeer peer);
}
