package io.kryla.hil.verdict;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Moment;
import io.kryla.hil.scenario.Moment.Stage;
import io.kryla.hil.scenario.PilotAction;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogCloseReason;
import java.util.OptionalLong;

/** When the moments of a plan came in one flight, by what the airframe reported of each command. */
public final class Timeline {
    private final AcceptancePlan plan;
    private final long seed;
    private final TelemetryTrack telemetry;

    public Timeline(AcceptancePlan plan, long seed, TelemetryTrack telemetry) {
        this.plan = plan;
        this.seed = seed;
        this.telemetry = telemetry;
    }

    /** Flight time of a moment; empty when the flight never came to it. */
    OptionalLong nanosOf(Moment moment) {
        if (moment instanceof Moment.FlightEnd) {
            return OptionalLong.of(telemetry.endNanos());
        }
        if (moment instanceof Moment.Elapsed) {
            return withinFlight(((Moment.Elapsed) moment).nanos());
        }
        var after = (Moment.After) moment;
        var base = nanosOf(after.action(), after.stage());
        return base.isPresent() ? withinFlight(base.getAsLong() + after.offsetNanos()) : base;
    }

    /** Flight time at which the airframe first reported that stage of an action; empty if it never did. */
    public OptionalLong nanosOf(String action, Stage stage) {
        var reported = telemetry.stage(
                plan.commandId(seed, plan.indexOf(action)),
                stage == Stage.ACCEPTED ? CommandStage.COMMAND_STAGE_ACCEPTED : CommandStage.COMMAND_STAGE_COMPLETED);
        return reported.isPresent() ? OptionalLong.of(reported.get().timeNanos()) : OptionalLong.empty();
    }

    Course course() {
        int completed = 0;
        var remark = "";
        for (var action : plan.actions()) {
            if (wentAsPlanned(action)) {
                completed++;
            } else if (remark.isEmpty()) {
                remark = action.name() + " " + fateOf(action.name());
            }
        }
        boolean disarmed =
                telemetry.endsDisarmed() && telemetry.closed() == LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED;
        if (remark.isEmpty() && !disarmed) {
            remark = telemetry.endsDisarmed() ? "the rig ended the flight" : "the flight ended armed";
        }
        return new Course(plan.actions().size(), completed, disarmed, remark);
    }

    private boolean wentAsPlanned(PilotAction action) {
        if (action.expected().isEmpty()) {
            return nanosOf(action.name(), Stage.COMPLETED).isPresent();
        }
        return fateOf(action.name()).endsWith(": " + action.expected());
    }

    private String fateOf(String action) {
        var id = plan.commandId(seed, plan.indexOf(action));
        for (var stage : new CommandStage[] {CommandStage.COMMAND_STAGE_REFUSED, CommandStage.COMMAND_STAGE_FAILED}) {
            var reported = telemetry.stage(id, stage);
            if (reported.isPresent()) {
                var verb = stage == CommandStage.COMMAND_STAGE_REFUSED ? "refused" : "failed";
                return verb + ": " + reported.get().code();
            }
        }
        return telemetry.stage(id, CommandStage.COMMAND_STAGE_ACCEPTED).isPresent() ? "not completed" : "not commanded";
    }

    private OptionalLong withinFlight(long nanos) {
        return nanos <= telemetry.endNanos() ? OptionalLong.of(nanos) : OptionalLong.empty();
    }
}
