package io.kryla.station.cli;

import io.kryla.hil.verdict.Outcome;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a flight on a rig of its own ended. */
final class FlownResult {
    private FlownResult() {}

    /**
     * @param out the folder of the results
     * @param lines that follow the first
     * @param details that follow those of every flight
     */
    static CommandResult of(FlownFlight flown, Path out, List<String> lines, Map<String, Object> details) {
        Outcome outcome = flown.verdict().outcome();
        List<String> all = new ArrayList<>();
        all.add(String.format(
                Locale.ROOT,
                "%s: %s, %.1f s of flight in %.1f s",
                outcome,
                flown.verdict().planName(),
                flown.flightNanos() / 1e9,
                flown.wallNanos() / 1e9));
        all.addAll(lines);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("outcome", outcome.name());
        more.put("flight_seconds", flown.flightNanos() / 1e9);
        more.putAll(details);
        List<Path> files = List.of(
                out.resolve("report.html"),
                out.resolve("report.pdf"),
                out.resolve("verdict.json"),
                out.resolve("verdict.junit.xml"));
        if (outcome == Outcome.PASS) {
            return CommandResult.pass(all, files, more);
        }
        List<Finding> findings = List.of(new Finding(
                "ACCEPTANCE_" + outcome,
                out.resolve("verdict.json").toString(),
                "verdict",
                "look at " + out.resolve("report.html")));
        return outcome == Outcome.FAIL
                ? CommandResult.failed(all, findings, files, more)
                : CommandResult.error(all, findings, files, more);
    }
}
