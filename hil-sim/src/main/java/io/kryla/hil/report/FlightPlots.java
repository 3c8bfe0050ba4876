package io.kryla.hil.report;

import io.kryla.hil.report.TimePlot.Limit;
import io.kryla.hil.report.TimePlot.Mark;
import io.kryla.hil.report.TimePlot.Phase;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Criterion.Stream;
import io.kryla.hil.scenario.Metric;
import io.kryla.hil.scenario.Moment;
import io.kryla.hil.scenario.PilotAction;
import io.kryla.hil.verdict.CriterionResult.Measured;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.Timeline;
import io.kryla.hil.verdict.Trajectory;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The plots of one flight: which curves, and which criterion's limit and deciding sample belong on which plot. */
final class FlightPlots {
    private final AcceptancePlan plan;
    private final TruthTrack truth;
    private final TelemetryTrack telemetry;
    private final List<Measured> measured;
    private final List<Phase> phases = new ArrayList<>();

    FlightPlots(AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {
        this.plan = plan;
        this.truth = truth;
        this.telemetry = telemetry;
        this.measured = verdict.criteria().stream()
                .filter(Measured.class::isInstance)
                .map(Measured.class::cast)
                .toList();
        var timeline = new Timeline(plan, verdict.seed(), telemetry);
        for (var action : plan.actions()) {
            timeline.nanosOf(action.name(), Moment.Stage.ACCEPTED)
                    .ifPresent(nanos -> phases.add(new Phase(action.name(), nanos / 1e9)));
        }
    }

    /** In the order of the page. */
    List<Plot> all() {
        return List.of(
                height(),
                new GroundTrack(truth.trajectory(), telemetry.trajectory(), plan.actions(), measured),
                speed(),
                tilt(),
                estimatorMeters(),
                estimatorDegrees(),
                new RotorPlot(telemetry).plot(phases, measured),
                battery(),
                power());
    }

    private Plot height() {
        var believed = telemetry.trajectory();
        var actual = truth.trajectory();
        var plot = new TimePlot(
                "Height above home",
                "m",
                phases,
                List.of(
                        curve("truth", "truth", actual, actual::heightMeters),
                        curve("telemetry", "telemetry", believed, believed::heightMeters)));
        for (var result : measured) {
            if (result.criterion().metric() == Metric.HEIGHT_ERROR) {
                band(plot, result, takeOffHeight(result));
                mark(plot, result, heightAt(result));
            } else if (result.criterion().metric() == Metric.HEIGHT_DEVIATION) {
                band(plot, result, meanHeight(result));
                mark(plot, result, heightAt(result));
            }
        }
        return plot;
    }

    private Plot speed() {
        var actual = truth.trajectory();
        return plain(
                new TimePlot(
                        "Speed",
                        "m/s",
                        phases,
                        List.of(
                                curve("horizontal", "truth", actual, actual::horizontalSpeedMetersPerSecond),
                                curve("sinking", "second", actual, actual::sinkRateMetersPerSecond))),
                Metric.SPEED_PEAK,
                Metric.TOUCHDOWN_SPEED);
    }

    private Plot tilt() {
        var actual = truth.trajectory();
        return plain(
                new TimePlot(
                        "Tilt",
                        "deg",
                        phases,
                        List.of(curve("truth", "truth", actual, i -> StrictMath.toDegrees(actual.tiltRadians(i))))),
                Metric.TILT_PEAK);
    }

    private Plot estimatorMeters() {
        var believed = telemetry.trajectory();
        var actual = truth.trajectory();
        return plain(
                new TimePlot(
                        "Estimate less truth: position",
                        "m",
                        phases,
                        List.of(
                                difference(
                                        "horizontal",
                                        "telemetry",
                                        (i, j) -> StrictMath.hypot(
                                                believed.northMeters(i) - actual.northMeters(j),
                                                believed.eastMeters(i) - actual.eastMeters(j))),
                                difference(
                                        "height",
                                        "second",
                                        (i, j) -> Math.abs(believed.heightMeters(i) - actual.heightMeters(j))))),
                Metric.ESTIMATOR_HORIZONTAL_ERROR,
                Metric.ESTIMATOR_HEIGHT_ERROR);
    }

    private Plot estimatorDegrees() {
        var believed = telemetry.trajectory();
        var actual = truth.trajectory();
        return plain(
                new TimePlot(
                        "Estimate less truth: attitude",
                        "deg",
                        phases,
                        List.of(difference(
                                "rotation",
                                "telemetry",
                                (i, j) -> StrictMath.toDegrees(believed.rotationRadians(i, actual, j))))),
                Metric.ESTIMATOR_ATTITUDE_ERROR);
    }

    private Plot battery() {
        return plain(
                new TimePlot("Battery voltage", "V", phases, List.of(ofBattery(telemetry::batteryVolts))),
                Metric.BATTERY_VOLTAGE);
    }

    private Plot power() {
        return new TimePlot("Electrical power", "W", phases, List.of(ofBattery(i -> PowerDrawn.watts(telemetry, i))));
    }

    private Curve ofBattery(IntToDoubleFunction quantity) {
        var states = telemetry.trajectory();
        var curve = new Curve("telemetry", "telemetry");
        for (int i = 0; i < states.size(); i++) {
            if (PowerDrawn.measured(telemetry, i)) {
                curve.add(states.timeNanos(i) / 1e9, quantity.applyAsDouble(i));
            }
        }
        return curve;
    }

    /** Draws each criterion of those metrics as a line at its limit and a mark at its value. */
    private Plot plain(TimePlot plot, Metric... metrics) {
        for (var result : measured) {
            if (List.of(metrics).contains(result.criterion().metric())) {
                limit(plot, result, result.criterion().limit());
                mark(plot, result, result.value());
            }
        }
        return plot;
    }

    private static void band(TimePlot plot, Measured result, double middle) {
        limit(plot, result, middle - result.criterion().limit());
        limit(plot, result, middle + result.criterion().limit());
    }

    private static void limit(TimePlot plot, Measured result, double value) {
        plot.limit(new Limit(result.fromNanos() / 1e9, result.toNanos() / 1e9, value));
    }

    private static void mark(TimePlot plot, Measured result, double value) {
        plot.mark(new Mark(result.decidedAtNanos() / 1e9, value, result.outcome() == Outcome.FAIL));
    }

    private double takeOffHeight(Measured result) {
        var action = result.criterion().action().orElseThrow();
        return ((PilotAction.Order.TakeOff)
                        plan.actions().get(plan.indexOf(action)).order())
                .heightMeters();
    }

    private double heightAt(Measured result) {
        var trajectory = judged(result);
        int at = trajectory.lastUpTo(result.decidedAtNanos());
        return at < 0 ? Double.NaN : trajectory.heightMeters(at);
    }

    private double meanHeight(Measured result) {
        var trajectory = judged(result);
        int first = trajectory.firstFrom(result.fromNanos());
        int last = trajectory.lastUpTo(result.toNanos());
        double sum = 0;
        for (int i = first; i <= last; i++) {
            sum += trajectory.heightMeters(i);
        }
        return sum / (last - first + 1);
    }

    private Trajectory judged(Measured result) {
        return result.criterion().stream() == Stream.TELEMETRY ? telemetry.trajectory() : truth.trajectory();
    }

    private static Curve curve(String name, String style, Trajectory trajectory, IntToDoubleFunction quantity) {
        var curve = new Curve(name, style);
        for (int i = 0; i < trajectory.size(); i++) {
            curve.add(trajectory.timeNanos(i) / 1e9, quantity.applyAsDouble(i));
        }
        return curve;
    }

    /** Of the i-th state from the j-th truth. */
    private interface Difference {
        double of(int i, int j);
    }

    private Curve difference(String name, String style, Difference difference) {
        var believed = telemetry.trajectory();
        var curve = new Curve(name, style);
        for (int i = 0; i < believed.size(); i++) {
            int j = truth.trajectory().indexAt(believed.timeNanos(i));
            if (j >= 0) {
                curve.add(believed.timeNanos(i) / 1e9, difference.of(i, j));
            }
        }
        return curve;
    }
}
