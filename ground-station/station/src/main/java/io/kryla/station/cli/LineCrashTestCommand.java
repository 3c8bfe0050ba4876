package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.trial.CrashTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line crash-test}. */
@Command(
        name = "crash-test",
        description =
                "Kill a line's service and cut its airframes' power at every step boundary and at random moments, plug "
                        + "everything in again, and count what is there.",
        mixinStandardHelpOptions = true)
final class LineCrashTestCommand extends KrylaCommand {
    private static final int MOST = 100_000;

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the test (default: kryla-crash-test).")
    private Path folder = Path.of("kryla-crash-test");

    @Option(names = "--replace", description = "Replace an earlier test in the folder.")
    private boolean replace;

    @Option(names = "--repeats", paramLabel = "N", description = "Times that each boundary is met (default: 3).")
    private int repeats = 3;

    @Option(names = "--random", paramLabel = "N", description = "Kills at random moments (default: 50).")
    private int randomKills = 50;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random moments (default: 1).")
    private long seed = 1;

    @Override
    CommandResult run(FrontDoor door) {
        require("--repeats", repeats, 1);
        require("--random", randomKills, 0);
        CrashTest.Report report = new CrashTest(folder, replace, repeats, randomKills, seed)
                .run(LineCrashTestCommand::service, door.wallClock(), door.random(), door.progress());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("granted", report.granted());
        details.put("refused", report.refused());
        details.put("duplicates", report.duplicates());
        details.put("lost", report.lost());
        details.put("service_kills", report.serviceKills());
        details.put("power_cuts", report.powerCuts());
        details.put("seed", seed);
        List<String> lines = List.of(
                report.granted() + " granted, " + report.refused() + " refused, " + report.duplicates()
                        + " duplicates, " + report.lost() + " lost",
                "service killed " + report.serviceKills() + " times, power of an airframe cut " + report.powerCuts()
                        + " times (seed " + seed + ")");
        return report.findings().isEmpty()
                ? CommandResult.pass(lines, List.of(folder), details)
                : CommandResult.failed(lines, report.findings(), List.of(folder), details);
    }

    private static void require(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw CommandFailure.usage(
                    "USAGE", least + " to " + MOST + " expected, got " + value, option, "choose another number");
        }
    }

    private static List<String> service(Path line, int dieAt) {
        return OwnProcess.command(
                List.of("line", "crash-service", "--dir", line.toString(), "--die-at", Integer.toString(dieAt)));
    }
}
