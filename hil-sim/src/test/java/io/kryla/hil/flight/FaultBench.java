package io.kryla.hil.flight;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Fault;
import io.kryla.hil.sensors.SensorSpecification;
import io.kryla.hil.sensors.SensorSuite;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.function.DoubleSupplier;

/** An airframe and its sensors without a controller: all rotors get the same command, and a fault is planted as a plan writes it. */
final class FaultBench {
    /** Carries the weight at the reference site. */
    static final double HOVER = 0.747;

    private static final String PLAN = """
            format: kryla-acceptance-plan/1
            name: Fault
            vehicle: quad-1500g
            home: {latitude: 47.4 deg, longitude: 8.5 deg, altitude: 488 m, year: 2026.5}
            time-limit: 100 s
            actions: [{do: arm, at: 1 s}]
            faults: [{FAULT, from: 0 s}]
            criteria: [{name: Tilt, metric: tilt-peak, stream: truth, at-most: 90 deg, source: test}]
            """;

    final MulticopterDynamics world;
    final TrueStateView truth;
    final SensorReadings readings = new SensorReadings();
    LinkFaults link = LinkFaults.NONE;
    private final SensorSuite sensors;
    private final double[] commands = new double[4];

    private FaultBench(InitialState start) {
        world = new MulticopterDynamics(Vehicle.reference(), Site.reference(), start);
        truth = world.state();
        sensors = new SensorSuite(SensorSpecification.reference(), Site.reference(), new RandomStreams(1));
    }

    /** At rest 100 m up, level, nose north. */
    static FaultBench inTheAir() {
        return new FaultBench(new InitialState(0, 0, -100, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    static FaultBench onTheGround() {
        return new FaultBench(InitialState.standing(Vehicle.reference(), 0));
    }

    FaultBench with(String fault) {
        return with(fault, 0);
    }

    /** As it is so long after its onset. */
    FaultBench with(String fault, double secondsSinceOnset) {
        var effects = new FaultEffects();
        effects.add(parsed(fault), Math.round(secondsSinceOnset * 1e9));
        world.setDamage(effects.damage());
        world.setSquall(effects.squall());
        sensors.setFaults(effects.sensors());
        link = effects.link();
        return this;
    }

    static Fault parsed(String fault) {
        return AcceptancePlan.parse(
                        "plan.yaml", PLAN.replace("FAULT", "kind: " + fault).getBytes(StandardCharsets.UTF_8))
                .faults()
                .get(0);
    }

    FaultBench fly(double seconds, double command) {
        observe(seconds, command, () -> 0);
        return this;
    }

    /** Of a quantity at each tick. */
    DoubleSummaryStatistics observe(double seconds, double command, DoubleSupplier quantity) {
        var statistics = new DoubleSummaryStatistics();
        Arrays.fill(commands, command);
        for (long end = truth.flightTimeNanos() + Math.round(seconds * 1e9); truth.flightTimeNanos() < end; ) {
            world.setRotorCommands(commands);
            world.step();
            sensors.sample(truth, truth.flightTimeNanos(), readings);
            statistics.accept(quantity.getAsDouble());
        }
        return statistics;
    }

    /** Standard deviation of a quantity over ticks. */
    double sigma(double seconds, double command, DoubleSupplier quantity) {
        var squares = new DoubleSummaryStatistics();
        double mean = observe(seconds, command, () -> {
                    squares.accept(quantity.getAsDouble() * quantity.getAsDouble());
                    return quantity.getAsDouble();
                })
                .getAverage();
        return Math.sqrt(Math.max(0, squares.getAverage() - mean * mean));
    }
}
