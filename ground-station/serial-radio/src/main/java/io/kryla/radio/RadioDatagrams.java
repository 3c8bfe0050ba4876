package io.kryla.radio;

import io.kryla.link.DatagramLink;
import io.kryla.link.LinkPace;
import io.kryla.radio.frame.LineFrame;
import io.kryla.session.SessionKeys;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The datagrams of a {@link SerialRadio} for one of its sessions. As soon as its owner has proven one, the link takes those
 * of the same session id and no others, so that two sessions can share the line while one takes the other's place.
 */
final class RadioDatagrams implements DatagramLink {
    /** A frame takes 43 ms, and there and back some wait before it; a second of the line is under way at most. */
    private static final LinkPace PACE = new LinkPace(Duration.ofMillis(500), 24, 2, 8, LineFrame.MAX_BODY_BYTES);

    private static final int MOST_WAITING = 64;
    /** No session, and what a datagram claims that names none. */
    private static final int ANY = -1;

    private final SerialRadio radio;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int session = ANY;
    private int lastReceived = ANY;
    private boolean woken;
    private boolean closed;

    RadioDatagrams(SerialRadio radio) {
        this.radio = radio;
    }

    /** With the lock held: whether the datagram names the session that this link is known to be of. */
    boolean isOf(int claimed) {
        return session != ANY && session == claimed;
    }

    /** With the lock held: whether this link may still be of any session. */
    boolean isOpenToAny() {
        return session == ANY;
    }

    /** With the lock held. Returns false when it is dropped, since its owner does not keep up. */
    boolean deliver(byte[] datagram) {
        return waiting.size() < MOST_WAITING && waiting.add(datagram);
    }

    /** With the lock held: there is room for datagrams again. */
    void wake() {
        woken = true;
    }

    @Override
    public void send(byte[] datagram) {
        if (datagram.length > LineFrame.MAX_BODY_BYTES) {
            radio.countTooLong();
            return;
        }
        radio.lock().lock();
        try {
            radio.send(datagram.clone());
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        radio.lock().lock();
        try {
            long left = timeout.toNanos();
            while (waiting.isEmpty() && !woken && !closed && left > 0) {
                left = radio.changed().awaitNanos(left);
            }
            woken = false;
            return poll(into);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public int poll(byte[] into) {
        radio.lock().lock();
        try {
            byte[] next = waiting.poll();
            if (next == null) {
                return NOTHING;
            }
            lastReceived = SessionKeys.claimedSessionId(next, 0, next.length);
            int length = Math.min(next.length, into.length);
            System.arraycopy(next, 0, into, 0, length);
            return length;
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public void peerProven() {
        radio.lock().lock();
        try {
            session = lastReceived;
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public boolean hasRoom() {
        radio.lock().lock();
        try {
            return radio.hasRoom();
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public LinkPace pace() {
        return PACE;
    }

    @Override
    public void wakeup() {
        radio.lock().lock();
        try {
            woken = true;
            radio.changed().signalAll();
        } finally {
            radio.lock().unlock();
        }
    }

    @Override
    public void close() {
        radio.lock().lock();
        try {
            closed = true;
            waiting.clear();
            radio.forget(this);
            radio.changed().signalAll();
        } finally {
            radio.lock().unlock();
        }
    }
}
