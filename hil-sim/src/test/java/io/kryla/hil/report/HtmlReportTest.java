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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
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
              - {name: Speed, metric: speed-peak, stream: truth, at-least: 4 m/s, source: test}
            """;

    private float amperes = 150;
    private final AcceptancePlan plan = AcceptancePlan.parse("plan.yaml", PLAN.getBytes(StandardCharsets.UTF_8));

    @Test
    void needsNothingButItself() {
        assertThat(page("KRY1"))
                .doesNotContain("<script", "<link", "<img", "src=", "href=", "http://", "https://", "url(", "@import")
                .contains("default-src 'none'");
    }

    @Test
    void escapesWhatOthersWrote() {
        assertThat(page("<img src=x onerror=alert(1)>&\"'"))
                .contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;")
                .contains("Plan &lt;b&gt;bold&lt;/b&gt;", "Tilt &quot;peak&quot;")
                .doesNotContain("<img", "<b>bold");
    }

    @Test
    void showsValueLimitMarginAndTheMissedSample() {
        assertThat(page("KRY1"))
                .contains("≤ 20.000 deg", "≥ 4.000 m/s", "-1.000", "+20.000")
                .contains("<tr class=\"FAIL\"><th scope=\"row\">Speed", "<tr class=\"PASS\"><th scope=\"row\">Tilt")
                .contains("<line class=\"limit\"", "<circle class=\"missed\"", "<circle class=\"met\"")
                .contains("1 of 2 criteria met; not met: Speed; course: arm not commanded.");
    }

    @Test
    void showsThePowerAndWhatItCameTo() {
        // 1,800 W for 2 s.
        assertThat(page("KRY1"))
                .contains("<dt>Battery</dt><dd>1.00 Wh drawn, peak 1800 W, 80 % charge left</dd>", "Electrical power");
    }

    @Test
    void aCurrentThatIsNoNumberIsNoPower() {
        amperes = Float.NaN;
        assertThat(page("KRY1")).contains("Electrical power").doesNotContain("Wh drawn", "NaN");
    }

    @Test
    void isTheSameForTheSameInputs() {
        assertThat(page("KRY1")).isEqualTo(page("KRY1"));
    }

    @Test
    void aRigErrorSaysSoAndPlotsNothing() {
        var verdict = Verdict.rigError(plan, 1, "build", "RIG_LINK_STALLED");
        var page = new String(HtmlReport.renderRigError(subject("KRY1"), plan, verdict), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("ERROR", "RIG_LINK_STALLED", "says nothing about the airframe")
                .doesNotContain("<svg");
    }

    private String page(String serial) {
        var truth = TruthTrack.of(states());
        var telemetry = TelemetryTrack.of(samples());
        var verdict = Judge.judge(plan, 1, "build", truth, telemetry);
        return new String(HtmlReport.render(subject(serial), plan, verdict, truth, telemetry), StandardCharsets.UTF_8);
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

    private List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(
                Sample.newBuilder().setLogOpened(LogOpened.getDefaultInstance()).build());
        for (long t = 0; t <= 2_000_000_000L; t += TelemetryTrack.INTERVAL_NANOS) {
            samples.add(Sample.newBuilder()
                    .setFlightTimeNanos(t)
                    .setVehicleState(VehicleState.newBuilder()
                            .setAttitudeW(1)
                            .setBatteryVoltageVolts(12)
                            .setBatteryCurrentAmperes(amperes)
                            .setBatteryRemainingRatio(0.8f))
                    .build());
        }
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(2_000_000_000L)
                .setLogClosed(LogClosed.newBuilder().setReason(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED))
                .build());
        return samples;
    }
}
