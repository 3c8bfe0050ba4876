package io.kryla.station.cli;

import io.kryla.hil.flight.MeasuredPacer;
import io.kryla.hil.flight.Pacer;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.rig.RigFlight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kryla sim plan}. */
@Command(
        name = "plan",
        description = "Fly an acceptance plan on a rig of its own: session, signed telemetry, verdict, report.",
        mixinStandardHelpOptions = true)
final class SimPlanCommand extends KrylaCommand {
    /** Who flies. */
    enum Autopilot {
        builtin
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before run()
    private CommandSpec spec;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Acceptance plan, YAML (default: the handover plan that is shipped).")
    private @Nullable Path plan;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--vehicle", paramLabel = "FILE", description = "Another vehicle than the plan names, YAML.")
    private @Nullable Path vehicle;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance in the flight (default: 1).")
    private long seed = 1;

    @Option(
            names = "--autopilot",
            paramLabel = "NAME",
            description = "Who flies: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Autopilot autopilot = Autopilot.builtin;

    @Option(
            names = "--pace",
            paramLabel = "TIMES",
            description = "Fly so many times as fast as real time, 1 for people and boards, and say how late each step"
                    + " was (default: as fast as it can).")
    private @Nullable Double pace;

    @Option(names = "--replace", description = "Replace an earlier result in the folder.")
    private boolean replace;

    @Override
    CommandResult run(FrontDoor door) {
        MeasuredPacer pacer = pacer(door);
        FlownFlight flown = RigFlight.of(
                        Optional.ofNullable(plan),
                        Optional.ofNullable(vehicle),
                        seed,
                        BuildVersion.simulatorBuild(),
                        out,
                        replace)
                .fly(
                        door.wallClock(),
                        door.monotonicNanos(),
                        door.random(),
                        door.progress(),
                        pacer == null ? Pacer.unpaced() : pacer);
        List<String> lines = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("autopilot", autopilot.name());
        if (pacer != null) {
            MeasuredPacer.Jitter jitter = pacer.jitter();
            lines.add(String.format(
                    Locale.ROOT,
                    "paced at %s x real time: %d steps of 4 ms, late by %.3f ms (median), %.3f ms (99th percentile), %.3f ms at most",
                    jitter.timesRealTime(),
                    jitter.waits(),
                    jitter.medianNanos() / 1e6,
                    jitter.p99Nanos() / 1e6,
                    jitter.greatestNanos() / 1e6));
            details.put(
                    "pace",
                    Map.of(
                            "times_real_time",
                            jitter.timesRealTime(),
                            "steps",
                            jitter.waits(),
                            "late_median_nanos",
                            jitter.medianNanos(),
                            "late_p99_nanos",
                            jitter.p99Nanos(),
                            "late_greatest_nanos",
                            jitter.greatestNanos()));
        }
        return FlownResult.of(flown, out, lines, details);
    }

    private @Nullable MeasuredPacer pacer(FrontDoor door) {
        if (pace == null) {
            return null;
        }
        if (!(pace > 0 && pace <= 1_000)) {
            throw new ParameterException(spec.commandLine(), "--pace: above 0 and at most 1000 expected, got " + pace);
        }
        return new MeasuredPacer(pace, door.monotonicNanos(), LockSupport::parkNanos);
    }
}
