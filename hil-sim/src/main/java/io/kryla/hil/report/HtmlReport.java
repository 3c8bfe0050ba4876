package io.kryla.hil.report;

import static io.kryla.hil.report.Svg.escape;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One flight on one page: HTML that needs no network, no script and no other file, and prints well. */
public final class HtmlReport {
    /** A longer value gets a line of its own. */
    private static final int WIDE = 40;

    private HtmlReport() {}

    /** The page's UTF-8 bytes. Equal inputs give equal bytes. */
    public static byte[] render(
            ReportSubject subject, AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {
        var facts = facts(subject, plan, verdict, PowerDrawn.of(telemetry));
        return page(subject, facts, verdict, new FlightPlots(plan, verdict, truth, telemetry).all());
    }

    /** The page of an attempt that the rig broke: there is nothing to plot. */
    public static byte[] renderRigError(ReportSubject subject, AcceptancePlan plan, Verdict verdict) {
        return page(subject, facts(subject, plan, verdict, Optional.empty()), verdict, List.of());
    }

    private static byte[] page(
            ReportSubject subject, List<ReportSubject.Fact> facts, Verdict verdict, List<Plot> plots) {
        var out = HtmlPage.begin(subject.serial() + ": " + verdict.outcome());
        HtmlPage.banner(out, verdict.outcome().name(), "Acceptance flight " + subject.serial(), summary(verdict));
        out.append("\n<dl>");
        facts.forEach(fact -> fact(out, fact.label(), fact.value()));
        out.append("</dl>");
        out.append("\n<h2>Criteria</h2>\n").append(CriteriaTable.html(verdict));
        if (!plots.isEmpty()) {
            out.append(
                    "\n<h2>Flight</h2>\n<p class=\"key\"><span class=\"swatch limit-swatch\"></span> limit over its window"
                            + " <span class=\"dot met-dot\"></span> sample that decides a criterion that is met"
                            + " <span class=\"dot missed-dot\"></span> sample that misses its limit."
                            + " Thin vertical lines: the action named beside them was accepted.</p>");
            plots.forEach(plot -> out.append("\n<figure>").append(plot.svg()).append("</figure>"));
        }
        signature(out);
        return HtmlPage.end(out);
    }

    static String summary(Verdict verdict) {
        if (!verdict.rigError().isEmpty()) {
            return "The rig failed (" + verdict.rigError() + "): this says nothing about the airframe.";
        }
        var open = verdict.criteria().stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .map(CriterionResult::criterion)
                .map(criterion -> criterion.name())
                .collect(Collectors.joining(", "));
        long met = verdict.criteria().stream()
                .filter(result -> result.outcome() == Outcome.PASS)
                .count();
        var count = met + " of " + verdict.criteria().size() + " criteria met";
        var course = verdict.course().outcome() == Outcome.PASS
                ? ""
                : "; course: " + verdict.course().remark();
        return count + (open.isEmpty() ? "" : "; not met: " + open) + course + ".";
    }

    /** Whom and what the report is about, in order. */
    static List<ReportSubject.Fact> facts(
            ReportSubject subject, AcceptancePlan plan, Verdict verdict, Optional<PowerDrawn> power) {
        var facts = new ArrayList<ReportSubject.Fact>();
        facts.add(new ReportSubject.Fact("Serial", subject.serial()));
        facts.add(new ReportSubject.Fact("Acceptance level", subject.level()));
        facts.addAll(subject.facts());
        facts.add(new ReportSubject.Fact("Plan", plan.name()));
        facts.add(new ReportSubject.Fact("Plan SHA-256", verdict.planSha256().hex()));
        facts.add(new ReportSubject.Fact("Vehicle", plan.vehicle()));
        facts.add(new ReportSubject.Fact("Seed", Long.toUnsignedString(verdict.seed())));
        facts.add(new ReportSubject.Fact("Simulator build", verdict.build()));
        power.ifPresent(drawn -> facts.add(new ReportSubject.Fact("Battery", drawn.shown())));
        return facts;
    }

    private static void fact(StringBuilder out, String label, String value) {
        out.append(value.length() > WIDE ? "<div class=\"wide\"><dt>" : "<div><dt>")
                .append(escape(label))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd></div>");
    }

    private static void signature(StringBuilder out) {
        out.append("\n<section class=\"signature\"><p>The verdict is computed from the recordings alone;"
                + " the signed record of it is acceptance.dsse beside this page.</p>"
                + "<div><span>Tester (card id)</span><span>Date</span><span>Signature</span></div></section>");
    }
}
