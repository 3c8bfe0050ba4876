package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.physics.Wind;
import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInControllerTest {
    private final SimulatedAirframe airframe = new SimulatedAirframe(1, Wind.calm());
    private final BuiltInController controller = airframe.controller;

    @Test
    void refusesToArmBeforeItKnowsWhereItIs() {
        assertThat(controller.arm()).contains(CommandRefusal.ESTIMATOR_NOT_READY);
        airframe.run(1);
        assertThat(controller.arm()).contains(CommandRefusal.ESTIMATOR_NOT_READY);
        airframe.tick();
        assertThat(airframe.events)
                .contains(new ControllerEvent(0, ControllerEvent.Kind.ARMING_REFUSED, "ESTIMATOR_NOT_READY"));
    }

    @Test
    void refusesToArmWithoutGnss() {
        airframe.sensors.setFaults(SensorFaults.none().withGnssOutage());
        airframe.run(10);
        assertThat(controller.arm()).contains(CommandRefusal.NO_GNSS);
    }

    @Test
    void refusesToArmWithABrokenGyro() {
        airframe.sensors.setFaults(SensorFaults.none().with(SensorAxis.GYRO_Y, new AxisDefect.Offset(0.1)));
        airframe.run(20);
        assertThat(controller.arm()).contains(CommandRefusal.ESTIMATOR_NOT_READY);
        airframe.sensors.setFaults(SensorFaults.none().with(SensorAxis.GYRO_Y, new AxisDefect.Stuck()));
        airframe.run(20);
        assertThat(controller.arm()).contains(CommandRefusal.ESTIMATOR_NOT_READY);
    }

    @Test
    void refusesToArmOnAnEmptyBattery() {
        airframe.runUntil(() -> controller.estimate().ready(), 20);
        airframe.readings.batteryFresh = true;
        airframe.readings.batteryRemainingRatio = 0.19;
        controller.step(airframe.readings, airframe.truth.flightTimeNanos(), airframe.commands);
        assertThat(controller.arm()).contains(CommandRefusal.BATTERY_LOW);
    }

    @Test
    void answersCommandsThatDoNotFitItsMode() {
        airframe.runUntil(() -> controller.estimate().ready(), 20);
        assertThat(controller.takeOff(10)).contains(CommandRefusal.NOT_ARMED);
        assertThat(controller.land()).contains(CommandRefusal.NOT_ARMED);
        assertThat(controller.disarm()).contains(CommandRefusal.NOT_ARMED);
        assertThat(controller.arm()).isEmpty();
        assertThat(controller.arm()).contains(CommandRefusal.ALREADY_ARMED);
        assertThat(controller.hold()).contains(CommandRefusal.NOT_AIRBORNE);
        assertThat(controller.takeOff(0.5)).contains(CommandRefusal.OUT_OF_RANGE);
        assertThat(controller.takeOff(Double.NaN)).contains(CommandRefusal.OUT_OF_RANGE);
        airframe.climbTo(5);
        assertThat(controller.disarm()).contains(CommandRefusal.AIRBORNE);
        assertThat(controller.takeOff(10)).contains(CommandRefusal.AIRBORNE);
        assertThat(controller.flyMission(List.of(), 5)).contains(CommandRefusal.OUT_OF_RANGE);
        assertThat(controller.flyMission(List.of(new Waypoint(0, 0, 5)), 5)).contains(CommandRefusal.OUT_OF_RANGE);
        assertThat(controller.flyMission(List.of(new Waypoint(0, 0, -5)), 50)).contains(CommandRefusal.OUT_OF_RANGE);
    }

    @Test
    void disarmsOnTheGroundAndArmsAgain() {
        airframe.runUntil(() -> controller.estimate().ready(), 20);
        assertThat(controller.arm()).isEmpty();
        airframe.run(1);
        assertThat(airframe.truth.rotorSpeedRadiansPerSecond(0)).isPositive();
        assertThat(controller.disarm()).isEmpty();
        airframe.run(1);
        assertThat(controller.mode()).isEqualTo(FlightMode.DISARMED);
        airframe.run(3);
        assertThat(controller.arm()).isEmpty();
    }

    @Test
    void stopsWhereItIsWhenToldToHoldInFlight() {
        airframe.hoveringAt(10);
        controller.flyMission(List.of(new Waypoint(60, 0, -10)), 5);
        airframe.run(5);
        assertThat(airframe.truth.velocityNorthMetersPerSecond()).isGreaterThan(4);
        assertThat(controller.hold()).isEmpty();
        airframe.run(6);
        assertThat(airframe.truth.velocityNorthMetersPerSecond()).isBetween(-0.3, 0.3);
        assertThat(airframe.truth.positionNorthMeters()).isLessThan(40);
        assertThat(airframe.heightMeters()).isBetween(9.5, 10.5);
    }

    @Test
    void climbsBeforeItReturnsFromLowAbove() {
        airframe.hoveringAt(2);
        controller.flyMission(List.of(new Waypoint(8, 0, -2)), 3);
        airframe.runUntil(FlightMode.HOLD, 20);
        assertThat(controller.returnToLaunch()).isEmpty();
        assertThat(airframe.runUntil(() -> airframe.heightMeters() > 4.5, 10)).isTrue();
        assertThat(airframe.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(airframe.distanceFrom(0, 0)).isLessThan(1);
    }

    @Test
    void fliesAgainAfterLanding() {
        airframe.hoveringAt(3);
        controller.land();
        assertThat(airframe.runUntil(FlightMode.DISARMED, 30)).isTrue();
        airframe.run(5);
        airframe.hoveringAt(4);
        assertThat(airframe.heightMeters()).isBetween(3.5, 4.5);
    }
}
