package io.kryla.hil.report;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Criterion.Bound;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The flight of {@link HtmlReport} as a PDF of A4 pages, to be printed, signed and filed; plots are vectors. */
public final class PdfReport {
    private static final float[] COLUMNS = {0.27f, 0.07f, 0.12f, 0.12f, 0.1f, 0.32f};
    private static final List<String> HEADINGS =
            List.of("Criterion", "Result", "Measured", "Limit", "Margin", "Source, assumptions, reason");

    private PdfReport() {}

    /** The file's bytes. Equal inputs give equal bytes. */
    public static byte[] render(
            ReportSubject subject, AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {
        var facts = HtmlReport.facts(subject, plan, verdict, PowerDrawn.of(telemetry));
        return write(subject, facts, verdict, new FlightPlots(plan, verdict, truth, telemetry).all());
    }

    private static byte[] write(
            ReportSubject subject, List<ReportSubject.Fact> facts, Verdict verdict, List<Plot> plots) {
        try (PDDocument document = new PDDocument()) {
            String title = "Acceptance flight " + subject.serial();
            document.getDocumentInformation().setTitle(title + ": " + verdict.outcome());
            document.getDocumentCatalog().setLanguage("en");
            // Else it is taken from the clock.
            document.setDocumentId(0L);
            try (PdfPages pages = new PdfPages(document, title)) {
                pages.banner(
                        title,
                        verdict.outcome().name(),
                        HtmlReport.summary(verdict),
                        color(verdict.outcome().name()));
                facts.forEach(fact -> pages.fact(fact.label(), fact.value()));
                pages.heading("Criteria");
                pages.table(HEADINGS, COLUMNS, rows(verdict));
                if (!plots.isEmpty()) {
                    pages.heading("Flight");
                    pages.paragraph(
                            "Red, dashed: a limit over its window. Green circle: the sample that decides a criterion"
                                    + " that is met. Red circle with a cross: a sample that misses its limit. Thin vertical lines:"
                                    + " the action named beside them was accepted.");
                    plots.forEach(pages::plot);
                }
                pages.signatures(List.of("Tester (card id)", "Date", "Signature"));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PdfPages.Row> rows(Verdict verdict) {
        List<PdfPages.Row> rows = new ArrayList<>();
        var course = verdict.course();
        rows.add(new PdfPages.Row(
                color(course.outcome().name()),
                course.outcome() != Outcome.PASS,
                List.of(
                        "Every action completed, ended disarmed",
                        course.outcome().name(),
                        course.completed() + " of " + course.actions(),
                        "≥ " + course.actions(),
                        "",
                        course.remark())));
        verdict.criteria().forEach(result -> rows.add(row(result)));
        return rows;
    }

    private static PdfPages.Row row(CriterionResult result) {
        var criterion = result.criterion();
        String unit = " " + criterion.metric().unit().symbol();
        String value = "–";
        String margin = "–";
        String reason = "";
        if (result instanceof CriterionResult.Measured measured) {
            value = CriteriaTable.shown(measured.value()) + unit;
            margin = (measured.margin() >= 0 ? "+" : "") + CriteriaTable.shown(measured.margin());
            reason = "; decided at " + Svg.number(measured.decidedAtNanos() / 1e9, 2) + " s";
        } else if (result instanceof CriterionResult.NotReached notReached) {
            reason = "; " + notReached.reason();
        } else if (result instanceof CriterionResult.NoData noData) {
            reason = "; " + noData.reason();
        }
        return new PdfPages.Row(
                color(result.outcome().name()),
                result.outcome() != Outcome.PASS,
                List.of(
                        criterion.name() + " (" + criterion.metric().word() + ", "
                                + criterion.stream().word() + ")",
                        result.outcome().name(),
                        value,
                        (criterion.bound() == Bound.AT_MOST ? "≤ " : "≥ ")
                                + CriteriaTable.shown(criterion.limit())
                                + unit,
                        margin,
                        criterion.source()
                                + (criterion.assumes().isEmpty() ? "" : "; assumes " + criterion.assumes())
                                + reason));
    }

    private static Color color(String outcome) {
        return switch (outcome) {
            case "PASS" -> new Color(0x1a7f4b);
            case "FAIL" -> new Color(0xb3261e);
            default -> new Color(0x8a5a00);
        };
    }
}
