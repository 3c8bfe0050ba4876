package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans flown on a rig of their own, with real sessions between airframe and ground. */
final class SimPlanIT {
    private static final Instant FAR_FUTURE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Path PLANS = Path.of("..", "..", "docs", "examples", "plans");

    @Test
    void theSameSeedGivesTheSameTruthVerdictAndSamples(@TempDir Path folder) throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Cli flown = Cli.run("sim", "plan", "--plan", PLANS.resolve("pass.yaml"), "--out", first, "--seed", 11);
        assertThat(flown.exit()).as(flown.out() + flown.err()).isZero();
        Cli paced = Cli.run(
                "sim",
                "plan",
                "--plan",
                PLANS.resolve("pass.yaml"),
                "--out",
                second,
                "--seed",
                11,
                "--pace",
                25,
                "--autopilot",
                "builtin",
                "--json");
        assertThat(paced.exit()).as(paced.out() + paced.err()).isZero();
        assertThat(paced.json().at("/pace/times_real_time").asDouble()).isEqualTo(25);
        assertThat(paced.json().at("/pace/steps").asInt()).isGreaterThan(5_000);
        assertThat(paced.json().at("/pace/late_p99_nanos").asLong())
                .isLessThanOrEqualTo(
                        paced.json().at("/pace/late_greatest_nanos").asLong());
        assertThat(second.resolve("truth.mcap")).hasSameBinaryContentAs(first.resolve("truth.mcap"));
        assertThat(second.resolve("verdict.json")).hasSameBinaryContentAs(first.resolve("verdict.json"));
        assertThat(samples(second)).isEqualTo(samples(first));
    }

    @Test
    void aPaceAndAnAutopilotThatAreNoneAreUsage(@TempDir Path folder) {
        assertThat(Cli.run("sim", "plan", "--out", folder.resolve("out"), "--pace", 0)
                        .exit())
                .isEqualTo(2);
        Cli refused = Cli.run("sim", "plan", "--out", folder.resolve("out"), "--autopilot", "builtn");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("USAGE: ").contains("builtin");
    }

    @Test
    void aWeakRotorFails(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out");
        Cli flown = Cli.run("sim", "plan", "--plan", PLANS.resolve("fail.yaml"), "--out", out, "--json");
        assertThat(flown.exit()).as(flown.out() + flown.err()).isEqualTo(1);
        assertThat(flown.json().at("/code").asText()).isEqualTo("ACCEPTANCE_FAIL");
        assertThat(Files.readString(out.resolve("verdict.json"))).contains("\"FAIL\"");
        assertThat(out.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void whatIsWrongWithAPlanIsSaidWithItsPlace(@TempDir Path folder) throws IOException {
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(PLANS.resolve("pass.yaml")).replace("take-off", "takeof"));
        Cli refused = Cli.run("sim", "plan", "--plan", plan, "--out", folder.resolve("out"), "--json");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("PLAN_INVALID: ").contains("plan.yaml:");
        assertThat(refused.json().at("/findings/0/where").asText()).startsWith("plan.yaml:");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Decoded samples without what names an identity, a nonce or a certificate. */
    private static List<Sample> samples(Path out) {
        List<Sample> all = new ArrayList<>();
        FlightVerdict verdict = FlightVerifier.of(DocumentFiles.readCertificate(out.resolve("root.pem")), FAR_FUTURE)
                .verify(
                        out.resolve("flight.mcap"),
                        attested -> all.addAll(attested.record().getSamplesList()));
        assertThat(verdict).isInstanceOf(FlightVerdict.Attested.class);
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : all) {
            if (sample.hasReceiverJoined() || sample.hasLogOpened()) {
                continue;
            }
            samples.add(
                    sample.hasCommandEvent()
                            ? sample.toBuilder()
                                    .setCommandEvent(CommandEvent.newBuilder(sample.getCommandEvent())
                                            .clearGroundCertificateSha256())
                                    .build()
                            : sample);
        }
        assertThat(samples).hasSizeGreaterThan(100);
        return samples;
    }
}
