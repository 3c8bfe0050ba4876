package io.kryla.hil.autopilot;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.estimation.MagneticChart;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.physics.Wind;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorSpecification;
import io.kryla.hil.sensors.SensorSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** World, sensors and controller in a loop, and what a judge would measure of the truth. */
final class SimulatedAirframe {
    final MulticopterDynamics world;
    final SensorSuite sensors;
    final SensorReadings readings = new SensorReadings();
    final BuiltInController controller;
    final TrueStateView truth;
    final double[] commands;
    final List<ControllerEvent> events = new ArrayList<>();
    double greatestTiltDegrees;
    double touchdownSpeed;
    boolean groundSpeaks;
    private final double standingDown;
    private boolean wasOnGround = true;

    SimulatedAirframe(long seed, Wind wind) {
        this(
                Vehicle.reference(),
                AirframeParameters.reference(),
                SensorSpecification.reference(),
                seed,
                wind,
                Geofence.widest());
    }

    SimulatedAirframe(VehicleFile file, long seed, Wind wind) {
        this(file.vehicle(), file.design(), file.sensors(), seed, wind, Geofence.widest());
    }

    SimulatedAirframe(long seed, Geofence fence) {
        this(
                Vehicle.reference(),
                AirframeParameters.reference(),
                SensorSpecification.reference(),
                seed,
                Wind.calm(),
                fence);
    }

    private SimulatedAirframe(
            Vehicle vehicle,
            AirframeParameters design,
            SensorSpecification sensing,
            long seed,
            Wind wind,
            Geofence fence) {
        Site site = Site.reference();
        world = new MulticopterDynamics(vehicle, site, InitialState.standing(vehicle, 0.7));
        world.setWind(wind);
        sensors = new SensorSuite(sensing, site, new RandomStreams(seed));
        controller = new BuiltInController(
                design,
                new MagneticChart(
                        site.magneticDeclinationRadians(),
                        site.magneticInclinationRadians(),
                        site.magneticIntensityTesla()),
                fence);
        commands = new double[vehicle.rotors().size()];
        truth = world.state();
        standingDown = truth.positionDownMeters();
    }

    void tick() {
        double descent = truth.velocityDownMetersPerSecond();
        world.setRotorCommands(commands);
        world.step();
        sensors.sample(truth, truth.flightTimeNanos(), readings);
        if (groundSpeaks) {
            controller.heardGround(truth.flightTimeNanos());
        }
        controller.step(readings, truth.flightTimeNanos(), commands);
        controller.pollEvent().ifPresent(events::add);
        double x = truth.attitudeX();
        double y = truth.attitudeY();
        double tilt = Math.toDegrees(Math.acos(Math.max(-1, 1 - 2 * (x * x + y * y))));
        greatestTiltDegrees = Math.max(greatestTiltDegrees, tilt);
        if (truth.onGround() && !wasOnGround) {
            touchdownSpeed = Math.max(touchdownSpeed, descent);
        }
        wasOnGround = truth.onGround();
    }

    void run(double seconds) {
        long end = truth.flightTimeNanos() + (long) (seconds * 1e9);
        while (truth.flightTimeNanos() < end) {
            tick();
        }
    }

    /** @return whether it came true in time */
    boolean runUntil(BooleanSupplier condition, double seconds) {
        long end = truth.flightTimeNanos() + (long) (seconds * 1e9);
        while (truth.flightTimeNanos() < end && !condition.getAsBoolean()) {
            tick();
        }
        return condition.getAsBoolean();
    }

    boolean runUntil(FlightMode mode, double seconds) {
        return runUntil(() -> controller.mode() == mode, seconds);
    }

    SimulatedAirframe hoveringAt(double heightMeters) {
        runUntil(() -> controller.estimate().ready(), 20);
        if (controller.arm().isPresent()) {
            throw new AssertionError("must arm");
        }
        return climbTo(heightMeters);
    }

    SimulatedAirframe climbTo(double heightMeters) {
        if (controller.takeOff(heightMeters).isPresent()) {
            throw new AssertionError("must take off");
        }
        if (!runUntil(FlightMode.HOLD, 30)) {
            throw new AssertionError("must reach its height");
        }
        run(3);
        greatestTiltDegrees = 0;
        return this;
    }

    double heightMeters() {
        return standingDown - truth.positionDownMeters();
    }

    double distanceFrom(double north, double east) {
        return Math.hypot(truth.positionNorthMeters() - north, truth.positionEastMeters() - east);
    }
}
