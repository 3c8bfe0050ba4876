package io.kryla.station.cli;

import io.kryla.station.demo.Demo;
import io.kryla.station.demo.DemoOrder;
import io.kryla.station.demo.DemoReport;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla demo}. */
@Command(
        name = "demo",
        description = "From an airframe's birth to its handover, on two lines, and the audit of all of it.",
        mixinStandardHelpOptions = true)
final class DemoCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the demo; keys lie in DIR.private.")
    private Path folder = Path.of("kryla-demo");

    @Option(names = "--replace", description = "Replace a finished demo in the folder.")
    private boolean replace;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of sensors and flights (default: 1).")
    private long seed = 1;

    @Option(names = "--plan", paramLabel = "FILE", description = "Acceptance plan to fly (default: the shipped one).")
    private @Nullable Path plan;

    @Override
    CommandResult run(FrontDoor door) {
        DemoOrder order =
                new DemoOrder(folder, replace, seed, Optional.ofNullable(plan), BuildVersion.simulatorBuild());
        DemoReport report =
                new Demo(order, door.wallClock(), door.monotonicNanos(), door.random(), door.progress()).run();
        return result(report);
    }

    private static CommandResult result(DemoReport report) {
        List<String> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (DemoReport.DemoUnit unit : report.units()) {
            lines.add(unit.serial() + " of " + unit.line() + ": "
                    + unit.flight().verdict().outcome()
                    + (unit.flight().accepted() ? ", accepted, handed over" : ", not accepted"));
            if (!unit.flight().accepted()) {
                findings.add(new Finding(
                        "ACCEPTANCE_" + unit.flight().verdict().outcome(),
                        "flights/" + unit.serial() + "/verdict.json",
                        "attempt " + unit.flight().attempt(),
                        "the unit did not pass its acceptance flight"));
            }
        }
        lines.add("Look at " + report.folder().resolve("flights") + "/*/report.html; audit with: kryla audit "
                + report.folder());
        Map<String, Object> details = Map.of(
                "units",
                report.units().stream().map(DemoReport.DemoUnit::serial).toList());
        List<Path> files = List.of(report.folder());
        return findings.isEmpty()
                ? CommandResult.pass(lines, files, details)
                : CommandResult.failed(lines, findings, files, details);
    }
}
