package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RepeatTimerProperties {
    private static final long MILLI = 1_000_000;
    private static final long SOONEST = 40 * MILLI;
    private static final long LONGEST = 1_000 * MILLI;

    private final RepeatTimer timer = new RepeatTimer(Duration.ofMillis(40));

    @Example
    void beforeAnythingWasMeasuredItIsThePathsPaceAtDoublingIntervals() {
        timer.start(0);
        assertThat(timer.fires(SOONEST - 1)).isFalse();
        assertThat(timer.fires(SOONEST)).isTrue();
        assertThat(timer.nanosUntilDue(SOONEST)).isEqualTo(2 * SOONEST);
        assertThat(timer.fires(3 * SOONEST)).isTrue();
        assertThat(timer.nanosUntilDue(3 * SOONEST)).isEqualTo(4 * SOONEST);
    }

    /** RFC 6298 §2.2: R + 4 * R/2. */
    @Example
    void theFirstMeasurementCountsThreeTimes() {
        timer.measured(100 * MILLI);
        assertThat(first()).isEqualTo(300 * MILLI);
    }

    /** RFC 6298 §2.3 with 100 ms, then 200 ms: RTTVAR 3/4 * 50 + 1/4 * 100, SRTT 7/8 * 100 + 1/8 * 200. */
    @Example
    void theSecondMeasurementMovesMeanAndVariation() {
        timer.measured(100 * MILLI);
        timer.measured(200 * MILLI);
        assertThat(first()).isEqualTo((long) ((112.5 + 4 * 62.5) * MILLI));
    }

    @Property
    void itIsNeverSoonerThanThePaceNorLaterThanTheLongest(
            @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 60_000 * MILLI) Long> measured) {
        measured.forEach(timer::measured);
        assertThat(first()).isBetween(SOONEST, LONGEST);
    }

    /** A ground that always takes so long is not sent anything twice. */
    @Property
    void whoAlwaysTakesAsLongHasAnsweredByThen(@ForAll @LongRange(min = 1, max = 999 * MILLI) long nanos) {
        for (int i = 0; i < 100; i++) {
            timer.measured(nanos);
            assertThat(first()).isGreaterThanOrEqualTo(nanos);
        }
    }

    @Property
    void whenTheGroundIsQuickAgainTheTimerBecomesSoAgain(
            @ForAll @LongRange(min = 40 * MILLI, max = 60_000 * MILLI) long slowNanos) {
        timer.measured(slowNanos);
        for (int i = 0; i < 200; i++) {
            timer.measured(MILLI);
        }
        assertThat(first()).isEqualTo(SOONEST);
    }

    private long first() {
        timer.reset();
        timer.start(0);
        return timer.nanosUntilDue(0);
    }
}
