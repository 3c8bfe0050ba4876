package io.kryla.radio.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.radio.stream.LineConditions;
import io.kryla.radio.stream.SimulatedLine;
import io.kryla.radio.stream.StreamTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a session's set-up takes over a radio: from the first byte until both sides have their keys, TLS, chains and
 * proofs included, in the line's own time. Computing is not counted.
 */
class SetupOverRadioTest {
    private static final int FACTOR = Integer.getInteger("kryla.test.tries.factor", 1);
    private static final int RUNS = 200 * FACTOR;
    private static final int FEWER_RUNS = 40 * FACTOR;
    private static final long GIVEN_UP = Duration.ofMinutes(5).toNanos();
    private static final long FIRST_SEED = 57_600;

    @TempDir
    static Path folder;

    private static SimulatedSetup setup;

    @BeforeAll
    static void makeIdentities() throws Exception {
        setup = new SimulatedSetup(folder);
    }

    @Test
    void aTenthOfTheFramesLostLeavesItWithinThirtySeconds() {
        assertThat(p99Seconds("10 % loss", RUNS, LineConditions.radio(0.1))).isLessThan(30);
    }

    @Test
    void soItIsOnASharedLineThatAlsoDuplicatesReordersAndDamages() {
        LineConditions bad = LineConditions.radio(0.1).with(0.02, 0.05, 0.05).sharedByBothDirections();
        assertThat(p99Seconds("10 % loss, 2 % damaged, 5 % doubled, 5 % reordered, half duplex", FEWER_RUNS, bad))
                .isLessThan(30);
    }

    @Test
    void aThirdOfTheFramesLostLeavesItWithinAMinute() {
        assertThat(p99Seconds("30 % loss", FEWER_RUNS, LineConditions.radio(0.3)))
                .isLessThan(60);
    }

    /** Most of it are two chains of four certificates. */
    @Test
    void withoutLossItTakesNineThousandBytes() {
        SimulatedLine line = line(LineConditions.radio(0), 0);
        SimulatedSetup.Attempt attempt = setup.begin(line);
        assertThat(line.run(GIVEN_UP, attempt::established)).isTrue();
        long up = line.airframe().sentBytes();
        long down = line.ground().sentBytes();
        System.out.printf(
                Locale.ROOT,
                "a set-up without loss: %d bytes from the airframe, %d from the ground, %.2f s; Hello %d bytes%n",
                up,
                down,
                line.nowNanos() / 1e9,
                setup.hello().getSerializedSize());
        assertThat(up + down).isLessThan(9_000);
    }

    private static double p99Seconds(String what, int runs, LineConditions conditions) {
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            SimulatedLine line = line(conditions, FIRST_SEED + run);
            SimulatedSetup.Attempt attempt = setup.begin(line);
            assertThat(line.run(GIVEN_UP, attempt::established))
                    .as("seed %d", FIRST_SEED + run)
                    .isTrue();
            seconds[run] = line.nowNanos() / 1e9;
        }
        Arrays.sort(seconds);
        double p99 = seconds[(int) Math.ceil(0.99 * runs) - 1];
        System.out.printf(
                Locale.ROOT,
                "set-up over 57,600 baud, %s, %d runs from seed %d: median %.2f s, p99 %.2f s, longest %.2f s%n",
                what,
                runs,
                FIRST_SEED,
                seconds[runs / 2],
                p99,
                seconds[runs - 1]);
        return p99;
    }

    private static SimulatedLine line(LineConditions conditions, long seed) {
        return new SimulatedLine(conditions, StreamTimes.STANDARD, new Random(seed));
    }
}
