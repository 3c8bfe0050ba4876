package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.physics.Wind;
import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vehicle truly does when a sensor lies or a motor is weak. */
class FaultedFlightTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void followsGnssWhenItMovesByThreeMetres(long seed) {
        var airframe = new SimulatedAirframe(seed, Wind.calm()).hoveringAt(10);
        double north = airframe.truth.positionNorthMeters();
        double east = airframe.truth.positionEastMeters();
        airframe.sensors.setFaults(SensorFaults.none().withGnssOffset(3, 0, 0));
        airframe.run(12);
        assertThat(airframe.truth.positionNorthMeters() - north)
                .as("the estimator believes its sensors, not the truth")
                .isCloseTo(-3, within(0.6));
        assertThat(airframe.truth.positionEastMeters() - east).isCloseTo(0, within(0.6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsAttitudeAndHeightThroughFiveSecondsWithoutGnssAndRecovers(long seed) {
        var airframe = new SimulatedAirframe(seed, Wind.calm()).hoveringAt(10);
        double north = airframe.truth.positionNorthMeters();
        double east = airframe.truth.positionEastMeters();
        airframe.sensors.setFaults(SensorFaults.none().withGnssOutage());
        airframe.run(5);
        assertThat(airframe.controller.estimate().gnssUsed()).isFalse();
        assertThat(airframe.greatestTiltDegrees).isLessThan(5);
        assertThat(airframe.heightMeters()).isBetween(9.5, 10.5);
        assertThat(airframe.distanceFrom(north, east)).isLessThan(2);
        airframe.sensors.setFaults(SensorFaults.none());
        airframe.run(8);
        assertThat(airframe.controller.estimate().gnssUsed()).isTrue();
        assertThat(airframe.distanceFrom(north, east)).isLessThan(0.8);
        assertThat(airframe.controller.mode()).isEqualTo(FlightMode.HOLD);
        assertThat(airframe.events)
                .extracting(ControllerEvent::kind)
                .contains(ControllerEvent.Kind.GNSS_LOST, ControllerEvent.Kind.GNSS_REGAINED);
    }

    @Test
    void landsWhenGnssStaysAway() {
        var airframe = new SimulatedAirframe(1, Wind.calm()).hoveringAt(10);
        airframe.sensors.setFaults(SensorFaults.none().withGnssOutage());
        assertThat(airframe.runUntil(FlightMode.LAND, 18)).isTrue();
        assertThat(airframe.runUntil(FlightMode.DISARMED, 40)).isTrue();
        assertThat(airframe.truth.hullTouchesGround()).isFalse();
    }

    /** The loops hide a weak motor from the position; what gives it away is how hard its rotor is driven. */
    @Test
    void drivesAWeakRotorVisiblyHarder() {
        var airframe = new SimulatedAirframe(1, Wind.calm());
        airframe.world.setRotorThrustScale(0, 0.6);
        airframe.hoveringAt(10);
        double[] mean = new double[4];
        int ticks = 10_000;
        for (int i = 0; i < ticks; i++) {
            airframe.tick();
            for (int rotor = 0; rotor < 4; rotor++) {
                mean[rotor] += airframe.commands[rotor] / ticks;
            }
        }
        assertThat(mean[0]).as("weak rotor").isBetween(0.86, 0.93);
        assertThat(mean[1]).as("its diagonal partner, kept back for yaw").isBetween(0.65, 0.72);
        assertThat(mean[2]).isBetween(0.77, 0.83);
        assertThat(mean[3]).isBetween(0.77, 0.83);
    }

    @Test
    void drivesHealthyRotorsAlikeInCalmAir() {
        var airframe = new SimulatedAirframe(1, Wind.calm()).hoveringAt(10);
        double[] mean = new double[4];
        int ticks = 10_000;
        for (int i = 0; i < ticks; i++) {
            airframe.tick();
            for (int rotor = 0; rotor < 4; rotor++) {
                mean[rotor] += airframe.commands[rotor] / ticks;
            }
        }
        for (double command : mean) {
            assertThat(command).isCloseTo(0.747, within(0.01));
        }
    }

    @Test
    void survivesAnAccelerometerThatBecomesBiased() {
        var airframe = new SimulatedAirframe(1, Wind.calm()).hoveringAt(10);
        airframe.sensors.setFaults(SensorFaults.none().with(SensorAxis.ACCELEROMETER_X, new AxisDefect.Offset(0.3)));
        airframe.run(20);
        assertThat(airframe.greatestTiltDegrees).isLessThan(15);
        assertThat(airframe.heightMeters()).isBetween(9.0, 11.0);
    }
}
