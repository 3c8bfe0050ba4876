package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.Trajectory;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import io.kryla.hil.verdict.VerdictJson;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Disarm;
import io.kryla.v1.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedFlightTest {
    private static final String HANDOVER = new String(AcceptancePlan.handoverPlan(), StandardCharsets.UTF_8);

    private static final String HOP = """
            format: kryla-acceptance-plan/1
            name: Hop
            vehicle: quad-1500g
            home:
              latitude: 47.397742 deg
              longitude: 8.545594 deg
              altitude: 488 m
              magnetic-field: {declination: 3 deg, inclination: 63 deg, intensity: 48 uT}
            time-limit: 60 s
            actions:
              - {do: arm, at: 10 s}
              - {do: take-off, at: arm completed + 1 s, height: 5 m}
              - {do: hold, at: take-off completed}
              - {do: land, at: hold completed + 10 s}
            faults:
              - FAULT
            criteria:
              - name: Hover offset
                metric: position-mean-offset
                window: {from: hold completed + 6 s, to: hold completed + 10 s}
                stream: truth
                at-most: 1 m
                source: test
              - name: Tilt while hovering
                metric: tilt-peak
                window: {from: hold completed, to: hold completed + 10 s}
                stream: truth
                at-most: 10 deg
                source: test
              - name: Estimated attitude while hovering
                metric: estimator-attitude-error
                window: {from: hold completed, to: hold completed + 10 s}
                stream: both
                at-most: 10 deg
                source: test
            """;

    @TempDir
    Path folder;

    private final LoopbackPort port = new LoopbackPort();

    @Test
    void theHandoverPlanIsFlownAndPasses() {
        var run = fly(HANDOVER, 1);

        assertThat(run.end()).isEqualTo(FlightEnd.DISARMED);
        assertThat(judge(HANDOVER, 1))
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Outcome.PASS));
        assertThat(port.sent).hasSize(5);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndSamples() throws IOException {
        var first = fly(hop(), 42);
        var truth = Files.readAllBytes(truth());
        var samples = List.copyOf(port.samples);
        var verdict = VerdictJson.encode(judge(hop(), 42));
        port.restart();

        var second = fly(hop(), 42);

        assertThat(second.truthSha256()).isEqualTo(first.truthSha256());
        assertThat(Files.readAllBytes(truth())).isEqualTo(truth);
        assertThat(port.samples).isEqualTo(samples);
        assertThat(VerdictJson.encode(judge(hop(), 42))).isEqualTo(verdict);
        port.restart();
        assertThat(fly(hop(), 43).truthSha256()).isNotEqualTo(first.truthSha256());
    }

    @Test
    void aRotorAtSixtyPercentFails() {
        var weak = HANDOVER.replace(
                "criteria:", "faults: [{kind: rotor-thrust, rotor: 1, factor: 0.6, from: 0 s}]\ncriteria:");
        fly(weak, 1);

        var verdict = judge(weak, 1);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.criteria())
                .filteredOn(result -> result.outcome() == Outcome.FAIL)
                .extracting(result -> result.criterion().name())
                .containsExactly("Rotor balance in hover");
    }

    @Test
    void anOffsetOfGnssMovesTheTruth() {
        fly(hop("{kind: gnss-offset, north: 3 m, from: hold completed, to: end}"), 5);

        var offset = value(judge(hop("{kind: gnss-offset, north: 3 m, from: hold completed, to: end}"), 5), 0);

        // It flies to where it believes home is: three metres to the other side.
        assertThat(offset).isBetween(2.2, 3.8);
        var truth = TruthTrack.read(truth()).trajectory();
        assertThat(truth.northMeters(lastAirborne(truth))).isLessThan(-2);
    }

    @Test
    void attitudeHoldsThroughFiveSecondsWithoutGnss() {
        var plan = hop("{kind: gnss-outage, from: hold completed + 2 s, to: hold completed + 7 s}");
        fly(plan, 6);

        var verdict = judge(plan, 6);

        assertThat(verdict.criteria().get(1).outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.criteria().get(2).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aCommandOnALostLinkNeverArrivesAndOnASlowOneArrivesLate() {
        var lost = hop("{kind: link-loss, from: hold completed + 9 s}");
        assertThat(fly(lost, 1).end()).as("it came home by itself").isEqualTo(FlightEnd.DISARMED);
        assertThat(judge(lost, 1).course().remark()).isEqualTo("land not commanded");
        port.restart();

        var slow = hop("{kind: link-delay, latency: 2 s, from: 0 s}");
        fly(slow, 1);
        assertThat(port.samples)
                .filteredOn(Sample::hasCommandEvent)
                .first()
                .extracting(Sample::getFlightTimeNanos)
                .isEqualTo(12_000_000_000L);
    }

    @Test
    void aRefusedCommandEndsTheFlightOnTheGround() {
        var plan = hop("{kind: gnss-outage, from: 0 s}");
        var run = fly(plan, 1);

        var verdict = judge(plan, 1);

        assertThat(run.end()).isEqualTo(FlightEnd.COMMAND_REFUSED);
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.course().remark()).startsWith("arm refused: ");
    }

    @Test
    void theRigEndsAFlightThatTakesTooLong() {
        var plan = hop().replace("time-limit: 60 s", "time-limit: 15 s");

        assertThat(fly(plan, 1).end()).isEqualTo(FlightEnd.TIME_LIMIT);
        assertThat(judge(plan, 1).course().remark()).isEqualTo("take-off not completed");
    }

    @Test
    void aCommandThatIsLostIsTheRigsErrorAndLeavesNoTruth() {
        port.losesCommands = true;

        assertThat(rigErrorOf(hop()).code()).isEqualTo("RIG_COMMAND_LOST");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkThatStallsIsTheRigsError() {
        port.stalls = true;

        assertThat(rigErrorOf(hop()).code()).isEqualTo("RIG_LINK_STALLED");
    }

    @Test
    void aLogThatIsNotConfirmedIsTheRigsError() {
        port.staysOpen = true;

        assertThat(rigErrorOf(hop().replace("time-limit: 60 s", "time-limit: 10 s"))
                        .code())
                .isEqualTo("RIG_LOG_NOT_CLOSED");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nobodyElseCommandsDuringAPlan() {
        var foreign = Command.newBuilder()
                .setId(ByteString.copyFromUtf8("0123456789abcdef"))
                .setDisarm(Disarm.getDefaultInstance())
                .build();
        port.arrive(foreign);

        fly(hop().replace("time-limit: 60 s", "time-limit: 10 s"), 1);

        assertThat(port.samples)
                .filteredOn(Sample::hasCommandEvent)
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.getCommandEvent().getStage()).isEqualTo(CommandStage.COMMAND_STAGE_REFUSED);
                    assertThat(sample.getCommandEvent().getCode()).isEqualTo("PLAN_IN_PROGRESS");
                });
    }

    private static String hop() {
        return HOP.replace("faults:\n  - FAULT\n", "");
    }

    private static String hop(String fault) {
        return HOP.replace("FAULT", fault);
    }

    private Path truth() {
        return folder.resolve("truth.mcap");
    }

    private FlightRun fly(String yaml, long seed) {
        var setup = new FlightSetup(plan(yaml), VehicleFile.shipped("quad-1500g"), seed);
        return SimulatedFlight.fly(setup, port, port, truth(), Pacer.unpaced());
    }

    private RigError rigErrorOf(String yaml) {
        return catchThrowableOfType(RigError.class, () -> fly(yaml, 1));
    }

    private Verdict judge(String yaml, long seed) {
        return Judge.judge(plan(yaml), seed, "test", TruthTrack.read(truth()), TelemetryTrack.of(port.samples));
    }

    private static double value(Verdict verdict, int criterion) {
        return ((CriterionResult.Measured) verdict.criteria().get(criterion)).value();
    }

    private static int lastAirborne(Trajectory truth) {
        int i = truth.size() - 1;
        while (truth.heightMeters(i) < 1) {
            i--;
        }
        return i;
    }

    private static AcceptancePlan plan(String yaml) {
        return AcceptancePlan.parse("plan.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
