package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.physics.Propulsion;
import io.kryla.hil.physics.Vehicle;
import org.junit.jupiter.api.Test;

class ReferenceParametersTest {
    @Test
    void describeTheReferenceVehicle() {
        Vehicle vehicle = Vehicle.reference();
        Propulsion propulsion = vehicle.propulsion();
        assertThat(AirframeParameters.reference())
                .isEqualTo(new AirframeParameters(
                        vehicle.massKilograms(),
                        vehicle.inertia().xxKilogramSquareMeters(),
                        vehicle.inertia().yyKilogramSquareMeters(),
                        vehicle.inertia().zzKilogramSquareMeters(),
                        propulsion.thrustNewtonsPerSquareRadianPerSquareSecond(),
                        propulsion.momentToThrustMeters(),
                        propulsion.maximumSpeedRadiansPerSecond(),
                        vehicle.rotorDisc().inertiaKilogramSquareMeters(),
                        vehicle.battery().cellsInSeries(),
                        vehicle.rotors().stream()
                                .map(rotor -> new AirframeParameters.RotorPlace(
                                        rotor.xFrdMeters(),
                                        rotor.yFrdMeters(),
                                        rotor.spin().reactionAboutDown()))
                                .toList()));
    }
}
