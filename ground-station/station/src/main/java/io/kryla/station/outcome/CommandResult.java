package io.kryla.station.outcome;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command has to say, once: to a person as {@link #lines()}, to a program as one JSON object.
 *
 * @param status the exit status
 * @param code {@code OK}, or the stable code of the first thing that is wrong
 * @param lines for a person, in order
 * @param findings everything that is wrong
 * @param files what was written, or what to look at next
 * @param details further members of the JSON object, in order: strings, numbers, booleans, lists, maps
 */
public record CommandResult(
        ExitStatus status,
        String code,
        List<String> lines,
        List<Finding> findings,
        List<Path> files,
        Map<String, Object> details) {

    public CommandResult {
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
        files = List.copyOf(files);
        details = new LinkedHashMap<>(details);
    }

    public static CommandResult pass(List<String> lines, List<Path> files, Map<String, Object> details) {
        return new CommandResult(ExitStatus.PASS, "OK", lines, List.of(), files, details);
    }

    /** The rig or its environment failed, and there is something to look at: the first finding gives the code. */
    public static CommandResult error(
            List<String> lines, List<Finding> findings, List<Path> files, Map<String, Object> details) {
        CommandResult failed = failed(lines, findings, files, details);
        return new CommandResult(ExitStatus.ERROR, failed.code(), lines, findings, files, details);
    }

    /** A failed verification or a refusal: the first finding gives the code. */
    public static CommandResult failed(
            List<String> lines, List<Finding> findings, List<Path> files, Map<String, Object> details) {
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("findings: a failure needs at least one finding");
        }
        return new CommandResult(ExitStatus.FAILED, findings.get(0).code(), lines, findings, files, details);
    }
}
