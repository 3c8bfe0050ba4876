package io.kryla.station.flight;

import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.hil.report.HtmlReport;
import io.kryla.hil.report.PdfReport;
import io.kryla.hil.report.ReportSubject;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Sample;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded flight after judgement. What was recorded is verified from the root certificate first, so that the verdict
 * rests on what anyone can verify again.
 */
public record JudgedFlight(
        RecordedFlight flight, AcceptancePlan plan, Verdict verdict, TruthTrack truth, TelemetryTrack telemetry) {

    /**
     * Verifies the recording, reads the truth and judges.
     *
     * @throws KrylaException RECORDING_REJECTED with the reason
     */
    public static JudgedFlight judge(Path recording, Path truth, FlightOrder order, X509Certificate root, Instant now) {
        List<Sample> samples = new ArrayList<>();
        RecordedFlight flight = verified(recording, root, now, samples);
        TruthTrack truthTrack = TruthTrack.read(truth);
        TelemetryTrack telemetry = TelemetryTrack.of(samples);
        Verdict verdict = Judge.judge(order.plan(), order.seed(), order.simulatorBuild(), truthTrack, telemetry);
        return new JudgedFlight(flight, order.plan(), verdict, truthTrack, telemetry);
    }

    /** @param samples the flight's, appended in the order of its log */
    static RecordedFlight verified(Path recording, X509Certificate root, Instant now, List<Sample> samples) {
        FlightVerdict result = FlightVerifier.of(root, now)
                .verify(recording, attested -> samples.addAll(attested.record().getSamplesList()));
        if (result instanceof FlightVerdict.Rejected rejected) {
            throw new KrylaException(
                    "RECORDING_REJECTED",
                    "the recording " + recording + " does not verify: " + rejected.code() + " at " + rejected.where()
                            + ", " + rejected.reason(),
                    false);
        }
        return ((FlightVerdict.Attested) result).flight();
    }

    byte[] report(ReportSubject subject) {
        return HtmlReport.render(subject, plan, verdict, truth, telemetry);
    }

    byte[] printedReport(ReportSubject subject) {
        return PdfReport.render(subject, plan, verdict, truth, telemetry);
    }
}
