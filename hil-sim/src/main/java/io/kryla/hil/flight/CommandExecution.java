package io.kryla.hil.flight;

import com.google.protobuf.ByteString;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.hil.autopilot.CommandRefusal;
import io.kryla.hil.autopilot.ControllerEvent;
import io.kryla.hil.autopilot.FlightController;
import io.kryla.hil.autopilot.FlightMode;
import io.kryla.hil.autopilot.Waypoint;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlyMission;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands to the flight controller and watches what becomes of the one in progress (protocol.md §7): take-off and
 * mission are completed when the airframe holds, return and landing when it is disarmed, the others at once. A command
 * that another takes the place of has FAILED with code SUPERSEDED.
 */
final class CommandExecution {
    private final FlightController controller;
    private final Set<ByteString> completed = new HashSet<>();
    private @Nullable Command inProgress;
    private @Nullable CommandProgress progress;

    CommandExecution(FlightController controller) {
        this.controller = controller;
    }

    /** Gives the command to the controller; ACCEPTED or REFUSED with the controller's code. */
    CommandReport begin(ReceivedCommand received) {
        var command = received.command();
        var refusal = dispatch(command);
        if (refusal.isPresent()) {
            return new CommandReport(
                    received.id(),
                    CommandStage.COMMAND_STAGE_REFUSED,
                    refusal.get().name());
        }
        inProgress = command;
        progress = new CommandProgress(controller, command);
        return new CommandReport(received.id(), CommandStage.COMMAND_STAGE_ACCEPTED, "");
    }

    private Optional<CommandRefusal> dispatch(Command command) {
        return switch (command.getActionCase()) {
            case ARM -> controller.arm();
            case DISARM -> controller.disarm();
            case TAKE_OFF -> controller.takeOff(command.getTakeOff().getHeightAboveHomeMeters());
            case LAND -> controller.land();
            case RETURN_TO_LAUNCH -> controller.returnToLaunch();
            case HOLD -> controller.hold();
            case FLY_MISSION -> fly(command.getFlyMission());
            // Parameters are the agent's to answer.
            case READ_PARAMETERS, WRITE_PARAMETERS, ACTION_NOT_SET -> Optional.of(CommandRefusal.OUT_OF_RANGE);
        };
    }

    private Optional<CommandRefusal> fly(FlyMission mission) {
        for (var waypoint : mission.getWaypointsList()) {
            if (!Float.isFinite(waypoint.getNorthMeters() + waypoint.getEastMeters() + waypoint.getDownMeters())) {
                return Optional.of(CommandRefusal.OUT_OF_RANGE);
            }
        }
        return controller.flyMission(
                mission.getWaypointsList().stream()
                        .map(waypoint -> new Waypoint(
                                waypoint.getNorthMeters(), waypoint.getEastMeters(), waypoint.getDownMeters()))
                        .toList(),
                mission.getSpeedMetersPerSecond());
    }

    /** Call at each event of the controller. */
    void observe(ControllerEvent event) {
        if (progress != null && event.kind() == ControllerEvent.Kind.WAYPOINT_REACHED) {
            progress.waypointReached();
        }
    }

    /** Call after each tick: the command in progress and its ratio, when it has come a step further. */
    Optional<Advance> advanced() {
        if (inProgress == null || progress == null) {
            return Optional.empty();
        }
        var id = inProgress.getId();
        var ratio = progress.advance();
        return ratio.isEmpty()
                ? Optional.empty()
                : Optional.of(new Advance(id.toByteArray(), (float) ratio.getAsDouble()));
    }

    /** How far a command has come, from 0 to 1. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Advance(byte[] commandId, float ratio) {}

    /** Call before {@link #begin}: the command in progress gives way. */
    Optional<CommandReport> supersede() {
        return finish(CommandStage.COMMAND_STAGE_FAILED, "SUPERSEDED");
    }

    /** Call after each tick: the command in progress, once it is completed or has failed. */
    Optional<CommandReport> settled() {
        if (inProgress == null) {
            return Optional.empty();
        }
        var mode = controller.mode();
        return switch (inProgress.getActionCase()) {
            case TAKE_OFF -> settle(mode, FlightMode.TAKE_OFF, FlightMode.HOLD);
            case FLY_MISSION -> settle(mode, FlightMode.MISSION, FlightMode.HOLD);
            case RETURN_TO_LAUNCH ->
                mode == FlightMode.LAND ? Optional.empty() : settle(mode, FlightMode.RETURN, FlightMode.DISARMED);
            case LAND -> settle(mode, FlightMode.LAND, FlightMode.DISARMED);
            default -> finish(CommandStage.COMMAND_STAGE_COMPLETED, "");
        };
    }

    private Optional<CommandReport> settle(FlightMode mode, FlightMode during, FlightMode after) {
        if (mode == during) {
            return Optional.empty();
        }
        return mode == after
                ? finish(CommandStage.COMMAND_STAGE_COMPLETED, "")
                : finish(CommandStage.COMMAND_STAGE_FAILED, "MODE_" + mode.name());
    }

    private Optional<CommandReport> finish(CommandStage stage, String code) {
        if (inProgress == null) {
            return Optional.empty();
        }
        var id = inProgress.getId();
        inProgress = null;
        progress = null;
        if (stage == CommandStage.COMMAND_STAGE_COMPLETED) {
            completed.add(id);
        }
        return Optional.of(new CommandReport(id.toByteArray(), stage, code));
    }

    boolean completed(ByteString commandId) {
        return completed.contains(commandId);
    }
}
