package io.kryla.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class MemoryLinkTest {
    @Test
    void carriesDatagramsInOrderWhenItIsNotImpaired() {
        assertThat(arrivals(Impairment.NONE, 1, 100)).hasSize(100).isSorted();
    }

    @Test
    void losesRepeatsAndReordersAsOftenAsAgreed() {
        List<Integer> arrivals = arrivals(new Impairment(0.3, 0, 0), 7, 4000);
        assertThat(arrivals.size()).isBetween(2700, 2900);
        assertThat(arrivals(new Impairment(0, 0.1, 0), 7, 3000).size()).isBetween(3230, 3370);
        assertThat(arrivals(new Impairment(0, 0, 0.2), 7, 100))
                .doesNotHaveDuplicates()
                .isNotEqualTo(sorted(100));
    }

    @Test
    void theSameSeedImpairsTheSameDatagrams() {
        Impairment impairment = new Impairment(0.3, 0.1, 0.2);
        assertThat(arrivals(impairment, 5, 500)).isEqualTo(arrivals(impairment, 5, 500));
        assertThat(arrivals(impairment, 5, 500)).isNotEqualTo(arrivals(impairment, 6, 500));
    }

    @Test
    void wakesAReceiverThatWaits() {
        MemoryLink.Pair pair = MemoryLink.pair(Impairment.NONE, random(1), random(2));
        pair.here().wakeup();
        assertThat(pair.here().receive(new byte[1], Duration.ofMinutes(1))).isEqualTo(DatagramLink.NOTHING);
    }

    @Test
    void aClosedEndTakesNothingMore() {
        MemoryLink.Pair pair = MemoryLink.pair(Impairment.NONE, random(1), random(2));
        pair.there().close();
        pair.here().send(new byte[1]);
        assertThat(pair.there().poll(new byte[1])).isEqualTo(DatagramLink.NOTHING);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new Impairment(1.0, 0, 0)).hasMessageContaining("loss");
        assertThatThrownBy(() -> new Impairment(0, Double.NaN, 0)).hasMessageContaining("duplication");
    }

    private static List<Integer> arrivals(Impairment impairment, long seed, int sent) {
        MemoryLink.Pair pair = MemoryLink.pair(impairment, random(seed), random(seed + 1000));
        List<Integer> arrivals = new ArrayList<>();
        byte[] into = new byte[4];
        for (int i = 0; i < sent; i++) {
            pair.here().send(new byte[] {(byte) (i >> 8), (byte) i});
            while (pair.there().poll(into) != DatagramLink.NOTHING) {
                arrivals.add((into[0] & 0xff) << 8 | into[1] & 0xff);
            }
        }
        return arrivals;
    }

    private static List<Integer> sorted(int count) {
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sorted.add(i);
        }
        return sorted;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
