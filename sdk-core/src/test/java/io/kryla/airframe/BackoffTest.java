package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsInTheUpperHalfOfAnIntervalThatDoublesUpToAMinute() {
        Backoff backoff = new Backoff(chance());
        long ceiling = Backoff.FIRST.toNanos();
        for (int attempt = 0; attempt < 30; attempt++) {
            assertThat(backoff.nextNanos()).isBetween(ceiling / 2, ceiling);
            ceiling = Math.min(2 * ceiling, Backoff.LONGEST.toNanos());
        }
        backoff.reset();
        assertThat(backoff.nextNanos()).isLessThanOrEqualTo(Backoff.FIRST.toNanos());
    }

    @Test
    void theSameSeedGivesTheSameWaits() {
        assertThat(new Backoff(chance()).nextNanos()).isEqualTo(new Backoff(chance()).nextNanos());
    }

    private static RandomGenerator chance() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }
}
