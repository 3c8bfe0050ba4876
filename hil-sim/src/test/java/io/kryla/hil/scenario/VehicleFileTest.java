package io.kryla.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.sensors.SensorSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VehicleFileTest {

    @Test
    void theShippedFileIsTheReferenceVehicle() {
        var file = VehicleFile.shipped("quad-1500g");

        assertThat(file.vehicle()).isEqualTo(Vehicle.reference());
        assertThat(file.sensors()).isEqualTo(SensorSpecification.reference());
        assertThat(file.design()).isEqualTo(AirframeParameters.reference());
    }

    @Test
    void refusesAnotherUnit() throws IOException {
        var failure = failure(shipped().replace("mass: {value: 1.535, unit: kg", "mass: {value: 1535, unit: g"));

        assertThat(failure.code()).isEqualTo("VEHICLE_INVALID");
        assertThat(failure.getMessage()).contains("vehicle.yaml:5:21: unknown unit \"g\"; valid are kg");
    }

    @Test
    void refusesValuesThatCannotBe() throws IOException {
        assertThat(failure(shipped().replace("value: 1.535", "value: -1")).getMessage())
                .contains("massKilograms");
        assertThat(failure(shipped().replace("zz: {value: 0.055225", "zz: {value: 0"))
                        .getMessage())
                .contains("vehicle.yaml:6:1")
                .contains("zz");
        assertThat(failure(shipped().replace("satellites: {value: 14", "satellites: {value: 1.5"))
                        .getMessage())
                .contains("whole number");
    }

    @Test
    void refusesAValueWithoutASource() throws IOException {
        assertThat(failure(shipped().replace("unit: A h, source: assumed}", "unit: A h}"))
                        .getMessage())
                .contains("\"source\" is missing");
    }

    @Test
    void suggestsAShippedVehicle() {
        assertThat(catchThrowableOfType(ScenarioException.class, () -> VehicleFile.shipped("quad-1500"))
                        .getMessage())
                .contains("did you mean \"quad-1500g\"?");
    }

    @Test
    void refusesAPlanWhoseFaultsDoNotFit() {
        var handover = new String(AcceptancePlan.handoverPlan(), StandardCharsets.UTF_8);
        var plan = AcceptancePlan.parse(
                "plan.yaml",
                handover.replace(
                                "criteria:",
                                "faults: [{kind: rotor-thrust, rotor: 5, factor: 0, from: 1 s}]\ncriteria:")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(catchThrowableOfType(ScenarioException.class, () -> VehicleFile.of(plan, Path.of("plan.yaml")))
                        .getMessage())
                .isEqualTo("plan.yaml: a fault names rotor 5; the vehicle has 4");
    }

    private static ScenarioException failure(String yaml) {
        return catchThrowableOfType(
                ScenarioException.class,
                () -> VehicleFile.parse("vehicle.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String shipped() throws IOException {
        try (var in = VehicleFile.class.getResourceAsStream("/vehicles/quad-1500g.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
