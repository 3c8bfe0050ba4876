package io.kryla.hil.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.report.ReportSubject.Fact;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TrueState;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PDF as a PDF reader sees it, and the JUnit XML as a parser of such reports does. */
class PrintedReportsTest {
    private static final String LONG = "Ä".repeat(150) + " \uD83D\uDE81 <b> & \u0007";
    private static final String PLAN = """
            format: kryla-acceptance-plan/1
            name: Plan <b>bold</b>
            vehicle: quad-1500g
            home:
              latitude: 47 deg
              longitude: 8 deg
              altitude: 488 m
              magnetic-field: {declination: 3 deg, inclination: 63 deg, intensity: 48 uT}
            time-limit: 60 s
            actions: [{do: arm, at: 1 s}]
            criteria:
              - {name: Tilt "peak", metric: tilt-peak, stream: truth, at-most: 20 deg, source: test}
              - {name: Speed, metric: speed-peak, stream: truth, at-least: 4 m/s, source: ISO 4358:2023 5.4.9, assumes: calm}
            """;

    private final AcceptancePlan plan = AcceptancePlan.parse("plan.yaml", PLAN.getBytes(StandardCharsets.UTF_8));
    private final TruthTrack truth = TruthTrack.of(states());
    private final TelemetryTrack telemetry = TelemetryTrack.of(samples());
    private final Verdict verdict = Judge.judge(plan, 7, "build", truth, telemetry);

    @Test
    void thePdfSaysWhatTheVerdictSays() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf("KRY1"))) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains("Acceptance flight KRY1", "FAIL", "1 of 2 criteria met; not met: Speed")
                    .contains("≤ 20.000 deg", "≥ 4.000 m/s", "-1.000", "+20.000")
                    .contains("ISO 4358:2023 5.4.9", "assumes calm", "Seed", "Plan <b>bold</b>", "Ground track")
                    .contains("Tester (card id)");
            assertThat(text.replaceAll("\\s", "")).contains(plan.sha256().hex());
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Acceptance flight KRY1: FAIL");
        }
    }

    @Test
    void thePdfNeedsNothingButItself() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf("KRY1"))) {
            assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
            for (PDPage page : document.getPages()) {
                assertThat(page.getAnnotations()).isEmpty();
                for (COSName font : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(font).isEmbedded()).isTrue();
                }
                assertThat(page.getResources().getXObjectNames())
                        .as("plots are vectors")
                        .isEmpty();
            }
        }
    }

    @Test
    void thePdfIsTheSameForTheSameInputs() {
        assertThat(pdf("KRY1")).isEqualTo(pdf("KRY1"));
    }

    @Test
    void longNamesAndForeignSignsBreakNeitherPage() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(LONG))) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(text).contains("ÄÄÄÄÄ", "?<b>&");
        }
        assertThat(new String(
                        HtmlReport.render(subject(LONG), plan, verdict, truth, telemetry), StandardCharsets.UTF_8))
                .contains("&lt;b&gt; &amp;")
                .doesNotContain("\u0007");
    }

    /** Surefire's report parser is the one that build servers of Maven projects show tests with. */
    @Test
    void surefiresParserReadsTheJunitXml(@TempDir Path folder) throws Exception {
        ReportTestSuite suite = parsed(folder, verdict);
        assertThat(suite.getNumberOfTests()).isEqualTo(3);
        assertThat(suite.getNumberOfFailures()).isEqualTo(2);
        assertThat(suite.getNumberOfErrors()).isZero();
        assertThat(suite.getTestCases())
                .extracting(ReportTestCase::getName)
                .containsExactly("Every action completed, ended disarmed", "Tilt \"peak\"", "Speed");
        assertThat(suite.getTestCases().get(1).isSuccessful()).isTrue();
        assertThat(suite.getTestCases().get(2).hasFailure()).isTrue();
        assertThat(suite.getTestCases().get(2).getFailureMessage())
                .startsWith("3.000000 m/s, at-least 4.000000 m/s, margin -1.000000, decided at ")
                .endsWith("ISO 4358:2023 5.4.9");
    }

    @Test
    void aRigErrorIsAnErrorInJunitXml(@TempDir Path folder) throws Exception {
        ReportTestSuite suite = parsed(folder, Verdict.rigError(plan, 1, "build", "RIG_LINK_STALLED"));
        assertThat(suite.getNumberOfErrors()).isEqualTo(1);
        assertThat(suite.getTestCases().get(0).hasError()).isTrue();
        assertThat(suite.getTestCases().get(0).getFailureMessage()).isEqualTo("rig error RIG_LINK_STALLED");
    }

    private static ReportTestSuite parsed(Path folder, Verdict verdict) throws IOException {
        Files.write(folder.resolve("TEST-verdict.xml"), JunitReport.render(verdict));
        var suites = new SurefireReportParser(List.of(folder.toFile()), new NullConsoleLogger()).parseXMLReportFiles();
        assertThat(suites).hasSize(1);
        return suites.get(0);
    }

    private byte[] pdf(String serial) {
        return PdfReport.render(subject(serial), plan, verdict, truth, telemetry);
    }

    private static ReportSubject subject(String serial) {
        return new ReportSubject(serial, "DESIGN", List.of(new Fact("Attempt", "1 of 1")));
    }

    private static List<TrueState> states() {
        var states = new ArrayList<TrueState>();
        for (long t = 0; t <= 2_000_000_000L; t += TruthTrack.INTERVAL_NANOS) {
            states.add(TrueState.newBuilder()
                    .setFlightTimeNanos(t)
                    .setVelocityNorthMetersPerSecond(3)
                    .setAttitudeW(1)
                    .build());
        }
        return states;
    }

    private static List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(
                Sample.newBuilder().setLogOpened(LogOpened.getDefaultInstance()).build());
        for (long t = 0; t <= 2_000_000_000L; t += TelemetryTrack.INTERVAL_NANOS) {
            samples.add(Sample.newBuilder()
                    .setFlightTimeNanos(t)
                    .setVehicleState(VehicleState.newBuilder().setAttitudeW(1))
                    .build());
        }
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(2_000_000_000L)
                .setLogClosed(LogClosed.newBuilder().setReason(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED))
                .build());
        return samples;
    }
}
