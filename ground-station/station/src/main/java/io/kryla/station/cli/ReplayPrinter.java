package io.kryla.station.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.ground.record.SampleFields;
import io.kryla.station.outcome.CommandResult;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints a replay while it goes on: lines for a person, every state once a second of flight; or one JSON object whose
 * member {@code samples} grows a line a sample, and whose other members follow at the end. Memory does not grow with either.
 */
final class ReplayPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPENING = "{\"samples\":[\n";

    private @Nullable PrintWriter out;
    private @Nullable AttestedText text;
    private String command = "";
    private boolean json;
    private boolean first = true;

    void begin(PrintWriter to, String name, boolean asJson) {
        out = to;
        command = name;
        json = asJson;
    }

    /** On the replay's delivery thread, one record at a time. */
    void print(AttestedRecord record) {
        PrintWriter to = writer();
        if (json) {
            for (Sample sample : record.record().getSamplesList()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("leaf_index", record.leafIndex());
                line.putAll(SampleFields.of(sample));
                to.print(first ? OPENING : ",\n");
                to.print(json(line));
                first = false;
            }
        } else {
            if (text == null) {
                text = new AttestedText(record.checkpoint().origin().serial());
            }
            text.linesOf(record.record()).forEach(to::println);
        }
        to.flush();
    }

    void end(CommandResult result) {
        PrintWriter to = writer();
        if (json) {
            String rest = json(ResultPrinter.members(command, result));
            to.println((first ? OPENING : "") + "\n]," + rest.substring(1));
            to.flush();
        } else {
            new ResultPrinter(to, false).print(command, result);
        }
    }

    private PrintWriter writer() {
        if (out == null) {
            throw new IllegalStateException("begin comes first");
        }
        return out;
    }

    private static String json(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
