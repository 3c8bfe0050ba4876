package io.kryla.hil.verdict;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Criterion;
import io.kryla.hil.scenario.Criterion.Stream;
import io.kryla.hil.scenario.Metric;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Decides over a flight (acceptance.md).
 *
 * <p>PASS only when every criterion was measured and met, every action completed, and the airframe ended disarmed. A limit
 * that is missed, or a moment that the airframe never came to, is FAIL. Missing samples are ERROR, never PASS: a truth
 * recording without its sample each {@link TruthTrack#INTERVAL_NANOS}, a flight log without its ends, or more than {@link
 * #MAX_TELEMETRY_GAP_NANOS} without a vehicle state where a criterion looks at them.
 *
 * <p>The same inputs give an equal verdict on every JVM: what the platform may round differently is not used.
 */
public final class Judge {
    /** Five states missing in a row. The metric telemetry-gap alone measures longer gaps, as a fault of the product. */
    public static final long MAX_TELEMETRY_GAP_NANOS = 5 * TelemetryTrack.INTERVAL_NANOS;

    private final AcceptancePlan plan;
    private final TruthTrack truth;
    private final TelemetryTrack telemetry;
    private final Timeline timeline;

    private Judge(AcceptancePlan plan, long seed, TruthTrack truth, TelemetryTrack telemetry) {
        this.plan = plan;
        this.truth = truth;
        this.telemetry = telemetry;
        this.timeline = new Timeline(plan, seed, telemetry);
    }

    /** Judges one flight of a plan with a seed by a build. */
    public static Verdict judge(
            AcceptancePlan plan, long seed, String build, TruthTrack truth, TelemetryTrack telemetry) {
        var judge = new Judge(plan, seed, truth, telemetry);
        var results = new ArrayList<CriterionResult>();
        for (var criterion : plan.criteria()) {
            results.add(judge.judge(criterion));
        }
        return Verdict.of(plan, seed, build, judge.timeline.course(), results);
    }

    private CriterionResult judge(Criterion criterion) {
        if (!telemetry.whole()) {
            return new CriterionResult.NoData(criterion, "the flight log has no beginning or no end");
        }
        var from = timeline.nanosOf(criterion.from());
        var to = timeline.nanosOf(criterion.to());
        if (from.isEmpty() || to.isEmpty()) {
            var missed = from.isEmpty() ? criterion.from() : criterion.to();
            return new CriterionResult.NotReached(criterion, "the flight never came to: " + missed);
        }
        var window = new Window(from.getAsLong(), to.getAsLong());
        if (window.fromNanos() > window.toNanos()) {
            return new CriterionResult.NotReached(criterion, "the window ends before it begins");
        }
        return findHole(criterion, window)
                .<CriterionResult>map(hole -> new CriterionResult.NoData(criterion, hole))
                .orElseGet(() -> measure(criterion, window));
    }

    private CriterionResult measure(Criterion criterion, Window window) {
        var reading = new Measurement(plan, truth, telemetry, timeline, window).take(criterion);
        if (reading.isEmpty()) {
            return new CriterionResult.NotReached(criterion, "the window holds nothing to measure");
        }
        double value = criterion.metric().unit().fromSi(reading.get().si());
        return new CriterionResult.Measured(
                criterion,
                window.fromNanos(),
                window.toNanos(),
                value,
                criterion.bound().margin(value, criterion.limit()),
                reading.get().timeNanos());
    }

    /** What is missing in the streams that a criterion takes its samples from. */
    private Optional<String> findHole(Criterion criterion, Window window) {
        if (criterion.stream() != Stream.TELEMETRY) {
            var hole = hole("truth", truth.trajectory(), window, TruthTrack.INTERVAL_NANOS);
            if (hole.isPresent()) {
                return hole;
            }
        }
        boolean looksAtStates = criterion.stream() != Stream.TRUTH && criterion.metric() != Metric.TELEMETRY_GAP;
        return looksAtStates
                ? hole("telemetry", telemetry.trajectory(), window, MAX_TELEMETRY_GAP_NANOS)
                : Optional.empty();
    }

    private static Optional<String> hole(String stream, Trajectory trajectory, Window window, long allowedNanos) {
        int i = trajectory.firstFrom(window.fromNanos());
        long covered = i > 0 ? trajectory.timeNanos(i - 1) : window.fromNanos();
        for (; i < trajectory.size() && covered < window.toNanos(); i++) {
            if (trajectory.timeNanos(i) - covered > allowedNanos) {
                break;
            }
            covered = trajectory.timeNanos(i);
        }
        return covered + allowedNanos >= window.toNanos()
                ? Optional.empty()
                : Optional.of(stream + " has a hole after " + covered + " ns");
    }
}
