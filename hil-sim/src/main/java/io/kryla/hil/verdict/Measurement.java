package io.kryla.hil.verdict;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Criterion;
import io.kryla.hil.scenario.Criterion.Stream;
import io.kryla.hil.scenario.Moment.Stage;
import io.kryla.hil.scenario.PilotAction.Order;
import java.util.Arrays;
import java.util.Optional;

/** Takes one metric over one window; acceptance.md defines them. Empty when the window holds nothing of the kind. */
final class Measurement {
    private final AcceptancePlan plan;
    private final TruthTrack truth;
    private final TelemetryTrack telemetry;
    private final Timeline timeline;
    private final Window window;

    Measurement(AcceptancePlan plan, TruthTrack truth, TelemetryTrack telemetry, Timeline timeline, Window window) {
        this.plan = plan;
        this.truth = truth;
        this.telemetry = telemetry;
        this.timeline = timeline;
        this.window = window;
    }

    Optional<Reading> take(Criterion criterion) {
        var stretch = new Stretch(
                criterion.stream() == Stream.TELEMETRY ? telemetry.trajectory() : truth.trajectory(), window);
        return switch (criterion.metric()) {
            case HEIGHT_ERROR -> stretch.heightError(takeOffHeight(criterion));
            case HEIGHT_DEVIATION -> stretch.heightDeviation();
            case POSITION_CEP95 -> stretch.circularErrorProbable95();
            case POSITION_MEAN_OFFSET -> stretch.meanOffset();
            case POSITION_EXCURSION -> stretch.excursion();
            case CROSS_TRACK -> crossTrack(criterion, stretch);
            case SPEED_PEAK -> stretch.speedPeak();
            case TILT_PEAK -> stretch.tiltPeak();
            case TOUCHDOWN_DISTANCE -> Touchdowns.lastDistance(truth, window);
            case TOUCHDOWN_SPEED -> Touchdowns.greatestSpeed(truth, window);
            case ACTION_DURATION -> since(criterion, timeline.nanosOf(actionOf(criterion), Stage.COMPLETED));
            case DISARMED_WITHIN -> since(criterion, telemetry.disarmedNanos());
            case ESTIMATOR_HORIZONTAL_ERROR -> EstimatorError.horizontal(truth, telemetry, window);
            case ESTIMATOR_HEIGHT_ERROR -> EstimatorError.height(truth, telemetry, window);
            case ESTIMATOR_ATTITUDE_ERROR -> EstimatorError.attitude(truth, telemetry, window);
            case TELEMETRY_GAP -> telemetryGap();
            case ROTOR_SPREAD -> rotorSpread(stretch);
            case BATTERY_SWING -> batterySwing();
            case FAILSAFE_DELAY -> failsafeDelay(criterion);
            case HEIGHT_PEAK -> stretch.heightPeak();
            case SINK_RATE_PEAK -> stretch.sinkRatePeak();
            case BATTERY_VOLTAGE -> leastBatteryVoltage();
        };
    }

    private static String actionOf(Criterion criterion) {
        return criterion.action().orElseThrow(() -> new IllegalStateException("a plan was read without its action"));
    }

    private double takeOffHeight(Criterion criterion) {
        var order = plan.actions().get(plan.indexOf(actionOf(criterion))).order();
        return ((Order.TakeOff) order).heightMeters();
    }

    private Optional<Reading> crossTrack(Criterion criterion, Stretch stretch) {
        var action = actionOf(criterion);
        var begun = timeline.nanosOf(action, Stage.ACCEPTED);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        int start = stretch.trajectory().lastUpTo(begun.getAsLong());
        if (start < 0) {
            return Optional.empty();
        }
        var mission =
                (Order.FlyMission) plan.actions().get(plan.indexOf(action)).order();
        return stretch.greatest(new CrossTrack(stretch.trajectory(), start, mission.waypoints())::meters);
    }

    private Optional<Reading> since(Criterion criterion, java.util.OptionalLong then) {
        var begun = timeline.nanosOf(actionOf(criterion), Stage.ACCEPTED);
        if (begun.isEmpty() || then.isEmpty() || then.getAsLong() < begun.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(new Reading((then.getAsLong() - begun.getAsLong()) / 1e9, then.getAsLong()));
    }

    /** The window's ends count as if a state stood there. */
    private Optional<Reading> telemetryGap() {
        var states = telemetry.trajectory();
        long before = window.fromNanos();
        long longest = 0;
        long at = before;
        for (int i = states.firstFrom(window.fromNanos());
                i < states.size() && states.timeNanos(i) <= window.toNanos();
                i++) {
            if (states.timeNanos(i) - before > longest) {
                longest = states.timeNanos(i) - before;
                at = states.timeNanos(i);
            }
            before = states.timeNanos(i);
        }
        if (window.toNanos() - before > longest) {
            longest = window.toNanos() - before;
            at = window.toNanos();
        }
        return Optional.of(new Reading(longest / 1e9, at));
    }

    /** Decided by the window's end, since every state counts alike. */
    private Optional<Reading> rotorSpread(Stretch stretch) {
        double[] sums = new double[0];
        for (int i = stretch.first(); i <= stretch.last(); i++) {
            var commands = telemetry.rotorCommands(i);
            sums = sums.length == 0 ? new double[commands.size()] : sums;
            if (commands.size() != sums.length) {
                return Optional.empty();
            }
            for (int rotor = 0; rotor < sums.length; rotor++) {
                sums[rotor] += commands.get(rotor);
            }
        }
        if (sums.length == 0) {
            return Optional.empty();
        }
        Arrays.sort(sums);
        double spread = (sums[sums.length - 1] - sums[0]) / (stretch.last() - stretch.first() + 1);
        return Optional.of(new Reading(spread, window.toNanos()));
    }

    private Optional<Reading> failsafeDelay(Criterion criterion) {
        var code = criterion.failsafe().orElseThrow();
        return telemetry.failsafes().stream()
                .filter(event -> event.code().equals(code)
                        && event.timeNanos() >= window.fromNanos()
                        && event.timeNanos() <= window.toNanos())
                .findFirst()
                .map(event -> new Reading((event.timeNanos() - window.fromNanos()) / 1e9, event.timeNanos()));
    }

    /** Decided by the window's end, since it takes two states. */
    private Optional<Reading> batterySwing() {
        var states = telemetry.trajectory();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = states.firstFrom(window.fromNanos());
                i < states.size() && states.timeNanos(i) <= window.toNanos();
                i++) {
            least = Math.min(least, telemetry.batteryVolts(i));
            most = Math.max(most, telemetry.batteryVolts(i));
        }
        return most < least ? Optional.empty() : Optional.of(new Reading(most - least, window.toNanos()));
    }

    private Optional<Reading> leastBatteryVoltage() {
        var states = telemetry.trajectory();
        int least = -1;
        for (int i = states.firstFrom(window.fromNanos());
                i < states.size() && states.timeNanos(i) <= window.toNanos();
                i++) {
            if (least < 0 || telemetry.batteryVolts(i) < telemetry.batteryVolts(least)) {
                least = i;
            }
        }
        return least < 0
                ? Optional.empty()
                : Optional.of(new Reading(telemetry.batteryVolts(least), states.timeNanos(least)));
    }
}
