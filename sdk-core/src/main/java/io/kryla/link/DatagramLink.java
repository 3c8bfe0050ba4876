package io.kryla.link;

import java.time.Duration;
import java.util.Arrays;

/**
 * A path for datagrams to one peer: any may be lost, repeated, reordered, or come from a stranger. One thread sends and
 * receives; {@link #wakeup} and {@link #close} may be called by any.
 */
public interface DatagramLink extends AutoCloseable {
    /** Hands a datagram to the path, or drops it when the path has no room. Does not block. */
    void send(byte[] datagram);

    /** As {@link #send(byte[])} of the part [offset, offset + length), which is the caller's again when this returns. */
    default void send(byte[] buffer, int offset, int length) {
        send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /**
     * Waits for a datagram and copies it into {@code into}.
     *
     * @param into longer than the longest datagram that counts: what does not fit is cut off, so that a length equal to
     *     the buffer's means "too long"
     * @return its length, or {@link #NOTHING} when the time passed, the link was woken or is closed
     */
    int receive(byte[] into, Duration timeout);

    /** As {@link #receive}, without waiting. */
    int poll(byte[] into);

    int NOTHING = -1;

    /**
     * Asks to be called whenever something has arrived, or room has come back, so that nobody has to wait in {@link #receive}:
     * by one thread alone, that which sends and receives, or by any if the call may be made by any.
     *
     * @return false if this path cannot: it has to be polled
     */
    default boolean onArrival(Runnable call) {
        return false;
    }

    /**
     * The datagram received last came from the peer and is its newest: a path that can, answers where it came from. Said by
     * who has proven it; an address alone proves nothing.
     */
    default void peerProven() {}

    /** Goes on where the peer of an earlier path of the same session was proven to be, if that is known. */
    default void follow(DatagramLink earlier) {}

    /** Whether a datagram sent now would not be dropped for want of room. A path that had none wakes its owner when it has. */
    default boolean hasRoom() {
        return true;
    }

    default LinkPace pace() {
        return LinkPace.NETWORK;
    }

    /** Makes a {@link #receive} that waits, or the next one, return at once. */
    void wakeup();

    @Override
    void close();
}
