package io.kryla.station.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link CommandResult}: lines for a person, or one JSON object for a program. */
final class ResultPrinter {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintWriter out;
    private final boolean json;

    ResultPrinter(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void print(String command, CommandResult result) {
        if (json) {
            out.println(toJson(command, result));
        } else {
            printText(result);
        }
        out.flush();
    }

    private void printText(CommandResult result) {
        result.lines().forEach(out::println);
        for (Finding finding : result.findings()) {
            String place = finding.file().isEmpty() ? "" : finding.file() + " ";
            out.println(finding.code() + ": " + place + finding.where() + ": " + finding.reason());
        }
    }

    /** The members of the JSON object, in order. */
    static Map<String, Object> members(String command, CommandResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", command);
        object.put("ok", result.status() == ExitStatus.PASS);
        object.put("code", result.code());
        object.put("findings", result.findings());
        object.put("files", result.files().stream().map(Path::toString).toList());
        object.putAll(result.details());
        return object;
    }

    private static String toJson(String command, CommandResult result) {
        try {
            return JSON.writeValueAsString(members(command, result));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details of " + command + " hold something JSON cannot express", e);
        }
    }

    /** The object that a command prints when it could not do its work at all. */
    static CommandResult ofFailure(CommandFailure failure) {
        return new CommandResult(failure.status(), failure.code(), List.of(), failure.findings(), List.of(), Map.of());
    }
}
