package io.kryla.hil.scenario;

import io.kryla.hil.scenario.Moment.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads moments and checks that they refer to what can have happened. */
final class MomentReader {
    private final PlanReader plan;
    private final long timeLimitNanos;
    private final List<String> actionNames = new ArrayList<>();

    MomentReader(PlanReader plan, List<PilotAction> actions, long timeLimitNanos) {
        this.plan = plan;
        this.timeLimitNanos = timeLimitNanos;
        actions.forEach(action -> actionNames.add(action.name()));
    }

    /** An action may only wait for actions above it: so no two wait for each other. */
    void check(List<PilotAction> actions) {
        var earlier = new HashSet<String>();
        for (int i = 0; i < actions.size(); i++) {
            var pointer = "/actions/" + i + "/at";
            var at = actions.get(i).at();
            withinTimeLimit(pointer, at);
            if (at instanceof Moment.FlightEnd) {
                plan.problem(pointer, "an action cannot wait for the end of the flight", Optional.empty());
            } else if (at instanceof Moment.After && !earlier.contains(((Moment.After) at).action())) {
                plan.problem(
                        pointer,
                        "no action \"" + ((Moment.After) at).action() + "\" stands above this one",
                        NearestWord.to(((Moment.After) at).action(), earlier));
            }
            earlier.add(actions.get(i).name());
        }
    }

    /** A moment of a fault or a window: any action of the plan, before the plan's time is over. */
    Moment read(String pointer, String text) {
        var moment = parse(text);
        withinTimeLimit(pointer, moment);
        if (moment instanceof Moment.After) {
            action(pointer, ((Moment.After) moment).action());
        }
        return moment;
    }

    private void withinTimeLimit(String pointer, Moment moment) {
        if (moment instanceof Moment.Elapsed elapsed && elapsed.nanos() > timeLimitNanos) {
            plan.problem(
                    pointer,
                    "never comes: " + moment + " is beyond the time limit of " + new Moment.Elapsed(timeLimitNanos),
                    Optional.empty());
        }
    }

    /** Refuses two moments of which it is certain that the second comes before the first. */
    void inOrder(String pointer, Moment first, Moment second, String otherwise) {
        if (certainlyBefore(second, first)) {
            plan.problem(pointer, otherwise + ": " + second + " comes before " + first, Optional.empty());
        }
    }

    /** Of moments that count from the same event, and of stages of one action: it is accepted before it is completed. */
    private static boolean certainlyBefore(Moment a, Moment b) {
        if (a instanceof Moment.Elapsed one && b instanceof Moment.Elapsed other) {
            return one.nanos() < other.nanos();
        }
        if (a instanceof Moment.After one && b instanceof Moment.After other) {
            return one.action().equals(other.action())
                    && one.stage().compareTo(other.stage()) <= 0
                    && one.offsetNanos() < other.offsetNanos();
        }
        return false;
    }

    /** Checks that a name is that of an action. */
    void action(String pointer, String name) {
        if (!actionNames.contains(name)) {
            plan.problem(pointer, "the plan has no action \"" + name + "\"", NearestWord.to(name, actionNames));
        }
    }

    /** A moment whose form the schema has checked. */
    static Moment parse(String text) {
        if (text.equals("end")) {
            return new Moment.FlightEnd();
        }
        if (Character.isDigit(text.charAt(0))) {
            return new Moment.Elapsed(nanos(text));
        }
        var sides = text.split(" \\+ ", 2);
        var words = sides[0].split(" ", 2);
        var stage = words[1].equals(Stage.ACCEPTED.word()) ? Stage.ACCEPTED : Stage.COMPLETED;
        return new Moment.After(words[0], stage, sides.length == 1 ? 0 : nanos(sides[1]));
    }

    /** {@code 2.5 s} or {@code 40 ms}, exactly. */
    static long nanos(String time) {
        int space = time.indexOf(' ');
        return new BigDecimal(time.substring(0, space))
                .movePointRight(time.endsWith(" ms") ? 6 : 9)
                .longValue();
    }
}
