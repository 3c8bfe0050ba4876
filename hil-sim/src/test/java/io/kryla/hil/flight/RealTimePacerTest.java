package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RealTimePacerTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong clock = new AtomicLong(500);
    private final AtomicLong waited = new AtomicLong();
    private final RealTimePacer pacer = new RealTimePacer(clock::get, nanos -> {
        waited.addAndGet(nanos);
        clock.addAndGet(nanos);
    });

    @Test
    void waitsUntilFlightTimeHasCome() {
        pacer.awaitFlightTime(10 * MILLI);
        pacer.awaitFlightTime(20 * MILLI);

        assertThat(waited).hasValue(10 * MILLI);
    }

    @Test
    void makesUpForASmallDelay() {
        pacer.awaitFlightTime(0);
        clock.addAndGet(15 * MILLI);
        pacer.awaitFlightTime(10 * MILLI);
        pacer.awaitFlightTime(20 * MILLI);

        assertThat(waited).hasValue(5 * MILLI);
    }

    @Test
    void givesUpALongOne() {
        pacer.awaitFlightTime(0);
        clock.addAndGet(5_000 * MILLI);
        pacer.awaitFlightTime(10 * MILLI);
        pacer.awaitFlightTime(20 * MILLI);

        assertThat(waited).hasValue(10 * MILLI);
    }
}
