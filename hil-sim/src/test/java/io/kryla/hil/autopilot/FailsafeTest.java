package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.physics.BatteryDamage;
import io.kryla.hil.physics.Damage;
import io.kryla.hil.physics.Wind;
import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.BarometerFaults;
import io.kryla.hil.sensors.MagnetometerFaults;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the controller does on its own, and what it refuses to begin. */
class FailsafeTest {
    private final SimulatedAirframe airframe = new SimulatedAirframe(1, Wind.calm());
    private final BuiltInController controller = airframe.controller;

    @Test
    void fliesHomeOnALowBatteryAndLandsWhereItIsOnACriticalOne() {
        airframe.hoveringAt(10);
        controller.flyMission(List.of(new Waypoint(60, 0, -10)), 4);
        airframe.run(5);
        airframe.world.setDamage(Damage.none().withBattery(charge(0.24)));
        assertThat(airframe.runUntil(FlightMode.RETURN, 0.3)).isTrue();
        airframe.run(1);
        airframe.world.setDamage(Damage.none().withBattery(charge(0.11)));
        assertThat(airframe.runUntil(FlightMode.LAND, 0.3)).isTrue();
        assertThat(controller.hold()).contains(CommandRefusal.FAILSAFE_LANDING);
        assertThat(controller.returnToLaunch()).contains(CommandRefusal.FAILSAFE_LANDING);
        assertThat(airframe.runUntil(FlightMode.DISARMED, 40)).isTrue();
        assertThat(airframe.distanceFrom(0, 0)).as("not at home").isGreaterThan(5);
        assertThat(failsafes(airframe)).containsExactly("BATTERY_LOW", "BATTERY_CRITICAL");
        assertThat(controller.arm()).contains(CommandRefusal.BATTERY_LOW);
    }

    @Test
    void seesAnEmptyCellByTheVoltageThatTheCounterDoesNotKnow() {
        airframe.hoveringAt(10);
        airframe.world.setDamage(Damage.none().withBattery(new BatteryDamage(1, 0.03, 25, 0, 1)));
        assertThat(airframe.runUntil(FlightMode.RETURN, 60)).isTrue();
        assertThat(failsafes(airframe)).contains("BATTERY_LOW");
        assertThat(airframe.readings.batteryRemainingRatio).isGreaterThan(0.8);
    }

    @Test
    void fliesHomeWhenTheGroundFallsSilentAndDoesNotFlyOnWhenItIsBack() {
        airframe.groundSpeaks = true;
        airframe.hoveringAt(10);
        controller.flyMission(List.of(new Waypoint(40, 0, -10)), 4);
        airframe.run(4);
        airframe.groundSpeaks = false;
        airframe.run(4.9);
        assertThat(controller.mode()).isEqualTo(FlightMode.MISSION);
        airframe.run(0.2);
        assertThat(controller.mode()).isEqualTo(FlightMode.RETURN);
        airframe.groundSpeaks = true;
        airframe.run(3);
        assertThat(controller.mode()).isEqualTo(FlightMode.RETURN);
        assertThat(airframe.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(airframe.distanceFrom(0, 0)).isLessThan(1);
    }

    @Test
    void hasNoLinkToLoseWithoutAGround() {
        airframe.hoveringAt(5);
        airframe.run(20);
        assertThat(controller.mode()).isEqualTo(FlightMode.HOLD);
    }

    @Test
    void turnsBackSoEarlyThatItStaysInsideItsFence() {
        var fenced = new SimulatedAirframe(1, new Geofence(30, 20));
        fenced.hoveringAt(10);
        fenced.controller.flyMission(List.of(new Waypoint(80, 0, -10)), 6);
        double farthest = 0;
        while (fenced.controller.mode() != FlightMode.LAND && fenced.truth.flightTimeNanos() < 120_000_000_000L) {
            fenced.tick();
            farthest = Math.max(farthest, fenced.distanceFrom(0, 0));
        }
        assertThat(farthest).isBetween(22.0, 30.0);
        assertThat(failsafes(fenced)).containsExactly("GEOFENCE_BREACHED");
        assertThat(fenced.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(fenced.distanceFrom(0, 0)).isLessThan(1);
    }

    @Test
    void comesDownFromTheRoofOfItsFence() {
        var fenced = new SimulatedAirframe(1, new Geofence(30, 20));
        fenced.hoveringAt(10);
        fenced.controller.flyMission(List.of(new Waypoint(5, 0, -40)), 3);
        fenced.runUntil(FlightMode.RETURN, 30);
        fenced.run(3);
        assertThat(fenced.heightMeters()).isLessThan(21);
        assertThat(failsafes(fenced)).containsExactly("GEOFENCE_BREACHED");
    }

    @Test
    void landsWhenGnssStaysAway() {
        airframe.hoveringAt(10);
        airframe.sensors.setFaults(SensorFaults.none().withGnssOutage());
        assertThat(airframe.runUntil(FlightMode.LAND, 18)).isTrue();
        assertThat(failsafes(airframe)).containsExactly("GNSS_LOST");
    }

    @Test
    void stopsItsRotorsOnItsSide() {
        airframe.hoveringAt(10);
        airframe.world.setDamage(Damage.none().withPush(8, 0, 0));
        assertThat(airframe.runUntil(FlightMode.DISARMED, 5)).isTrue();
        assertThat(failsafes(airframe)).contains("ATTITUDE_LOST");
    }

    @Test
    void refusesToArmWithAMagnetometerThatIsNotOfThisPlace() {
        airframe.sensors.setFaults(SensorFaults.none().with(SensorAxis.MAGNETOMETER_X, new AxisDefect.Offset(15e-6)));
        airframe.runUntil(() -> controller.estimate().ready(), 20);
        assertThat(controller.arm()).contains(CommandRefusal.MAGNETOMETER_DISTURBED);
    }

    @Test
    void refusesToArmWithoutMagnetometerBarometerOrLink() {
        airframe.groundSpeaks = true;
        airframe.runUntil(() -> controller.estimate().ready(), 20);
        airframe.sensors.setFaults(SensorFaults.none().with(new MagnetometerFaults(true, 0, 0, 0, 0, 0, 0)));
        airframe.run(2);
        assertThat(controller.arm()).contains(CommandRefusal.NO_MAGNETOMETER);
        airframe.sensors.setFaults(SensorFaults.none().with(new BarometerFaults(true, 0)));
        airframe.run(2);
        assertThat(controller.arm()).contains(CommandRefusal.NO_BAROMETER);
        airframe.sensors.setFaults(SensorFaults.none());
        airframe.groundSpeaks = false;
        airframe.run(6);
        assertThat(controller.arm()).contains(CommandRefusal.LINK_LOST);
        airframe.groundSpeaks = true;
        airframe.run(1);
        assertThat(controller.arm()).isEmpty();
    }

    private static BatteryDamage charge(double ratio) {
        return new BatteryDamage(1, 1, 25, 0, ratio);
    }

    private static List<String> failsafes(SimulatedAirframe airframe) {
        return airframe.events.stream()
                .filter(event -> event.kind() == ControllerEvent.Kind.FAILSAFE)
                .map(ControllerEvent::detail)
                .toList();
    }
}
