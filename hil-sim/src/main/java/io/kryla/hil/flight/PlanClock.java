package io.kryla.hil.flight;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Moment;
import io.kryla.hil.scenario.Moment.Stage;
import java.util.Arrays;

/** Knows which moments of a plan have come, by what the airframe has said of its commands so far. */
final class PlanClock {
    private static final long NEVER = Long.MAX_VALUE;

    private final AcceptancePlan plan;
    private final long[] acceptedNanos;
    private final long[] completedNanos;

    PlanClock(AcceptancePlan plan) {
        this.plan = plan;
        this.acceptedNanos = new long[plan.actions().size()];
        this.completedNanos = new long[plan.actions().size()];
        Arrays.fill(acceptedNanos, NEVER);
        Arrays.fill(completedNanos, NEVER);
    }

    void accepted(int action, long nowNanos) {
        acceptedNanos[action] = nowNanos;
    }

    void completed(int action, long nowNanos) {
        completedNanos[action] = nowNanos;
    }

    boolean isAccepted(int action) {
        return acceptedNanos[action] != NEVER;
    }

    boolean isCompleted(int action) {
        return completedNanos[action] != NEVER;
    }

    /** The end of the flight never comes while it lasts. */
    boolean hasCome(Moment moment, long nowNanos) {
        if (moment instanceof Moment.Elapsed elapsed) {
            return nowNanos >= elapsed.nanos();
        }
        if (moment instanceof Moment.After after) {
            int action = plan.indexOf(after.action());
            long base = after.stage() == Stage.ACCEPTED ? acceptedNanos[action] : completedNanos[action];
            return base != NEVER && nowNanos - base >= after.offsetNanos();
        }
        return false;
    }
}
