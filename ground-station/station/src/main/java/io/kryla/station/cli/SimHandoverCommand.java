package io.kryla.station.cli;

import io.kryla.hil.flight.PlanFolderFlight;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.PlanFolder;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.Verdict;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla sim handover}. */
@Command(
        name = "handover",
        description = "Fly every test of the standard handover, or the plans of a folder, in memory and unsigned.",
        mixinStandardHelpOptions = true)
final class SimHandoverCommand extends KrylaCommand {
    @Option(names = "--plans", paramLabel = "DIR", description = "Folder of plans (default: the standard handover).")
    private @Nullable Path plans;

    @Option(names = "--vehicle", paramLabel = "FILE", description = "Another vehicle than the plans name, YAML.")
    private @Nullable Path vehicle;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance in the flights (default: 1).")
    private long seed = 1;

    @Override
    CommandResult run(FrontDoor door) {
        Path folder = plans;
        PlanFolder read = folder == null ? PlanFolder.standard() : PlanFolder.read(folder);
        Optional<VehicleFile> other = Optional.ofNullable(vehicle).map(VehicleFile::read);
        door.progress().step("Flying " + read.plans().size() + " plans");
        long begun = door.monotonicNanos().getAsLong();
        Map<String, Verdict> verdicts = new PlanFolderFlight(
                        read,
                        plan -> other.orElseGet(() -> vehicleOf(plan, folder)),
                        seed,
                        Optional.empty(),
                        BuildVersion.simulatorBuild())
                .fly(Runtime.getRuntime().availableProcessors(), (file, verdict) -> {});
        return result(verdicts, (door.monotonicNanos().getAsLong() - begun) / 1e9);
    }

    private static VehicleFile vehicleOf(Map.Entry<String, AcceptancePlan> plan, @Nullable Path folder) {
        return folder == null
                ? VehicleFile.shipped(plan.getValue().vehicle())
                : VehicleFile.of(plan.getValue(), folder.resolve(plan.getKey()));
    }

    private static CommandResult result(Map<String, Verdict> verdicts, double seconds) {
        List<String> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Map<String, Object> outcomes = new LinkedHashMap<>();
        verdicts.forEach((file, verdict) -> {
            lines.add(String.format(Locale.ROOT, "%-5s %s", verdict.outcome(), verdict.planName()));
            outcomes.put(file, verdict.outcome().name());
            if (verdict.outcome() != Outcome.PASS) {
                findings.add(new Finding(
                        "ACCEPTANCE_" + verdict.outcome(),
                        file,
                        String.join("; ", PlanFolderFlight.failings(verdict)),
                        "fly it alone with kryla sim plan and look at its report"));
            }
        });
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d tests passed in %.1f s",
                verdicts.size() - findings.size(),
                verdicts.size(),
                seconds));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("outcomes", outcomes);
        details.put("seconds", seconds);
        return findings.isEmpty()
                ? CommandResult.pass(lines, List.of(), details)
                : CommandResult.failed(lines, findings, List.of(), details);
    }
}
