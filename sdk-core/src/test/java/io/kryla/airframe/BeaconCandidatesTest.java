package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BeaconCandidatesTest {
    private static final long SECOND = 1_000_000_000L;

    private static final InetAddress GROUND = address(1);
    private static final InetAddress FLOODER = address(2);

    private final BeaconCandidates candidates =
            new BeaconCandidates(RandomGeneratorFactory.of("L64X128MixRandom").create(1));

    @Test
    void whoFloodsPushesOutItsOwn() {
        assertThat(heard(at(1), GROUND, 0)).isTrue();
        for (int port = 1_000; port < 11_000; port++) {
            assertThat(heard(at(port), FLOODER, 0)).isTrue();
        }
        assertThat(candidates.next(0)).contains(at(1));
    }

    @Test
    void aGroundIsTriedSoonHoweverManyAddressesSomebodyElseNames() {
        int tried = 0;
        for (int port = 1_000; port < 11_000; port++) {
            heard(at(port), FLOODER, 0);
        }
        heard(at(1), GROUND, 0);
        Optional<InetSocketAddress> next = candidates.next(0);
        while (!next.equals(Optional.of(at(1)))) {
            candidates.failed(next.orElseThrow(), 0);
            for (int port = 20_000; port < 20_100; port++) {
                heard(at(port + 100 * tried), FLOODER, 0);
            }
            tried++;
            next = candidates.next(0);
        }
        assertThat(tried).isLessThan(BeaconCandidates.MOST);
    }

    /** A hundred forged senders a second, each new: one address is tried a second, and the ground's within a few minutes. */
    @Test
    void forgedSendersDelayAGroundAndDoNotKeepItOut() throws Exception {
        long second = 0;
        for (Optional<InetSocketAddress> next = Optional.empty(); !next.equals(Optional.of(at(1))); second++) {
            assertThat(second).as("seconds").isLessThan(600);
            heard(at(1), GROUND, second * SECOND);
            for (int i = 0; i < 100; i++) {
                long forged = 100 * second + i;
                InetAddress sender = InetAddress.getByAddress(
                        new byte[] {10, (byte) (forged >> 16), (byte) (forged >> 8), (byte) forged});
                heard(new InetSocketAddress(sender, 1), sender, second * SECOND);
            }
            next = candidates.next(second * SECOND);
            long now = second * SECOND;
            next.filter(address -> !address.equals(at(1))).ifPresent(address -> candidates.failed(address, now));
        }
    }

    @Test
    void aStrangerThatFellSilentMakesRoomAndAGroundDoesNot() {
        for (int port = 1; port <= BeaconCandidates.MOST; port++) {
            heard(at(port), GROUND, 0);
            candidates.proven(at(port));
        }
        assertThat(heard(at(99), GROUND, 60 * SECOND)).isFalse();
        assertThat(candidates.next(60 * SECOND)).isEmpty();
    }

    @Test
    void whatFailedIsTriedLaterAndOthersFirst() {
        heard(at(1), GROUND, 0);
        assertThat(candidates.next(0)).contains(at(1));
        candidates.failed(at(1), 0);
        assertThat(candidates.next(0)).isEmpty();
        heard(at(2), GROUND, SECOND);
        heard(at(1), GROUND, SECOND);
        assertThat(candidates.next(SECOND)).contains(at(2));
    }

    private boolean heard(InetSocketAddress address, InetAddress sender, long nowNanos) {
        return candidates.heard(address, sender, nowNanos);
    }

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
