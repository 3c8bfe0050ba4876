package io.kryla.radio.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 6298, its numbers. */
class RoundTripTest {
    private static final StreamTimes TIMES = StreamTimes.STANDARD;
    private final RoundTrip roundTrip = new RoundTrip(TIMES);

    @Test
    void beginsWithASecond() {
        assertThat(roundTrip.timeoutNanos()).isEqualTo(millis(1_000));
    }

    @Test
    void theFirstMeasurementCountsHalfAsVariation() {
        roundTrip.measured(millis(200));
        assertThat(roundTrip.timeoutNanos()).isEqualTo(millis(200 + 4 * 100));
    }

    @Test
    void furtherMeasurementsAreSmoothed() {
        roundTrip.measured(millis(200));
        roundTrip.measured(millis(280));
        // RTTVAR = 3/4 · 100 + 1/4 · 80 = 95; SRTT = 7/8 · 200 + 1/8 · 280 = 210
        assertThat(roundTrip.timeoutNanos()).isEqualTo(millis(210 + 4 * 95));
    }

    @Test
    void isNeverBelowTheLeast() {
        for (int i = 0; i < 50; i++) {
            roundTrip.measured(millis(50));
        }
        assertThat(roundTrip.timeoutNanos()).isEqualTo(TIMES.leastTimeout().toNanos());
    }

    @Test
    void doublesUntilSomethingIsHeardAndNoFurtherThanTheLongest() {
        roundTrip.timedOut();
        assertThat(roundTrip.timeoutNanos()).isEqualTo(millis(2_000));
        for (int i = 0; i < 100; i++) {
            roundTrip.timedOut();
        }
        assertThat(roundTrip.timeoutNanos()).isEqualTo(TIMES.longestTimeout().toNanos());
        roundTrip.answered();
        assertThat(roundTrip.timeoutNanos()).isEqualTo(millis(1_000));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
