package io.kryla.hil.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.LocalTangentPlane;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.StandardAtmosphere;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.readings.SensorReadings;
import org.junit.jupiter.api.Test;

class SensorSuiteTest {
    private static final SensorSpecification REFERENCE = SensorSpecification.reference();
    private static final BiasProcess NONE = new BiasProcess(0, 0, 1);

    private final Vehicle vehicle = Vehicle.reference();
    private final Site site = Site.reference();
    private final LocalTangentPlane plane = new LocalTangentPlane(site.origin());
    private final SensorReadings readings = new SensorReadings();
    private MulticopterDynamics world = new MulticopterDynamics(vehicle, site, InitialState.standing(vehicle, 0));

    @Test
    void readsGravityRatesAndFieldWithTheStatedNoise() {
        var suite = new SensorSuite(withoutBias(), site, new RandomStreams(3));
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        double gyroSquares = 0;
        for (int i = 0; i < n; i++) {
            tick(suite);
            double az = readings.accelerationFrdZMetersPerSecondSquared;
            sum += az;
            squares += (az + 9.80665) * (az + 9.80665);
            gyroSquares += readings.bodyRateFrdYRadiansPerSecond * readings.bodyRateFrdYRadiansPerSecond;
        }
        double sigma = 0.004 * Math.sqrt(1000);
        assertThat(sum / n).isCloseTo(-9.80665, within(5 * sigma / Math.sqrt(n)));
        assertThat(Math.sqrt(squares / n)).isCloseTo(sigma, within(0.03 * sigma));
        assertThat(Math.sqrt(gyroSquares / n)).isCloseTo(3.394e-4 * Math.sqrt(1000), within(3e-4));
    }

    @Test
    void runsEachSensorAtItsRate() {
        var suite = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        int[] fresh = new int[5];
        for (int i = 0; i < 10_000; i++) {
            tick(suite);
            fresh[0] += readings.imuFresh ? 1 : 0;
            fresh[1] += readings.magnetometerFresh ? 1 : 0;
            fresh[2] += readings.barometerFresh ? 1 : 0;
            fresh[3] += readings.gnssFresh ? 1 : 0;
            fresh[4] += readings.batteryFresh ? 1 : 0;
        }
        // The fix measured at 10.0 s is still on its way.
        assertThat(fresh).containsExactly(10_000, 1_000, 500, 49, 100);
    }

    @Test
    void deliversAFixItsLatencyLate() {
        var moving = new InitialState(0, 0, -100, 10, 0, 0, 0, 0, 0, 0, 0, 0);
        world = new MulticopterDynamics(vehicle, site, moving);
        var suite = new SensorSuite(withoutBias(), site, new RandomStreams(3));
        while (!readings.gnssFresh) {
            tick(suite);
        }
        assertThat(world.state().flightTimeNanos()).isEqualTo(320_000_000L);
        assertThat(readings.gnssTimeNanos).isEqualTo(200_000_000L);
        assertThat(plane.northMeters(readings.latitudeRadians))
                .as("where it was at 0.2 s, not where it is at 0.32 s (3.2 m)")
                .isCloseTo(2.0, within(0.5));
    }

    @Test
    void readsThePressureOfTheStandardAtmosphere() {
        var suite = new SensorSuite(withoutBias(), site, new RandomStreams(3));
        double sum = 0;
        int n = 0;
        for (int i = 0; i < 20_000; i++) {
            tick(suite);
            if (readings.barometerFresh) {
                sum += readings.pressurePascals;
                n++;
            }
        }
        double altitude = 488 - world.state().positionDownMeters();
        assertThat(sum / n).isCloseTo(StandardAtmosphere.pressurePascals(altitude), within(0.2));
    }

    @Test
    void feelsTheLeverArmOfASpin() {
        var spinning = new InitialState(0, 0, -1000, 0, 0, 0, 0, 0, 0, 0, 0, 5);
        world = new MulticopterDynamics(vehicle, site, spinning);
        var suite = new SensorSuite(silent(0.02), site, new RandomStreams(3));
        tick(suite);
        double centripetal = -25 * 0.02;
        assertThat(readings.accelerationFrdXMetersPerSecondSquared).isCloseTo(centripetal, within(1e-3));
    }

    @Test
    void saturatesAtItsRange() {
        var spinning = new InitialState(0, 0, -1000, 0, 0, 0, 0, 0, 0, 0, 0, 50);
        world = new MulticopterDynamics(vehicle, site, spinning);
        var suite = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        tick(suite);
        assertThat(readings.bodyRateFrdZRadiansPerSecond).isEqualTo(StrictMath.toRadians(2000));
    }

