package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.physics.Damage;
import io.kryla.hil.physics.RotorDamage;
import io.kryla.hil.physics.Wind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rotor that stops in the air. */
class RotorLossTest {
    private static final RotorDamage STOPPED = new RotorDamage(1, 1, RotorDamage.Drive.STOPPED, 0);

    @ParameterizedTest(name = "{0} loses rotor {1}, seed {2}, {3} m/s of wind")
    @CsvSource({"quad-1500g,0,1,0", "quad-1500g,1,2,0", "quad-1500g,2,3,4", "quad-1500g,3,4,4", "quad-500g,0,1,0"})
    void aQuadrotorSpinsAndComesDownUpright(String vehicle, int rotor, long seed, double wind) {
        var airframe = new SimulatedAirframe(Vehicles.named(vehicle), seed, new Wind(wind, 0, 0)).hoveringAt(20);
        double north = airframe.truth.positionNorthMeters();
        double east = airframe.truth.positionEastMeters();
        airframe.touchdownSpeed = 0;
        airframe.world.setDamage(Damage.none().withRotor(rotor, STOPPED));

        assertThat(airframe.runUntil(() -> airframe.controller.mode() == FlightMode.LAND, 0.2))
                .as("noticed within 0.2 s")
                .isTrue();
        assertThat(airframe.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(airframe.events)
                .filteredOn(event -> event.kind() == ControllerEvent.Kind.FAILSAFE)
                .extracting(ControllerEvent::detail)
                .containsExactly("ROTOR_LOST " + (rotor + 1));
        assertThat(airframe.greatestTiltDegrees).as("never on its side").isLessThan(50);
        assertThat(airframe.touchdownSpeed).isLessThan(0.8);
        assertThat(airframe.distanceFrom(north, east)).isLessThan(3);
    }

    @ParameterizedTest(name = "{0} loses rotor {1}, seed {2}")
    @CsvSource({"hexa,0,1", "hexa,3,2", "octa,1,1", "octa,4,2"})
    void withMoreRotorsItFliesHome(String vehicle, int rotor, long seed) {
        var airframe = new SimulatedAirframe(Vehicles.named(vehicle), seed, Wind.calm()).hoveringAt(15);
        airframe.controller.flyMission(List.of(new Waypoint(15, 10, -15)), 4);
        airframe.runUntil(FlightMode.HOLD, 30);
        airframe.world.setDamage(Damage.none().withRotor(rotor, STOPPED));
        assertThat(airframe.runUntil(FlightMode.RETURN, 0.3)).isTrue();
        double least = 99;
        while (airframe.controller.mode() == FlightMode.RETURN) {
            airframe.tick();
            least = Math.min(least, airframe.heightMeters());
        }
        assertThat(airframe.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(airframe.distanceFrom(0, 0)).isLessThan(1.5);
        assertThat(airframe.touchdownSpeed).isLessThan(0.8);
        assertThat(least).isGreaterThan(11);
    }

    @Test
    void aWeakRotorIsNotALostOne() {
        var airframe = new SimulatedAirframe(1, Wind.calm()).hoveringAt(10);
        airframe.world.setRotorThrustScale(0, 0.6);
        airframe.run(5);
        assertThat(airframe.controller.mode()).isEqualTo(FlightMode.HOLD);
        assertThat(airframe.heightMeters()).isBetween(9.0, 11.0);
    }
}
