package io.kryla.station.cli;

import io.kryla.factory.audit.AuditOrder;
import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.FolderAudit;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.station.demo.Demo;
import io.kryla.station.demo.DemoOrder;
import io.kryla.station.demo.DemoReport;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
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
        return result(report, audit(report.folder(), door));
    }

    /** From the root certificate and the folder's files alone, as the licensor would with a copy of the folder. */
    private static AuditText audit(Path folder, FrontDoor door) {
        door.progress().step("Offline audit from the root certificate");
        Path absolute = folder.toAbsolutePath().normalize();
        X509Certificate root = DocumentFiles.readCertificate(new PublicFolder(absolute).rootCertificate());
        AuditReport report = FolderAudit.audit(new AuditOrder(
                absolute, root, Optional.empty(), door.wallClock().instant()));
        return new AuditText(report, Certificates.sha256(root), false);
    }

    private static CommandResult result(DemoReport report, AuditText audit) {
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
        audit.report().findings().forEach(found -> findings.add(AuditCommand.finding(found)));
        lines.addAll(audit.summary());
        lines.add("Look at " + report.folder().resolve("flights") + "/*/report.html; audit again with: kryla audit "
                + report.folder());
        Map<String, Object> details = audit.details();
        details.put(
                "units",
                report.units().stream().map(DemoReport.DemoUnit::serial).toList());
        List<Path> files = List.of(report.folder());
        return findings.isEmpty()
                ? CommandResult.pass(lines, files, details)
                : CommandResult.failed(lines, findings, files, details);
    }
}
