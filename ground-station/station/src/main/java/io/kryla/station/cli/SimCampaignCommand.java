package io.kryla.station.cli;

import io.kryla.hil.campaign.CampaignSummary;
import io.kryla.hil.campaign.CampaignSummary.CriterionSpread;
import io.kryla.hil.campaign.CampaignSummary.WorstFlight;
import io.kryla.hil.campaign.FlightResult;
import io.kryla.hil.flight.Pacer;
import io.kryla.hil.scenario.Campaign;
import io.kryla.hil.verdict.Outcome;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Finding;
import io.kryla.station.rig.RigCampaign;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kryla sim campaign}. */
@Command(
        name = "campaign",
        description = {
            "Fly one plan many times, with seeds, wind, mass, faults and whatever else drawn from distributions.",
            "A run that was interrupted goes on where it stopped. Page: docs/campaigns.md."
        },
        mixinStandardHelpOptions = true)
final class SimCampaignCommand extends KrylaCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before run()
    private CommandSpec spec;

    @Option(names = "--campaign", required = true, paramLabel = "FILE", description = "What is flown, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path campaign;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--threads", paramLabel = "N", description = "Flights at a time (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--flight",
            paramLabel = "N",
            description = "Fly only this one, with session, recordings, verdict and report.")
    private @Nullable Integer flight;

    @Option(names = "--replace", description = "Replace an earlier result in the folder instead of going on with it.")
    private boolean replace;

    @Override
    CommandResult run(FrontDoor door) {
        RigCampaign rig = new RigCampaign(Campaign.read(campaign), BuildVersion.simulatorBuild());
        if (threads < 1 || threads > 1_024) {
            throw new ParameterException(spec.commandLine(), "--threads: 1 to 1024 expected, got " + threads);
        }
        if (flight != null) {
            return replay(door, rig, flight);
        }
        try (ProgressBar bar = bar(rig.campaign())) {
            CampaignSummary summary = rig.fly(out, replace, threads, (result, done) -> show(bar, result, done));
            return result(summary);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "INTERRUPTED",
                    "the campaign was interrupted",
                    out.toString(),
                    "run the command again: it goes on where it stopped");
        }
    }

    private CommandResult replay(FrontDoor door, RigCampaign rig, int index) {
        if (index < 1 || index > rig.campaign().flights()) {
            throw new ParameterException(
                    spec.commandLine(), "--flight: 1 to " + rig.campaign().flights() + " expected, got " + index);
        }
        return FlownResult.of(
                rig.flight(index, out, replace)
                        .fly(door.wallClock(), door.monotonicNanos(), door.random(), door.progress(), Pacer.unpaced()),
                out,
                List.of(),
                Map.of("flight", index));
    }

    /** On a terminal a bar that moves, elsewhere nothing: its lines would fill a log. */
    private @Nullable ProgressBar bar(Campaign flown) {
        return json() || System.console() == null
                ? null
                : new ProgressBarBuilder()
                        .setTaskName("flights")
                        .setInitialMax(flown.flights())
                        .setStyle(ProgressBarStyle.ASCII)
                        .build();
    }

    private static void show(@Nullable ProgressBar bar, FlightResult result, int done) {
        if (bar != null) {
            bar.stepTo(done);
            if (result.outcome() != Outcome.PASS) {
                bar.setExtraMessage("last not passed: " + result.flight());
            }
        }
    }

    private CommandResult result(CampaignSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s: %d of %d flights passed%s",
                summary.outcome(),
                summary.name(),
                summary.passed(),
                summary.flights(),
                rate(summary)));
        for (CriterionSpread spread : summary.criteria()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s: margin at least %s, median %s %s, missed by %d, not measured in %d",
                    spread.name(),
                    number(spread.least()),
                    number(spread.median()),
                    spread.unit(),
                    spread.missed(),
                    spread.notMeasured()));
        }
        for (WorstFlight worst :
                summary.worst().subList(0, Math.min(3, summary.worst().size()))) {
            lines.add(String.format(
                    Locale.ROOT,
                    "worst: flight %d, %s, %s %s %s; fly it again with kryla sim campaign --campaign %s --flight %d --out DIR",
                    worst.flight(),
                    worst.outcome(),
                    worst.criterion(),
                    number(worst.margin()),
                    worst.unit(),
                    campaign,
                    worst.flight()));
        }
        Map<String, Object> details = details(summary);
        if (summary.outcome() == Outcome.PASS) {
            return CommandResult.pass(lines, RigCampaign.filesIn(out), details);
        }
        List<Finding> findings = List.of(new Finding(
                "CAMPAIGN_" + summary.outcome(),
                out.resolve("campaign.json").toString(),
                "outcome",
                "look at " + out.resolve("campaign.html")));
        return summary.outcome() == Outcome.FAIL
                ? CommandResult.failed(lines, findings, RigCampaign.filesIn(out), details)
                : CommandResult.error(lines, findings, RigCampaign.filesIn(out), details);
    }

    private static Map<String, Object> details(CampaignSummary summary) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("outcome", summary.outcome().name());
        details.put("flights", summary.flights());
        details.put("passed", summary.passed());
        details.put("failed", summary.failed());
        details.put("errors", summary.errors());
        if (summary.passRate() != null) {
            details.put("pass_rate", summary.passRate());
            details.put("pass_rate_low", summary.passRateLow());
            details.put("pass_rate_high", summary.passRateHigh());
        }
        return details;
    }

    private static String rate(CampaignSummary summary) {
        BigDecimal rate = summary.passRate();
        BigDecimal low = summary.passRateLow();
        BigDecimal high = summary.passRateHigh();
        return rate == null || low == null || high == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%.1f %%; 95 %% interval %.1f to %.1f %%; %.1f %% required)",
                        100 * rate.doubleValue(),
                        100 * low.doubleValue(),
                        100 * high.doubleValue(),
                        100 * summary.requiredPassRate().doubleValue());
    }

    private static String number(@Nullable BigDecimal value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }
}
