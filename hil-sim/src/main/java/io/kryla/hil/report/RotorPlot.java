package io.kryla.hil.report;

import io.kryla.hil.report.TimePlot.Limit;
import io.kryla.hil.report.TimePlot.Mark;
import io.kryla.hil.report.TimePlot.Phase;
import io.kryla.hil.scenario.Metric;
import io.kryla.hil.verdict.CriterionResult.Measured;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import java.util.ArrayList;
import java.util.List;

/**
 * What each rotor was commanded. A limit of the spread is drawn that far above the least driven rotor's mean; the most
 * driven one's mean is marked.
 */
final class RotorPlot {
    private static final int STYLES = 4;

    private final TelemetryTrack telemetry;
    private final List<Curve> curves = new ArrayList<>();

    RotorPlot(TelemetryTrack telemetry) {
        this.telemetry = telemetry;
        var states = telemetry.trajectory();
        for (int i = 0; i < states.size(); i++) {
            var commands = telemetry.rotorCommands(i);
            for (int rotor = 0; rotor < commands.size(); rotor++) {
                if (rotor == curves.size()) {
                    curves.add(new Curve("rotor " + (rotor + 1), "rotor-" + (rotor % STYLES + 1)));
                }
                curves.get(rotor).add(states.timeNanos(i) / 1e9, 100 * commands.get(rotor));
            }
        }
    }

    Plot plot(List<Phase> phases, List<Measured> measured) {
        var plot = new TimePlot("Rotor commands", "%", phases, curves);
        for (var result : measured) {
            if (result.criterion().metric() == Metric.ROTOR_SPREAD) {
                double most = greatestMean(result);
                double from = result.fromNanos() / 1e9;
                double to = result.toNanos() / 1e9;
                plot.limit(new Limit(
                        from, to, most - result.value() + result.criterion().limit()));
                plot.mark(new Mark(to, most, result.outcome() == Outcome.FAIL));
            }
        }
        return plot;
    }

    private double greatestMean(Measured result) {
        var states = telemetry.trajectory();
        int first = states.firstFrom(result.fromNanos());
        int last = states.lastUpTo(result.toNanos());
        double greatest = 0;
        for (int rotor = 0; rotor < curves.size(); rotor++) {
            double sum = 0;
            for (int i = first; i <= last; i++) {
                sum += 100 * telemetry.rotorCommands(i).get(rotor);
            }
            greatest = Math.max(greatest, sum / (last - first + 1));
        }
        return greatest;
    }
}
