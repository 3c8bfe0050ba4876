package io.kryla.ground.line;

import io.kryla.link.DatagramLink;
import io.kryla.link.UdpLink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Real UDP that loses datagrams in both directions, by a seed. */
public final class LossyLink implements DatagramLink {
    private final DatagramLink path;
    private final RandomGenerator chance;
    private final double loss;

    private LossyLink(DatagramLink path, RandomGenerator chance, double loss) {
        this.path = path;
        this.chance = chance;
        this.loss = loss;
    }

    public static LossyLink connect(InetSocketAddress peer, double loss, RandomGenerator chance) {
        return new LossyLink(UdpLink.connect(peer), chance, loss);
    }

    @Override
    public void send(byte[] datagram) {
        if (chance.nextDouble() >= loss) {
            path.send(datagram);
        }
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        return survive(path.receive(into, timeout));
    }

    @Override
    public int poll(byte[] into) {
        return survive(path.poll(into));
    }

    private int survive(int length) {
        return length != NOTHING && chance.nextDouble() < loss ? NOTHING : length;
    }

    @Override
    public void wakeup() {
        path.wakeup();
    }

    @Override
    public void close() {
        path.close();
    }
}
