package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.control.Setpoint;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class StraightPathProperties {
    private static final double DT = 0.01;

    private final StraightPath path = new StraightPath();
    private final Setpoint setpoint = new Setpoint();

    @Property(tries = 200)
    void arrivesWithoutExceedingSpeedOrAcceleration(
            @ForAll @DoubleRange(min = -50, max = 50) double north,
            @ForAll @DoubleRange(min = -50, max = 50) double east,
            @ForAll @DoubleRange(min = -50, max = -1) double down,
            @ForAll @DoubleRange(min = 0.5, max = 8) double cruise) {
        path.begin(0, 0, -10, north, east, down, 0, cruise, 2);
        double speedBefore = 0;
        int ticks = 0;
        while (!path.finished()) {
            path.advance(DT);
            path.writeTo(setpoint);
            double speed = Math.sqrt(square(setpoint.velocityNorthMetersPerSecond)
                    + square(setpoint.velocityEastMetersPerSecond)
                    + square(setpoint.velocityDownMetersPerSecond));
            assertThat(speed).isLessThanOrEqualTo(cruise + 1e-9);
            assertThat(speed - speedBefore).isLessThanOrEqualTo(2 * DT + 1e-9);
            speedBefore = speed;
            assertThat(ticks++).isLessThan(40_000);
        }
        path.advance(DT);
        path.writeTo(setpoint);
        assertThat(setpoint.positionNorthMeters).isCloseTo(north, within(1e-9));
        assertThat(setpoint.positionEastMeters).isCloseTo(east, within(1e-9));
        assertThat(setpoint.positionDownMeters).isCloseTo(down, within(1e-9));
        assertThat(setpoint.velocityNorthMetersPerSecond).isZero();
    }

    @Property(tries = 100)
    void brakesWithinTheDistanceOfItsDeceleration(@ForAll @DoubleRange(min = 0, max = 8) double speed) {
        path.brake(new double[] {1, 2, -3}, new double[] {speed, 0, 0}, 2);
        for (int i = 0; i < 1_000; i++) {
            path.advance(DT);
        }
        path.writeTo(setpoint);
        assertThat(path.finished()).isTrue();
        assertThat(setpoint.positionNorthMeters).isCloseTo(1 + speed * speed / 4, within(1e-9));
    }

    private static double square(double x) {
        return x * x;
    }
}