    @Test
    void leavesOtherSensorsAloneWhenOneIsFaulty() {
        var healthy = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        var faulty = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        faulty.setFaults(SensorFaults.none()
                .withGnssOutage()
                .with(SensorAxis.GYRO_X, new AxisDefect.Offset(0.5))
                .with(SensorAxis.ACCELEROMETER_Y, new AxisDefect.Scaled(2))
                .with(SensorAxis.BAROMETER, new AxisDefect.Stuck()));
        var other = new SensorReadings();
        double firstPressure = 0;
        for (int i = 0; i < 2_000; i++) {
            tick(healthy);
            faulty.sample(world.state(), world.state().flightTimeNanos(), other);
            assertThat(other.gnssFresh).isFalse();
            assertThat(other.bodyRateFrdYRadiansPerSecond).isEqualTo(readings.bodyRateFrdYRadiansPerSecond);
            assertThat(other.bodyRateFrdXRadiansPerSecond).isEqualTo(readings.bodyRateFrdXRadiansPerSecond + 0.5);
            assertThat(other.accelerationFrdYMetersPerSecondSquared)
                    .isEqualTo(readings.accelerationFrdYMetersPerSecondSquared * 2);
            if (other.barometerFresh) {
                firstPressure = firstPressure == 0 ? other.pressurePascals : firstPressure;
                assertThat(other.pressurePascals).isEqualTo(firstPressure);
            }
        }
        faulty.setFaults(SensorFaults.none());
        for (int i = 0; i < 1_000; i++) {
            tick(healthy);
            faulty.sample(world.state(), world.state().flightTimeNanos(), other);
            if (other.gnssFresh) {
                assertThat(other.latitudeRadians).isEqualTo(readings.latitudeRadians);
            }
        }
    }

    @Test
    void offsetsPositionButNotVelocityOfAFix() {
        var healthy = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        var offset = new SensorSuite(REFERENCE, site, new RandomStreams(3));
        offset.setFaults(SensorFaults.none().withGnssOffset(3, -2, 1));
        var other = new SensorReadings();
        do {
            tick(healthy);
            offset.sample(world.state(), world.state().flightTimeNanos(), other);
        } while (!readings.gnssFresh);
        assertThat(plane.northMeters(other.latitudeRadians) - plane.northMeters(readings.latitudeRadians))
                .isCloseTo(3, within(1e-6));
        assertThat(plane.eastMeters(other.longitudeRadians) - plane.eastMeters(readings.longitudeRadians))
                .isCloseTo(-2, within(1e-6));
        assertThat(other.altitudeMslMeters - readings.altitudeMslMeters).isCloseTo(-1, within(1e-6));
        assertThat(other.velocityNorthMetersPerSecond).isEqualTo(readings.velocityNorthMetersPerSecond);
    }

    /** Stationary variance and correlation of the wandering bias, at any interval. */
    @Test
    void wandersAsTheGaussMarkovProcessItIs() {
        var process = BiasProcess.stationary(0.15, 60);
        var walk = new BiasWalk(process, 6, new RandomStreams(5).gaussian("bias"));
        int n = 200_000;
        double variance = 0;
        double lagged = 0;
        double last = walk.value();
        for (int i = 0; i < n; i++) {
            walk.advance();
            variance += walk.value() * walk.value();
            lagged += walk.value() * last;
            last = walk.value();
        }
        assertThat(Math.sqrt(variance / n)).isCloseTo(0.15, within(0.003));
        assertThat(lagged / variance).isCloseTo(StrictMath.exp(-0.1), within(0.01));
    }

    private void tick(SensorSuite suite) {
        world.step();
        suite.sample(world.state(), world.state().flightTimeNanos(), readings);
    }

    private static SensorSpecification withoutBias() {
        return specification(0.004, 3.394e-4, 0);
    }

    private static SensorSpecification silent(double imuForwardMeters) {
        return specification(0, 0, imuForwardMeters);
    }

    private static SensorSpecification specification(double accelerometer, double gyro, double imuForwardMeters) {
        return new SensorSpecification(
                new SensorSpecification.Imu(accelerometer, NONE, 160, gyro, NONE, 35, imuForwardMeters, 0, 0),
                new SensorSpecification.Magnetometer(4e-8, NONE, 0, 0, 0),
                new SensorSpecification.Barometer(1, NONE, 0),
                new SensorSpecification.Gnss(0.12, 0.1, 0.15, 0.05, NONE, NONE, 14),
                new SensorSpecification.BatteryMonitor(0.02, 0.1));
    }
}
