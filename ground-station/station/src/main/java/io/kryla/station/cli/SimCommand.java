package io.kryla.station.cli;

import io.kryla.hil.verdict.Outcome;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.station.rig.RigFlight;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla sim}. */
@Command(
        name = "sim",
        description = "The simulator by itself.",
        mixinStandardHelpOptions = true,
        subcommands = {SimCommand.PlanCommand.class, SimHandoverCommand.class, SimDefectsCommand.class})
final class SimCommand extends CommandGroup {

    /** {@code kryla sim plan}. */
    @Command(
            name = "plan",
            description = "Fly an acceptance plan on a rig of its own: session, signed telemetry, verdict, report.",
            mixinStandardHelpOptions = true)
    static final class PlanCommand extends KrylaCommand {
        @Option(names = "--plan", required = true, paramLabel = "FILE", description = "Acceptance plan, YAML.")
        @SuppressWarnings("NullAway.Init") // required
        private Path plan;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
        @SuppressWarnings("NullAway.Init") // required
        private Path out;

        @Option(names = "--vehicle", paramLabel = "FILE", description = "Another vehicle than the plan names, YAML.")
        private @Nullable Path vehicle;

        @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance in the flight (default: 1).")
        private long seed = 1;

        @Option(names = "--replace", description = "Replace an earlier result in the folder.")
        private boolean replace;

        @Override
        CommandResult run(FrontDoor door) {
            FlownFlight flown = new RigFlight(
                            plan, Optional.ofNullable(vehicle), seed, BuildVersion.simulatorBuild(), out, replace)
                    .fly(door.wallClock(), door.monotonicNanos(), door.random(), door.progress());
            Outcome outcome = flown.verdict().outcome();
            List<String> lines = List.of(String.format(
                    Locale.ROOT,
                    "%s: %s, %.1f s of flight in %.1f s",
                    outcome,
                    flown.verdict().planName(),
                    flown.flightNanos() / 1e9,
                    flown.wallNanos() / 1e9));
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("outcome", outcome.name());
            details.put("flight_seconds", flown.flightNanos() / 1e9);
            List<Path> files = List.of(out.resolve("report.html"), out.resolve("verdict.json"));
            return outcome == Outcome.PASS
                    ? CommandResult.pass(lines, files, details)
                    : CommandResult.failed(
                            lines,
                            List.of(new Finding(
                                    "ACCEPTANCE_" + outcome,
                                    out.resolve("verdict.json").toString(),
                                    "verdict",
                                    "look at " + out.resolve("report.html"))),
                            files,
                            details);
        }
    }
}
