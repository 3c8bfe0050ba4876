package io.kryla.hil.report;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;

/** One flight on one page: HTML that needs no network, no script and no other file, and prints well. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The page's UTF-8 bytes. Equal inputs give equal bytes. */
    public static byte[] render(
            ReportSubject subject, AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {
        throw new UnsupportedOperationException();
    }
}
