package io.kryla.test;

import io.kryla.v1.CommandStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a fake airframe answers to a command, in flight time since the command was taken; nothing moves. Immutable. */
public final class CommandScript {
    /** @param afterNanos since the command was taken */
    record Step(long afterNanos, CommandStage stage, String code, float ratio) {}

    private final List<Step> steps;

    private CommandScript(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The command is never answered, as if it had not arrived. */
    public static CommandScript ignore() {
        return new CommandScript(List.of());
    }

    /** @param code such as NOT_ARMED, upper case, at most 64 characters */
    public static CommandScript refuse(String code) {
        return new CommandScript(List.of(new Step(0, CommandStage.COMMAND_STAGE_REFUSED, code, 0)));
    }

    /** Accepted at once; without a further step it never ends. */
    public static CommandScript accept() {
        return new CommandScript(List.of(new Step(0, CommandStage.COMMAND_STAGE_ACCEPTED, "", 0)));
    }

    /** Then reports progress. @param ratio 0 to 1, not less than before */
    public CommandScript progress(Duration after, float ratio) {
        return then(new Step(after.toNanos(), CommandStage.COMMAND_STAGE_PROGRESS, "", ratio));
    }

    public CommandScript complete(Duration after) {
        return then(new Step(after.toNanos(), CommandStage.COMMAND_STAGE_COMPLETED, "", 1));
    }

    public CommandScript fail(Duration after, String code) {
        return then(new Step(after.toNanos(), CommandStage.COMMAND_STAGE_FAILED, code, 0));
    }

    private CommandScript then(Step next) {
        if (steps.isEmpty() || steps.get(steps.size() - 1).afterNanos() > next.afterNanos()) {
            throw new IllegalArgumentException("after: steps follow accept() in the order of their time, got "
                    + Duration.ofNanos(next.afterNanos()));
        }
        List<Step> longer = new ArrayList<>(steps);
        longer.add(next);
        return new CommandScript(longer);
    }

    List<Step> steps() {
        return steps;
    }
}
