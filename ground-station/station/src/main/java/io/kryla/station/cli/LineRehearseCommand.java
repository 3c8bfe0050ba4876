package io.kryla.station.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.trial.Rehearsal;
import io.kryla.station.trial.TrialException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line rehearse}. */
@Command(
        name = "rehearse",
        description = {
            "Found a licensor and a line whose keys lie in tokens, and let two stations provision more airframes than the"
                    + " license allows, by the commands that people use; then audit it.",
            "Needs SoftHSM (package softhsm2)."
        },
        mixinStandardHelpOptions = true)
final class LineRehearseCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the rehearsal (default: kryla-rehearsal).")
    private Path folder = Path.of("kryla-rehearsal");

    @Option(names = "--replace", description = "Replace an earlier rehearsal in the folder.")
    private boolean replace;

    @Option(names = "--units", paramLabel = "N", description = "Airframes that are plugged in (default: 20).")
    private int units = 20;

    @Option(names = "--quota", paramLabel = "N", description = "Births that the license allows (default: 18).")
    private int quota = 18;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of how the airframes fall to the two stations (default: 1).")
    private long seed = 1;

    @Override
    CommandResult run(FrontDoor door) {
        require("--units", units, 2, Rehearsal.MOST_UNITS);
        require("--quota", quota, 1, 1_000_000);
        Rehearsal.Report report = new Rehearsal(folder, replace, units, quota, seed)
                .run(new OwnProgram(), door.wallClock(), door.random(), door.progress());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("granted", report.granted());
        details.put("refused", report.refused());
        details.put("duplicates", report.duplicates());
        details.put("lost", report.lost());
        details.put("units", units);
        details.put("quota", quota);
        details.put("seed", seed);
        List<String> lines = List.of(
                report.granted() + " born, " + report.refused() + " refused, " + report.duplicates() + " duplicates, "
                        + report.lost() + " lost; " + (report.findings().isEmpty() ? "the audit agrees" : "FAILED"),
                "two stations, a license for " + quota + " of " + units + " airframes (seed " + seed + ")");
        List<Path> files = List.of(folder.resolve("audit.json"));
        return report.findings().isEmpty()
                ? CommandResult.pass(lines, files, details)
                : CommandResult.failed(lines, report.findings(), files, details);
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailure.usage(
                    "USAGE", least + " to " + most + " expected, got " + value, option, "choose another number");
        }
    }

    private static final class OwnProgram implements Rehearsal.Program {
        @Override
        public JsonNode run(List<String> arguments) {
            StringWriter out = new StringWriter();
            Kryla.run(new PrintWriter(out), new PrintWriter(new StringWriter()), arguments.toArray(String[]::new));
            try {
                return new ObjectMapper().readTree(out.toString());
            } catch (JsonProcessingException e) {
                throw new TrialException("kryla " + String.join(" ", arguments) + " printed no result");
            }
        }

        @Override
        public List<String> command(List<String> arguments) {
            return OwnProcess.command(arguments);
        }
    }
}
