package io.kryla.hil.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.verdict.CriterionResult.Measured;
import io.kryla.hil.verdict.CriterionResult.NoData;
import io.kryla.hil.verdict.CriterionResult.NotReached;
import io.kryla.v1.LogCloseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final String HOVER = "window: {from: 8 s, to: 12 s}, stream: truth";
    private static final long SECOND = 1_000_000_000L;

    private final SyntheticFlight flight = new SyntheticFlight();

    @Test
    void heightErrorIsTheGreatestDeviationFromTheCommandedHeightAboveHome() {
        flight.motion = t -> still(5, 5, t < 3 ? 100 : t >= 7 && t < 7.5 ? 110.4 : 109.8);

        var result = measured("metric: height-error, action: take-off, stream: truth, at-most: 0.5 m,"
                + " window: {from: take-off completed, to: take-off completed + 3 s}");

        assertThat(result.value()).isCloseTo(0.4, within(1e-9));
        assertThat(result.margin()).isCloseTo(0.1, within(1e-9));
        assertThat(result.decidedAtNanos()).isEqualTo(7 * SECOND);
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void heightDeviationIsAboutTheOwnMean() {
        flight.motion = t -> still(0, 0, t < 8 ? 0 : 12 + 0.2 * StrictMath.sin(2 * Math.PI * t));

        assertThat(measured("metric: height-deviation, at-most: 0.3 m, " + HOVER)
                        .value())
                .isCloseTo(0.2, within(1e-3));
    }

    @Test
    void circularErrorIsAboutTheOwnMean() {
        // On a circle of 0.3 m about (4, 3), full turns: every sample is 0.3 m from the mean.
        flight.motion = t -> t < 8
                ? still(0, 0, 0)
                : still(4 + 0.3 * StrictMath.cos(2 * Math.PI * t), 3 + 0.3 * StrictMath.sin(2 * Math.PI * t), 10);

        assertThat(measured("metric: position-cep95, at-most: 0.5 m, " + HOVER).value())
                .isCloseTo(0.3, within(2e-3));
        assertThat(measured("metric: position-mean-offset, at-most: 1 m, " + HOVER)
                        .value())
                .isCloseTo(5.0, within(2e-3));
        assertThat(measured("metric: position-excursion, at-most: 1 m, " + HOVER)
                        .value())
                .isCloseTo(5.3, within(2e-3));
    }

    @Test
    void circularErrorLeavesOutFivePercent() {
        // 401 samples, 4 % of them 10 m away; the mean moves by 0.4 m with them.
        flight.motion = t -> still(t >= 9 && t < 9.16 ? 10 : 0, 0, 10);

        assertThat(measured("metric: position-cep95, at-most: 0.5 m, " + HOVER).value())
                .isCloseTo(10 * 16 / 401.0, within(1e-9));
    }

    @Test
    void crossTrackIsTheDistanceFromTheNearestLeg() {
        // 3 m/s north, 1.2 m to the east of the leg at 11 s; the course begins where the mission was accepted.
        flight.motion = t -> still(t < 8 ? 0 : 3 * (t - 8), t == 11 ? 1.2 : 0, 10);

        var result = measured("metric: cross-track, action: mission, stream: truth, at-most: 1 m,"
                + " window: {from: mission accepted, to: mission accepted + 5 s}");

        assertThat(result.value()).isCloseTo(1.2, within(1e-12));
        assertThat(result.decidedAtNanos()).isEqualTo(11 * SECOND);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void peaksNameTheFirstSampleThatReachesThem() {
        flight.motion = t -> new double[] {0, 0, 10, 3, t >= 9 ? 4 : 0, 0, t >= 10 && t < 11 ? 0.5 : 0};

        assertThat(measured("metric: speed-peak, at-least: 4 m/s, " + HOVER).value())
                .isCloseTo(5, within(1e-12));
        var tilt = measured("metric: tilt-peak, at-most: 20 deg, " + HOVER);
        assertThat(tilt.value()).isCloseTo(Math.toDegrees(0.5), within(1e-9));
        assertThat(tilt.decidedAtNanos()).isEqualTo(10 * SECOND);
    }

    @Test
    void touchdownIsTheLastAirborneSample() {
        flight.motion = t -> new double[] {3, 4, t > 3 ? 5 : 0, 0, 0, t > 16.5 ? -0.9 : 0, 0};

        var speed = measured("metric: touchdown-speed, stream: truth, at-most: 0.7 m/s, window: {from: 15 s, to: end}");
        assertThat(speed.value()).isCloseTo(0.9, within(1e-12));
        assertThat(speed.decidedAtNanos()).isEqualTo(17 * SECOND);
        assertThat(speed.outcome()).isEqualTo(Outcome.FAIL);
        flight.onGround = t -> t < 3 * SECOND;
        assertThat(flight.judge(
                        "metric: touchdown-distance, stream: truth, at-most: 1 m, window: {from: 15 s, to: end}"))
                .isInstanceOf(NotReached.class);
    }

    @Test
    void timesCountFromTheAcceptance() {
        assertThat(measured("metric: action-duration, action: take-off, stream: telemetry, at-most: 30 s")
                        .value())
                .isEqualTo(4);
        assertThat(measured("metric: disarmed-within, action: land, stream: telemetry, at-most: 2 s")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void estimatorErrorsCompareTheStreamsAtTheSameTime() {
        flight.motion = t -> still(t, 0, 10);
        flight.belief = t -> new double[] {t + 0.3, 0.4, t >= 9 ? 10.2 : 0, 0, 0, 0, 0.1};
        // The truth is relative to its first sample, at height 10.
        assertThat(measured("metric: estimator-horizontal-error, stream: both, at-most: 1 m")
                        .value())
                .isCloseTo(0.5, within(1e-6));
        assertThat(measured("metric: estimator-attitude-error, stream: both, at-most: 5 deg")
                        .value())
                .isCloseTo(Math.toDegrees(0.1), within(1e-4));
        var height = measured("metric: estimator-height-error, stream: both, at-most: 1 m");
        assertThat(height.value()).isCloseTo(10.2, within(1e-5));
        assertThat(height.decidedAtNanos()).isEqualTo(9 * SECOND);
    }

    @Test
    void batteryAndGap() {
        flight.batteryVolts = 13.0;
        flight.telemetrySent = t -> t <= 9 * SECOND || t >= 9_400_000_000L;

        assertThat(measured(
                                "metric: battery-voltage, stream: telemetry, at-least: 13.2 V, window: {from: 1 s, to: 5 s}")
                        .margin())
                .isCloseTo(-0.2, within(1e-6));
        var gap = measured("metric: telemetry-gap, stream: telemetry, at-most: 0.1 s");
        assertThat(gap.value()).isCloseTo(0.4, within(1e-9));
        assertThat(gap.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void rotorSpreadComparesTheMeans() {
        // Four rotors; one is told 0.9 half of the time.
        flight.rotorCommands = t -> List.of(0.7f, 0.7f, t < 10 ? 0.7f : 0.9f, 0.7f);

        var spread =
                measured("metric: rotor-spread, stream: telemetry, at-most: 5 %, window: {from: 9 s, to: 10.98 s}");

        assertThat(spread.value()).isCloseTo(10.0, within(1e-4));
        assertThat(spread.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void theLimitItselfPasses() {
        flight.motion = t -> new double[] {0, 0, 10, 4, 0, 0, 0};

        assertThat(measured("metric: speed-peak, at-least: 4 m/s, " + HOVER).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void aHoleInTheTruthIsErrorWhereItIsLookedAt() {
        flight.truthRecorded = t -> t != 9 * SECOND;

        assertThat(flight.judge("metric: tilt-peak, at-most: 20 deg, " + HOVER))
                .isInstanceOfSatisfying(
                        NoData.class,
                        noData -> assertThat(noData.reason()).isEqualTo("truth has a hole after 8990000000 ns"));
        assertThat(flight.judge("metric: tilt-peak, at-most: 20 deg, stream: truth, window: {from: 10 s, to: 12 s}")
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void truthThatEndsEarlyIsError() {
        flight.truthRecorded = t -> t < 11 * SECOND;

        assertThat(flight.judge("metric: tilt-peak, at-most: 20 deg, " + HOVER).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void aHoleInTheTelemetryIsError() {
        flight.telemetrySent = t -> t <= 9 * SECOND || t >= 9_200_000_000L;

        assertThat(flight.judge("metric: tilt-peak, at-most: 20 deg, stream: telemetry, window: {from: 8 s, to: 12 s}")
                        .outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void aLogWithoutItsEndIsErrorWhateverItHolds() {
        flight.closed = LogCloseReason.LOG_CLOSE_REASON_UNSPECIFIED;

        assertThat(flight.judge("metric: tilt-peak, at-most: 20 deg, " + HOVER).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void whatTheAirframeNeverReachedIsFail() {
        flight.landingCompleted = false;
        flight.closed = LogCloseReason.LOG_CLOSE_REASON_ABORTED;
        var plan = SyntheticFlight.plan("metric: disarmed-within, action: land, stream: telemetry, at-most: 9 s");

        var verdict = flight.judge(plan);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.criteria().get(0)).isInstanceOf(NotReached.class);
        assertThat(verdict.course().completed()).isEqualTo(3);
        assertThat(verdict.course().remark()).isEqualTo("land not completed");
    }

    @Test
    void anUnfinishedCourseFailsThoughEveryCriterionPasses() {
        flight.landingCompleted = false;

        var verdict = flight.judge(SyntheticFlight.plan("metric: tilt-peak, at-most: 20 deg, " + HOVER));

        assertThat(verdict.criteria().get(0).outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aHoleOutweighsAFailure() {
        flight.truthRecorded = t -> t != 9 * SECOND;
        var plan = SyntheticFlight.plan(
                "metric: tilt-peak, at-most: 20 deg, " + HOVER,
                "metric: action-duration, action: take-off, stream: telemetry, at-most: 1 s");

        assertThat(flight.judge(plan).outcome()).isEqualTo(Outcome.ERROR);
    }

    private Measured measured(String criterion) {
        var result = flight.judge(criterion);
        assertThat(result).isInstanceOf(Measured.class);
        return (Measured) result;
    }

    private static double[] still(double north, double east, double height) {
        return new double[] {north, east, height, 0, 0, 0, 0};
    }
}
