package io.kryla.hil.scenario;

import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.sensors.SensorSpecification;
import io.kryla.keys.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A vehicle as its file describes it: the body, its sensors, and what a flight controller is told of it. Each value of
 * the file has a unit and a source.
 *
 * @param design the file's nominal values: all that a controller knows of its airframe
 * @param text the file itself; its exact bytes are this text in UTF-8
 * @param sha256 of the file's exact bytes
 */
public record VehicleFile(
        Vehicle vehicle, SensorSpecification sensors, AirframeParameters design, String text, Digest sha256) {
    private static final List<String> SHIPPED = List.of("quad-1500g", "quad-500g", "hexa-2200g", "octa-2900g");

    /** Reads a vehicle file; {@link ScenarioException} {@code VEHICLE_…} says what is wrong with it and where. */
    public static VehicleFile read(Path file) {
        return parse(file.getFileName().toString(), ScenarioFiles.read(file, "VEHICLE"));
    }

    public static VehicleFile parse(String file, byte[] bytes) {
        return VehicleReader.read(new YamlDocument(file, bytes, "VEHICLE"));
    }

    /** A vehicle that comes with the simulator. */
    public static VehicleFile shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new ScenarioException(
                    "VEHICLE_UNREADABLE",
                    "no vehicle \"" + name + "\" is shipped"
                            + NearestWord.to(name, SHIPPED)
                                    .map(word -> "; did you mean \"" + word + "\"?")
                                    .orElse("; shipped are " + String.join(", ", SHIPPED)));
        }
        try (var in = VehicleFile.class.getResourceAsStream("/vehicles/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("vehicles/" + name + ".yaml is missing from the jar");
            }
            return parse(name + ".yaml", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The vehicle that a plan flies; {@code PLAN_INVALID} when the plan's faults do not fit it.
     *
     * @param planFile where the plan lies: a vehicle's file name is relative to it
     */
    public static VehicleFile of(AcceptancePlan plan, Path planFile) {
        var file = plan.vehicleIsFile() ? read(planFile.resolveSibling(plan.vehicle())) : shipped(plan.vehicle());
        file.requireFitting(plan, String.valueOf(planFile.getFileName()));
        return file;
    }

    /** {@code PLAN_INVALID} when a plan's faults do not fit this vehicle. */
    void requireFitting(AcceptancePlan plan, String planFile) {
        int rotors = vehicle.rotors().size();
        for (var fault : plan.faults()) {
            fault.misfit(rotors).ifPresent(why -> {
                throw new ScenarioException("PLAN_INVALID", planFile + ": " + why);
            });
        }
    }
}
