package io.kryla.station.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One run of a command in this process, with what it printed. */
record Cli(int exit, String out, String err) {

    static Cli run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exit = Kryla.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Cli(exit, out.toString(), err.toString());
    }

    /** What {@code --json} printed. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException("not one JSON object: " + out, e);
        }
    }

    /** The last line of standard error: progress goes before it. */
    String errorLine() {
        String[] lines = err.strip().split("\\R");
        return lines[lines.length - 1];
    }
}
