package io.kryla.test;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlightMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers commands: those that have a script by it, the others by what the fake flight makes of them. Flight thread. */
final class CommandPlayer {
    private static final double PROGRESS_STEP = 0.25;

    private final FakeFlight flight;
    private final Map<Command.ActionCase, CommandScript> scripts;
    private final List<Command> received = new CopyOnWriteArrayList<>();
    private final List<Playing> playing = new ArrayList<>();
    private @Nullable Command inProgress;
    private double startHeightMeters;
    private double reported;

    CommandPlayer(FakeFlight flight, Map<Command.ActionCase, CommandScript> scripts) {
        this.flight = flight;
        this.scripts = scripts;
    }

    /** A script that has begun. */
    private record Playing(ByteString id, long sinceNanos, Deque<CommandScript.Step> left) {}

    /** Every command that was taken, in order. Any thread. */
    List<Command> received() {
        return List.copyOf(received);
    }

    void take(AirframeAgent agent, ReceivedCommand command, long nowNanos) {
        received.add(command.command());
        CommandScript script = scripts.get(command.command().getActionCase());
        if (script != null) {
            playing.add(new Playing(command.command().getId(), nowNanos, new ArrayDeque<>(script.steps())));
            play(agent, nowNanos);
            return;
        }
        finish(agent, CommandStage.COMMAND_STAGE_FAILED, "SUPERSEDED");
        Optional<String> refusal = execute(command.command());
        if (refusal.isPresent()) {
            agent.report(command.id(), CommandStage.COMMAND_STAGE_REFUSED, refusal.get());
            return;
        }
        agent.report(command.id(), CommandStage.COMMAND_STAGE_ACCEPTED, "");
        inProgress = command.command();
        startHeightMeters = flight.heightMeters();
        reported = 0;
    }

    private Optional<String> execute(Command command) {
        return switch (command.getActionCase()) {
            case ARM -> flight.arm();
            case DISARM -> flight.disarm();
            case TAKE_OFF -> flight.takeOff(command.getTakeOff().getHeightAboveHomeMeters());
            case LAND -> flight.change(FlightMode.FLIGHT_MODE_LAND);
            case RETURN_TO_LAUNCH -> flight.change(FlightMode.FLIGHT_MODE_RETURN);
            case HOLD -> flight.change(FlightMode.FLIGHT_MODE_HOLD);
            case FLY_MISSION ->
                flight.flyMission(
                        command.getFlyMission().getWaypointsList(),
                        command.getFlyMission().getSpeedMetersPerSecond());
            case READ_PARAMETERS, WRITE_PARAMETERS, ACTION_NOT_SET -> Optional.of("OUT_OF_RANGE");
        };
    }

    /** After each step of the flight. */
    void advance(AirframeAgent agent, long nowNanos) {
        play(agent, nowNanos);
        Command command = inProgress;
        if (command == null) {
            return;
        }
        switch (command.getActionCase()) {
            case TAKE_OFF -> settle(agent, FlightMode.FLIGHT_MODE_TAKE_OFF, FlightMode.FLIGHT_MODE_HOLD);
            case FLY_MISSION -> settle(agent, FlightMode.FLIGHT_MODE_MISSION, FlightMode.FLIGHT_MODE_HOLD);
            case LAND -> settle(agent, FlightMode.FLIGHT_MODE_LAND, FlightMode.FLIGHT_MODE_DISARMED);
            case RETURN_TO_LAUNCH -> {
                if (flight.mode() != FlightMode.FLIGHT_MODE_LAND) {
                    settle(agent, FlightMode.FLIGHT_MODE_RETURN, FlightMode.FLIGHT_MODE_DISARMED);
                }
            }
            default -> finish(agent, CommandStage.COMMAND_STAGE_COMPLETED, "");
        }
    }

    private void settle(AirframeAgent agent, FlightMode during, FlightMode after) {
        if (flight.mode() == during) {
            reportProgress(agent);
        } else if (flight.mode() == after) {
            finish(agent, CommandStage.COMMAND_STAGE_COMPLETED, "");
        } else {
            finish(agent, CommandStage.COMMAND_STAGE_FAILED, "MODE_" + flight.mode());
        }
    }

    private void reportProgress(AirframeAgent agent) {
        Command command = inProgress;
        if (command == null) {
            return;
        }
        double done = switch (command.getActionCase()) {
            case TAKE_OFF -> flight.heightMeters() / command.getTakeOff().getHeightAboveHomeMeters();
            case LAND -> 1 - flight.heightMeters() / startHeightMeters;
            case FLY_MISSION ->
                (double) flight.waypointsReached() / command.getFlyMission().getWaypointsCount();
            default -> 0;
        };
        double steps = command.hasFlyMission() ? done : Math.floor(done / PROGRESS_STEP) * PROGRESS_STEP;
        if (steps > reported && steps < 1) {
            reported = steps;
            agent.reportProgress(command.getId().toByteArray(), (float) steps);
        }
    }

    private void finish(AirframeAgent agent, CommandStage stage, String code) {
        if (inProgress != null) {
            agent.report(inProgress.getId().toByteArray(), stage, code);
            inProgress = null;
        }
    }

    private void play(AirframeAgent agent, long nowNanos) {
        for (Iterator<Playing> each = playing.iterator(); each.hasNext(); ) {
            Playing script = each.next();
            byte[] id = script.id().toByteArray();
            while (!script.left().isEmpty()
                    && nowNanos - script.sinceNanos() >= script.left().peek().afterNanos()) {
                CommandScript.Step step = script.left().remove();
                if (step.stage() == CommandStage.COMMAND_STAGE_PROGRESS) {
                    agent.reportProgress(id, step.ratio());
                } else {
                    agent.report(id, step.stage(), step.code());
                }
            }
            if (script.left().isEmpty()) {
                each.remove();
            }
        }
    }
}
