package io.kryla.station.rig;

import io.kryla.hil.campaign.CampaignRun;
import io.kryla.hil.campaign.CampaignSummary;
import io.kryla.hil.campaign.FlightResult;
import io.kryla.hil.report.CampaignReport;
import io.kryla.hil.scenario.Campaign;
import io.kryla.hil.scenario.CampaignFlight;
import io.kryla.station.flight.FlightOrder;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A campaign in a folder: its results, which a run that was killed goes on with, its summary and its page. One of its flights
 * can be flown again with everything that {@link RigFlight} records.
 *
 * @param campaign what is flown
 * @param simulatorBuild goes into results and verdicts
 */
public record RigCampaign(Campaign campaign, String simulatorBuild) {
    private static final String RESULTS = "results.jsonl";
    private static final String SUMMARY = "campaign.json";
    private static final String REPORT = "campaign.html";
    private static final Set<String> FILES = Set.of(RESULTS, SUMMARY, REPORT);

    /**
     * Flies what the folder's results still lack, and sums up.
     *
     * @param out absent, empty, or an earlier run's
     * @param replace drop the earlier run's results instead of going on with them
     * @throws CommandFailure FOLDER_NOT_EMPTY
     * @throws io.kryla.hil.campaign.CampaignException CAMPAIGN_CHANGED and others
     */
    public CampaignSummary fly(Path out, boolean replace, int threads, CampaignRun.Listener listener)
            throws InterruptedException {
        prepare(out, replace);
        List<FlightResult> results =
                new CampaignRun(campaign, simulatorBuild, threads).run(out.resolve(RESULTS), listener);
        CampaignSummary summary = CampaignSummary.of(campaign, simulatorBuild, results);
        DocumentFiles.write(out.resolve(SUMMARY).toAbsolutePath(), summary.encode());
        DocumentFiles.write(out.resolve(REPORT).toAbsolutePath(), CampaignReport.render(summary, results));
        return summary;
    }

    private static void prepare(Path out, boolean replace) {
        try {
            Files.createDirectories(out);
            try (Stream<Path> entries = Files.list(out)) {
                for (Path entry : entries.toList()) {
                    if (!FILES.contains(entry.getFileName().toString())) {
                        throw CommandFailure.usage(
                                "FOLDER_NOT_EMPTY",
                                "it holds something else: " + entry.getFileName(),
                                out.toString(),
                                "choose another folder; nothing was touched");
                    }
                }
            }
            if (replace) {
                for (String file : FILES) {
                    Files.deleteIfExists(out.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written, for a person to look at. */
    public static List<Path> filesIn(Path out) {
        return List.of(out.resolve(REPORT), out.resolve(SUMMARY), out.resolve(RESULTS));
    }

    /** One flight of the campaign with session, recordings, verdict and report. */
    public RigFlight flight(int index, Path out, boolean replace) {
        CampaignFlight flight = campaign.flight(index);
        return new RigFlight(
                new FlightOrder(flight.plan(), flight.vehicle(), flight.seed(), simulatorBuild),
                flight.planText(),
                out,
                replace);
    }
}
