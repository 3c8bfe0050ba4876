package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.control.AirframeParameters.RotorPlace;
import io.kryla.hil.physics.BatteryPack;
import io.kryla.hil.physics.BodyDrag;
import io.kryla.hil.physics.ContactPoint;
import io.kryla.hil.physics.Inertia;
import io.kryla.hil.physics.LandingGear;
import io.kryla.hil.physics.Propulsion;
import io.kryla.hil.physics.RelaxationBranch;
import io.kryla.hil.physics.Rotor;
import io.kryla.hil.physics.RotorDisc;
import io.kryla.hil.physics.Vehicle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns a vehicle document into parameters; the schema has fixed every unit, so that only numbers are left to read. */
final class VehicleReader {
    private static final DocumentSchema SCHEMA = DocumentSchema.load("vehicle.schema.json");

    private final YamlDocument document;

    private VehicleReader(YamlDocument document) {
        this.document = document;
    }

    static VehicleFile read(YamlDocument document) {
        var broken = SCHEMA.check(document);
        if (!broken.isEmpty()) {
            throw document.invalid(broken);
        }
        var reader = new VehicleReader(document);
        var vehicle = reader.within("", reader::vehicle);
        var sensors = reader.within(
                "/sensors", () -> SensorReader.read(document.root().path("sensors")));
        return new VehicleFile(
                vehicle, sensors, reader.within("", () -> design(vehicle)), document.text(), document.sha256());
    }

    /** Blames a section for what its values' records refuse. */
    private <T> T within(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw document.invalid(
                    List.of(document.problem(pointer, String.valueOf(e.getMessage()), Optional.empty())));
        }
    }

    private Vehicle vehicle() {
        var root = document.root();
        return new Vehicle(
                root.path("name").asText(),
                value(root, "mass"),
                within("/inertia", () -> inertia(root.path("inertia"))),
                within("/rotors", () -> rotors(root.path("rotors").path("points"))),
                within("/propulsion", () -> propulsion(root.path("propulsion"))),
                within("/rotor-disc", () -> rotorDisc(root.path("rotor-disc"))),
                within("/body-drag", () -> bodyDrag(root.path("body-drag"))),
                within("/landing-gear", () -> landingGear(root.path("landing-gear"))),
                within("/battery", () -> battery(root.path("battery"))));
    }

    private static Inertia inertia(JsonNode node) {
        return new Inertia(
                value(node, "xx"),
                value(node, "yy"),
                value(node, "zz"),
                value(node, "xy"),
                value(node, "xz"),
                value(node, "yz"));
    }

    private static List<Rotor> rotors(JsonNode points) {
        var rotors = new ArrayList<Rotor>();
        for (var point : points) {
            var clockwise = point.path("spin").asText().equals("clockwise");
            rotors.add(new Rotor(
                    point.path("x").asDouble(),
                    point.path("y").asDouble(),
                    point.path("z").asDouble(),
                    clockwise ? Rotor.Spin.CLOCKWISE : Rotor.Spin.COUNTER_CLOCKWISE));
        }
        return rotors;
    }

    private static Propulsion propulsion(JsonNode node) {
        return new Propulsion(
                value(node, "thrust-factor"),
                value(node, "moment-to-thrust"),
                value(node, "spin-up"),
                value(node, "spin-down"),
                value(node, "maximum-speed"));
    }

    private static RotorDisc rotorDisc(JsonNode node) {
        return new RotorDisc(
                value(node, "radius"),
                value(node, "in-plane-drag"),
                value(node, "inflow-loss"),
                value(node, "rolling-moment"),
                value(node, "inertia"));
    }

    private static BodyDrag bodyDrag(JsonNode node) {
        return new BodyDrag(value(node, "x"), value(node, "y"), value(node, "z"));
    }

    private static LandingGear landingGear(JsonNode node) {
        return new LandingGear(
                contacts(node.path("feet").path("points")),
                contacts(node.path("hull").path("points")),
                value(node, "stiffness"),
                value(node, "damping"),
                value(node, "friction"));
    }

    private static List<ContactPoint> contacts(JsonNode points) {
        var contacts = new ArrayList<ContactPoint>();
        for (var point : points) {
            contacts.add(new ContactPoint(
                    point.path("x").asDouble(),
                    point.path("y").asDouble(),
                    point.path("z").asDouble()));
        }
        return contacts;
    }

    private static BatteryPack battery(JsonNode node) {
        return new BatteryPack(
                count(node, "cells-in-series"),
                value(node, "capacity"),
                value(node, "internal-resistance"),
                branch(node.path("fast-branch")),
                branch(node.path("slow-branch")),
                value(node, "hover-rotor-power"),
                value(node, "avionics-power"),
                value(node, "initial-charge"));
    }

    private static RelaxationBranch branch(JsonNode node) {
        return new RelaxationBranch(value(node, "resistance"), value(node, "time-constant"));
    }

    /** A controller knows the nominal values of its design and nothing else of the vehicle. */
    private static AirframeParameters design(Vehicle vehicle) {
        return new AirframeParameters(
                vehicle.massKilograms(),
                vehicle.inertia().xxKilogramSquareMeters(),
                vehicle.inertia().yyKilogramSquareMeters(),
                vehicle.inertia().zzKilogramSquareMeters(),
                vehicle.propulsion().thrustNewtonsPerSquareRadianPerSquareSecond(),
                vehicle.propulsion().momentToThrustMeters(),
                vehicle.propulsion().maximumSpeedRadiansPerSecond(),
                vehicle.rotorDisc().inertiaKilogramSquareMeters(),
                vehicle.battery().cellsInSeries(),
                vehicle.rotors().stream()
                        .map(rotor -> new RotorPlace(
                                rotor.xFrdMeters(),
                                rotor.yFrdMeters(),
                                rotor.spin().reactionAboutDown()))
                        .toList());
    }

    static double value(JsonNode parent, String key) {
        return parent.path(key).path("value").asDouble();
    }

    static int count(JsonNode parent, String key) {
        double value = value(parent, key);
        if (value != StrictMath.rint(value)) {
            throw new IllegalArgumentException(key + " must be a whole number, found " + value);
        }
        return (int) value;
    }
}
