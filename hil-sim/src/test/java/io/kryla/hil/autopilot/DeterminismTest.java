package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.physics.Wind;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    @Test
    void givesTheSameBitsForTheSameSeed() {
        assertThat(fingerprintAfterThirtySeconds(11)).isEqualTo(fingerprintAfterThirtySeconds(11));
    }

    /**
     * The same bits came from JDK 17 and 25, interpreted and compiled, with and without AVX. Whoever changes the world, the
     * sensors or the controller on purpose writes the new value here; on any other occasion it must not move.
     */
    @Test
    void givesTheBitsItGaveOnEveryOtherJvm() {
        assertThat(Long.toHexString(fingerprintAfterThirtySeconds(11))).isEqualTo("b28a6f4ffbf6ac6b");
    }

    @Test
    void givesAnotherFlightForAnotherSeed() {
        assertThat(fingerprintAfterThirtySeconds(11)).isNotEqualTo(fingerprintAfterThirtySeconds(12));
    }

    /** Folds the bits of every tick, so that a difference anywhere on the way shows. */
    private static long fingerprintAfterThirtySeconds(long seed) {
        var airframe = new SimulatedAirframe(seed, new Wind(3, -2, 0));
        airframe.runUntil(() -> airframe.controller.estimate().ready(), 20);
        airframe.controller.arm();
        airframe.controller.takeOff(5);
        long hash = 0xcbf29ce484222325L;
        TrueStateView s = airframe.truth;
        for (int i = 0; i < 30_000; i++) {
            airframe.tick();
            for (double value : new double[] {
                s.positionNorthMeters(),
                s.positionEastMeters(),
                s.positionDownMeters(),
                s.velocityNorthMetersPerSecond(),
                s.attitudeX(),
                s.attitudeY(),
                s.attitudeZ(),
                s.bodyRateFrdXRadiansPerSecond(),
                s.rotorSpeedRadiansPerSecond(3),
                s.batteryVoltageVolts(),
                airframe.controller.estimate().positionNorthMeters()
            }) {
                hash = (hash ^ Double.doubleToRawLongBits(value)) * 0x100000001b3L;
            }
        }
        return hash;
    }
}
