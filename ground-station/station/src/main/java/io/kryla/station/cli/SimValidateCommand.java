package io.kryla.station.cli;

import io.kryla.hil.closedform.ClosedFormCheck;
import io.kryla.hil.validation.Validation;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla sim validate}. */
@Command(
        name = "validate",
        description = {
            "Hold the simulator against closed forms and published tables.",
            "Prints each value beside what is expected. Page: docs/validation.md."
        },
        mixinStandardHelpOptions = true)
final class SimValidateCommand extends KrylaCommand {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the page there, as Markdown.")
    private @Nullable Path out;

    @Override
    CommandResult run(FrontDoor door) {
        Validation validation = Validation.run();
        List<Path> files = List.of();
        if (out != null) {
            DocumentFiles.write(out.toAbsolutePath(), validation.page().getBytes(StandardCharsets.UTF_8));
            files = List.of(out);
        }
        List<Finding> findings = validation.checks().stream()
                .filter(check -> !check.holds())
                .map(check -> new Finding(
                        "VALIDATION_FAILED",
                        "",
                        check.subject() + ": " + check.quantity(),
                        "expected " + check.expected() + " " + check.unit() + " within " + check.tolerance()
                                + ", found " + check.measured()))
                .toList();
        List<String> lines = out != null ? List.of() : validation.page().lines().toList();
        Map<String, Object> details = Map.of(
                "checks",
                validation.checks().stream().map(SimValidateCommand::json).toList());
        return findings.isEmpty()
                ? CommandResult.pass(lines, files, details)
                : CommandResult.failed(lines, findings, files, details);
    }

    private static Map<String, Object> json(ClosedFormCheck check) {
        return Map.of(
                "subject", check.subject(),
                "quantity", check.quantity(),
                "unit", check.unit(),
                "expected", check.expected(),
                "measured", check.measured(),
                "tolerance", check.tolerance(),
                "holds", check.holds(),
                "source", check.source());
    }
}
