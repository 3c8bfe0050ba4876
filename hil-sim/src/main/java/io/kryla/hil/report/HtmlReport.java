package io.kryla.hil.report;

import static io.kryla.hil.report.Svg.escape;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** One flight on one page: HTML that needs no network, no script and no other file, and prints well. */
public final class HtmlReport {
    private static final String NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'";

    /** A longer value gets a line of its own. */
    private static final int WIDE = 40;

    private HtmlReport() {}

    /** The page's UTF-8 bytes. Equal inputs give equal bytes. */
    public static byte[] render(
            ReportSubject subject, AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {
        return page(subject, plan, verdict, new FlightPlots(plan, verdict, truth, telemetry).all());
    }

    /** The page of an attempt that the rig broke: there is nothing to plot. */
    public static byte[] renderRigError(ReportSubject subject, AcceptancePlan plan, Verdict verdict) {
        return page(subject, plan, verdict, List.of());
    }

    private static byte[] page(ReportSubject subject, AcceptancePlan plan, Verdict verdict, List<String> plots) {
        var out = new StringBuilder(256 * 1024);
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + NO_NETWORK + "\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(escape(subject.serial() + ": " + verdict.outcome()))
                .append("</title><style>")
                .append(styleSheet())
                .append("</style></head>\n<body>");
        banner(out, subject, verdict);
        identity(out, subject, plan, verdict);
        out.append("\n<h2>Criteria</h2>\n").append(CriteriaTable.html(verdict));
        if (!plots.isEmpty()) {
            out.append(
                    "\n<h2>Flight</h2>\n<p class=\"key\"><span class=\"swatch limit-swatch\"></span> limit over its window"
                            + " <span class=\"dot met-dot\"></span> sample that decides a criterion that is met"
                            + " <span class=\"dot missed-dot\"></span> sample that misses its limit."
                            + " Thin vertical lines: the action named beside them was accepted.</p>");
            plots.forEach(plot -> out.append("\n<figure>").append(plot).append("</figure>"));
        }
        signature(out);
        return out.append("\n</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void banner(StringBuilder out, ReportSubject subject, Verdict verdict) {
        out.append("\n<header class=\"")
                .append(verdict.outcome())
                .append("\"><div><h1>Acceptance flight ")
                .append(escape(subject.serial()))
                .append("</h1><p>")
                .append(escape(summary(verdict)))
                .append("</p></div><div class=\"outcome\">")
                .append(verdict.outcome())
                .append("</div></header>");
    }

    private static String summary(Verdict verdict) {
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

    private static void identity(StringBuilder out, ReportSubject subject, AcceptancePlan plan, Verdict verdict) {
        out.append("\n<dl>");
        fact(out, "Serial", subject.serial());
        fact(out, "Acceptance level", subject.level());
        subject.facts().forEach(fact -> fact(out, fact.label(), fact.value()));
        fact(out, "Plan", plan.name());
        fact(out, "Plan SHA-256", verdict.planSha256().hex());
        fact(out, "Vehicle", plan.vehicle());
        fact(out, "Seed", Long.toUnsignedString(verdict.seed()));
        fact(out, "Simulator build", verdict.build());
        out.append("</dl>");
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

    private static String styleSheet() {
        try (var in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
