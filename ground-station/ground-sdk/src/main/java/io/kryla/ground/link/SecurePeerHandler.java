package io.kryla.ground.link;

/**
 * One conversation. Called by one thread at a time, in the order of arrival, and allowed to block: the next message is
 * read from the network only after this one was handled. An exception closes the connection.
 */
public interface SecurePeerHandler {
    /** @param message 1 to 65,536 bytes, the callee's */
    void onMessage(SecurePeer peer, byte[] message);

    /** The last call, whichever side closed. */
    void onClosed(SecurePeer peer);
}
