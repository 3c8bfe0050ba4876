package io.kryla.hil.chance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    @Test
    void repeatsAStreamForTheSameSeedAndName() {
        var first = new RandomStreams(7).stream("gyro noise");
        var second = new RandomStreams(7).stream("gyro noise");
        for (int i = 0; i < 100; i++) {
            assertThat(second.nextLong()).isEqualTo(first.nextLong());
        }
    }

    @Test
    void separatesNamesAndSeeds() {
        long gyro = new RandomStreams(7).stream("gyro noise").nextLong();
        assertThat(new RandomStreams(7).stream("gyro bias").nextLong()).isNotEqualTo(gyro);
        assertThat(new RandomStreams(8).stream("gyro noise").nextLong()).isNotEqualTo(gyro);
    }

    @Test
    void givesUncorrelatedStreams() {
        var streams = new RandomStreams(1);
        var x = streams.gaussian("x");
        var y = streams.gaussian("y");
        int n = 100_000;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x.next() * y.next();
        }
        assertThat(sum / n).isBetween(-4 / Math.sqrt(n), 4 / Math.sqrt(n));
    }
}
