package io.kryla.hil.flight;

import com.google.protobuf.ByteString;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.hil.autopilot.BuiltInController;
import io.kryla.hil.autopilot.FlightController;
import io.kryla.hil.autopilot.Geofence;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.estimation.MagneticChart;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.physics.Weather;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorSuite;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.v1.CommandStage;

/**
 * One airframe in one world: each tick moves the world, lets the sensors see it, the controller fly on what they saw, and
 * the agent say so. Starts standing at home with its nose to the north. Confined to the flight thread.
 */
final class SimulatedAirframe {
    private static final long GROUND_PERIOD_NANOS = 100_000_000;

    private final MulticopterDynamics dynamics;
    private final SensorSuite sensors;
    private final SensorReadings readings = new SensorReadings();
    private final FlightController controller;
    private final CommandExecution commands;
    private final TelemetrySamples samples;
    private final AirframePort port;
    private final double[] rotorCommands;
    private LinkFaults link = LinkFaults.NONE;
    private boolean groundGiven;
    private long heardNanos = -1;

    SimulatedAirframe(VehicleFile vehicle, Site site, Weather weather, Geofence fence, long seed, AirframePort port) {
        this.dynamics = new MulticopterDynamics(vehicle.vehicle(), site, InitialState.standing(vehicle.vehicle(), 0));
        this.sensors = new SensorSuite(vehicle.sensors(), site, new RandomStreams(seed));
        this.controller = new BuiltInController(
                vehicle.design(),
                new MagneticChart(
                        site.magneticDeclinationRadians(),
                        site.magneticInclinationRadians(),
                        site.magneticIntensityTesla()),
                fence);
        this.commands = new CommandExecution(controller);
        this.rotorCommands = new double[vehicle.vehicle().rotors().size()];
        this.samples = new TelemetrySamples(controller, readings, rotorCommands);
        this.port = port;
        dynamics.setWeather(weather, new RandomStreams(seed));
    }

    /** Advances by one millisecond of flight time. */
    void tick() {
        dynamics.step();
        long now = nowNanos();
        sensors.sample(dynamics.state(), now, readings);
        hearGround(now);
        controller.step(readings, now, rotorCommands);
        dynamics.setRotorCommands(rotorCommands);
        if (now % TelemetryTrack.INTERVAL_NANOS == 0) {
            port.publish(samples.state(now));
        }
        for (var event = controller.pollEvent(); event.isPresent(); event = controller.pollEvent()) {
            port.publish(samples.event(now, event.get()));
            commands.observe(event.get());
        }
        commands.advanced().ifPresent(advance -> {
            port.advanceTo(now);
            port.reportProgress(advance.commandId(), advance.ratio());
        });
        commands.settled().ifPresent(settled -> report(settled, now));
    }

    /** A ground that is there says so ten times a second; what it said arrives as late as the link is slow. */
    private void hearGround(long now) {
        long saidNanos = now - link.latencyNanos();
        if (groundGiven && now % GROUND_PERIOD_NANOS == 0 && !link.lost() && !link.silent() && saidNanos > heardNanos) {
            heardNanos = saidNanos;
            controller.heardGround(now);
        }
    }

    /** From now on a ground is there whose silence means something. */
    void giveGround() {
        groundGiven = true;
    }

    /** Executes a command that has arrived, and says whether the airframe accepted it. */
    CommandReport execute(ReceivedCommand received) {
        long now = nowNanos();
        commands.supersede().ifPresent(superseded -> report(superseded, now));
        var answer = commands.begin(received);
        report(answer, now);
        return answer;
    }

    /** Answers a command that nobody may give at this time. */
    void refuse(ReceivedCommand received, String code) {
        report(new CommandReport(received.id(), CommandStage.COMMAND_STAGE_REFUSED, code), nowNanos());
    }

    /** Whether that command was ever completed. */
    boolean completed(ByteString commandId) {
        return commands.completed(commandId);
    }

    private void report(CommandReport report, long now) {
        port.advanceTo(now);
        port.report(report.commandId(), report.stage(), report.code());
    }

    /** Breaks what is broken from now on, and mends the rest. */
    void set(FaultEffects faults) {
        dynamics.setDamage(faults.damage());
        dynamics.setSquall(faults.squall());
        sensors.setFaults(faults.sensors());
        link = faults.link();
    }

    LinkFaults link() {
        return link;
    }

    long nowNanos() {
        return dynamics.state().flightTimeNanos();
    }

    TrueStateView truth() {
        return dynamics.state();
    }

    boolean armed() {
        return controller.armed();
    }
}
