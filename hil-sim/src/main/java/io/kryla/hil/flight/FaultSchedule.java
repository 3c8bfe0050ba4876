package io.kryla.hil.flight;

import io.kryla.hil.scenario.Fault;
import java.util.Arrays;
import java.util.List;

/**
 * Plants the plan's faults when they begin, lets them grow, and takes them away when they end.
 *
 * <p>What stands still costs nothing; a fault that grows or drifts is set anew every {@value #PERIOD_NANOS} ns.
 */
final class FaultSchedule {
    private static final long PERIOD_NANOS = 10_000_000;
    private static final long INACTIVE = -1;

    private final List<Fault> faults;
    private final PlanClock clock;
    private final SimulatedAirframe airframe;
    private final long[] onsetNanos;

    FaultSchedule(List<Fault> faults, PlanClock clock, SimulatedAirframe airframe) {
        this.faults = faults;
        this.clock = clock;
        this.airframe = airframe;
        onsetNanos = new long[faults.size()];
        Arrays.fill(onsetNanos, INACTIVE);
    }

    void update(long nowNanos) {
        boolean changed = false;
        for (int i = 0; i < onsetNanos.length; i++) {
            var fault = faults.get(i);
            boolean due = clock.hasCome(fault.from(), nowNanos) && !clock.hasCome(fault.to(), nowNanos);
            if (due != (onsetNanos[i] != INACTIVE)) {
                onsetNanos[i] = due ? nowNanos : INACTIVE;
                changed = true;
            }
            changed |= due && nowNanos % PERIOD_NANOS == 0 && changes(fault, nowNanos - onsetNanos[i]);
        }
        if (changed) {
            airframe.set(effects(nowNanos));
        }
    }

    /** One period longer than it grows, so that it is full in the end. */
    private static boolean changes(Fault fault, long sinceNanos) {
        return fault.kind().drifts() || sinceNanos < fault.rampNanos() + PERIOD_NANOS && fault.rampNanos() > 0;
    }

    private FaultEffects effects(long nowNanos) {
        var effects = new FaultEffects();
        for (int i = 0; i < onsetNanos.length; i++) {
            if (onsetNanos[i] != INACTIVE) {
                effects.add(faults.get(i), nowNanos - onsetNanos[i]);
            }
        }
        return effects;
    }
}
