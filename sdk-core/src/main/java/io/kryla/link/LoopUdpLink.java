package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** UDP to one peer as {@link UdpLink} is, whose arrivals a {@link LinkLoop} watches. Never waits. Loop's thread only. */
final class LoopUdpLink implements DatagramLink {
    private final UdpSocket socket;
    private Runnable onArrival = () -> {};
    /** As the loop saw it; so a turn for another reason costs no system call. */
    private boolean readable;

    LoopUdpLink(UdpSocket socket) {
        this.socket = socket;
    }

    void arrived() {
        readable = true;
        onArrival.run();
    }

    @Override
    public void send(byte[] datagram) {
        send(datagram, 0, datagram.length);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        socket.send(buffer, offset, length);
    }

    @Override
    public boolean onArrival(Runnable call) {
        onArrival = call;
        return true;
    }

    /** Whoever is called on arrival needs not wait. */
    @Override
    public int receive(byte[] into, Duration timeout) {
        return poll(into);
    }

    @Override
    public int poll(byte[] into) {
        if (!readable) {
            return NOTHING;
        }
        int length = socket.poll(into);
        readable = length != NOTHING;
        return length;
    }

    @Override
    public void peerProven() {
        socket.peerProven();
    }

    @Override
    public void follow(DatagramLink earlier) {
        if (earlier instanceof LoopUdpLink udp) {
            socket.follow(udp.socket.peer());
        }
    }

    @Override
    public void wakeup() {
        onArrival.run();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
