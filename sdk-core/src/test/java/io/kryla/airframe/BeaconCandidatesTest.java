package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BeaconCandidatesTest {
    private static final long SECOND = 1_000_000_000L;

    private final BeaconCandidates candidates =
            new BeaconCandidates(RandomGeneratorFactory.of("L64X128MixRandom").create(1));

    @Test
    void aFloodOfStrangersTakesNoPlaceOfOneThatIsHeard() {
        for (int port = 1; port <= BeaconCandidates.MOST; port++) {
            assertThat(candidates.heard(at(port), 0)).isTrue();
        }
        for (int port = 1_000; port < 2_000; port++) {
            assertThat(candidates.heard(at(port), SECOND)).isFalse();
        }
        assertThat(candidates.heard(at(1), SECOND)).isTrue();
    }

    @Test
    void aStrangerThatFellSilentMakesRoomAndAGroundDoesNot() {
        for (int port = 1; port <= BeaconCandidates.MOST; port++) {
            candidates.heard(at(port), 0);
            candidates.proven(at(port));
        }
        assertThat(candidates.heard(at(99), 60 * SECOND)).isFalse();
        assertThat(candidates.next(60 * SECOND)).isEmpty();
    }

    @Test
    void whatFailedIsTriedLaterAndOthersFirst() {
        candidates.heard(at(1), 0);
        assertThat(candidates.next(0)).contains(at(1));
        candidates.failed(at(1), 0);
        assertThat(candidates.next(0)).isEmpty();
        candidates.heard(at(2), SECOND);
        candidates.heard(at(1), SECOND);
        assertThat(candidates.next(SECOND)).contains(at(2));
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
