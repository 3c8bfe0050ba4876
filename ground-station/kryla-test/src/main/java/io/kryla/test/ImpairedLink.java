package io.kryla.test;

import io.kryla.link.DatagramLink;
import io.kryla.link.Impairment;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A datagram link that treats what passes it badly, each way by a generator of its own: which datagrams suffer follows from
 * the seed and their order.
 */
public final class ImpairedLink implements DatagramLink {
    private final DatagramLink path;
    private final Impairment impairment;
    private final RandomGenerator outward;
    private final RandomGenerator inward;
    private Optional<byte[]> delayed = Optional.empty();

    public ImpairedLink(DatagramLink path, Impairment impairment, long seed) {
        RandomGeneratorFactory<RandomGenerator> generators = RandomGeneratorFactory.of("L64X128MixRandom");
        this.path = path;
        this.impairment = impairment;
        this.outward = generators.create(seed);
        this.inward = generators.create(~seed);
    }

    @Override
    public void send(byte[] datagram) {
        if (outward.nextDouble() < impairment.loss()) {
            return;
        }
        boolean twice = outward.nextDouble() < impairment.duplication();
        if (delayed.isEmpty() && outward.nextDouble() < impairment.reordering()) {
            delayed = Optional.of(datagram.clone());
            return;
        }
        path.send(datagram);
        if (twice) {
            path.send(datagram);
        }
        delayed.ifPresent(path::send);
        delayed = Optional.empty();
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        return survive(path.receive(into, timeout));
    }

    @Override
    public int poll(byte[] into) {
        int length = path.poll(into);
        while (length != NOTHING && survive(length) == NOTHING) {
            length = path.poll(into);
        }
        return length;
    }

    private int survive(int length) {
        return length != NOTHING && inward.nextDouble() < impairment.loss() ? NOTHING : length;
    }

    @Override
    public void peerProven() {
        path.peerProven();
    }

    @Override
    public void follow(DatagramLink earlier) {
        path.follow(earlier instanceof ImpairedLink impaired ? impaired.path : earlier);
    }

    @Override
    public boolean onArrival(Runnable call) {
        return path.onArrival(call);
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
