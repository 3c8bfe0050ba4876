package io.kryla.hil.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.readings.SensorReadings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandstillAlignmentTest {
    private final GaussianSampler noise = new RandomStreams(1).gaussian("noise");
    private final SensorReadings readings = new SensorReadings();
    private final StandstillAlignment alignment = new StandstillAlignment();

    @BeforeEach
    void levelNoseEast() {
        readings.magnetometerFresh = true;
        // Field 20 µT north, 43 µT down: the nose points east, so north lies to the left.
        readings.magneticFieldFrdYTesla = -20e-6;
        readings.magneticFieldFrdZTesla = 43e-6;
    }

    @Test
    void findsAttitudeAndGyroBias() {
        assertThat(alignsWithin(2_000, 0, 0)).isTrue();
        assertThat(alignment.rollRadians()).isCloseTo(0, within(2e-3));
        assertThat(alignment.pitchRadians()).isCloseTo(0, within(2e-3));
        assertThat(alignment.yawRadians(0.05)).isCloseTo(Math.PI / 2 + 0.05, within(2e-3));
        assertThat(alignment.meanBodyRate(0)).isCloseTo(0.005, within(1e-3));
    }

    @Test
    void waitsUntilTheVehicleStandsStill() {
        assertThat(alignsWithin(1_500, 0, 0)).isFalse();
        assertThat(alignsWithin(1, 0.3, 0)).isFalse();
        assertThat(alignsWithin(1_999, 0, 0)).isFalse();
        assertThat(alignsWithin(1, 0, 0)).isTrue();
    }

    @Test
    void neverAlignsOnABrokenSensor() {
        assertThat(alignsWithin(6_000, 0.08, 0)).as("gyro offset of 0.08 rad/s").isFalse();
        assertThat(alignsWithin(6_000, 0, 2))
                .as("accelerometer offset of 2 m/s²")
                .isFalse();
        readings.magneticFieldFrdZTesla = 200e-6;
        assertThat(alignsWithin(6_000, 0, 0)).as("magnetised").isFalse();
    }

    @Test
    void neverAlignsOnAStuckChannel() {
        for (int i = 0; i < 6_000; i++) {
            fill(0, 0);
            readings.bodyRateFrdYRadiansPerSecond = 0.001;
            assertThat(alignment.add(readings)).isFalse();
        }
    }

    private boolean alignsWithin(int samples, double gyroOffset, double accelerationOffset) {
        for (int i = 0; i < samples; i++) {
            fill(gyroOffset, accelerationOffset);
            if (alignment.add(readings)) {
                return true;
            }
        }
        return false;
    }

    private void fill(double gyroOffset, double accelerationOffset) {
        readings.accelerationFrdXMetersPerSecondSquared = 0.1 * noise.next();
        readings.accelerationFrdYMetersPerSecondSquared = 0.1 * noise.next();
        readings.accelerationFrdZMetersPerSecondSquared = -9.80665 - accelerationOffset + 0.1 * noise.next();
        readings.bodyRateFrdXRadiansPerSecond = 0.005 + gyroOffset + 0.01 * noise.next();
        readings.bodyRateFrdYRadiansPerSecond = 0.01 * noise.next();
        readings.bodyRateFrdZRadiansPerSecond = 0.01 * noise.next();
    }
}
