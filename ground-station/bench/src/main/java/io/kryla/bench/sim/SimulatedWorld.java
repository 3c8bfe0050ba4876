package io.kryla.bench.sim;

import io.kryla.hil.autopilot.BuiltInController;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.estimation.MagneticChart;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.Weather;
import io.kryla.hil.physics.Wind;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorSuite;

/** The reference vehicle in moderate gusts, from boot, with every sensor, and its controller beside it. */
final class SimulatedWorld {
    private static final long SEED = 1;
    private static final double TAKE_OFF_METERS = 10;
    private static final Weather WEATHER = new Weather(new Wind(3, -2, 0), 7.7);

    private final MulticopterDynamics dynamics;
    private final SensorSuite sensors;
    private final SensorReadings readings = new SensorReadings();
    private final BuiltInController controller;
    private final double[] commands;
    private boolean tookOff;

    SimulatedWorld(VehicleFile vehicle) {
        Site site = Site.reference();
        dynamics = new MulticopterDynamics(vehicle.vehicle(), site, InitialState.standing(vehicle.vehicle(), 0));
        dynamics.setWeather(WEATHER, new RandomStreams(SEED));
        sensors = new SensorSuite(vehicle.sensors(), site, new RandomStreams(SEED));
        controller = new BuiltInController(
                vehicle.design(),
                new MagneticChart(
                        site.magneticDeclinationRadians(),
                        site.magneticInclinationRadians(),
                        site.magneticIntensityTesla()));
        commands = new double[vehicle.vehicle().rotors().size()];
    }

    /** A millisecond of physics and sensors under commands that were given before. */
    void replay(double[] rotorCommands) {
        dynamics.setRotorCommands(rotorCommands);
        dynamics.step();
        sensors.sample(dynamics.state(), dynamics.state().flightTimeNanos(), readings);
    }

    /** A millisecond with estimator and controller in the loop. */
    void fly() {
        replay(commands);
        controller.step(readings, dynamics.state().flightTimeNanos(), commands);
    }

    /** Takes off as soon as the estimate allows. */
    void pilot() {
        if (!tookOff && controller.estimate().ready()) {
            tookOff = controller.arm().isEmpty()
                    && controller.takeOff(TAKE_OFF_METERS).isEmpty();
        }
    }

    double[] commands() {
        return commands;
    }

    double heightMeters() {
        return -dynamics.state().positionDownMeters();
    }
}
