package io.kryla.station.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kryla line serve} as an operator starts it: where it listens it says on standard error. */
final class LineProcess implements AutoCloseable {
    private static final Pattern SERVES = Pattern.compile("serves at (\\S+:\\d+);");
    private static final long END_SECONDS = 60;

    private final Process process;
    private final String address;
    private final Thread rest;

    private LineProcess(Process process, String address, Thread rest) {
        this.process = process;
        this.address = address;
        this.rest = rest;
    }

    /** @param log where what it says goes */
    static LineProcess start(ProcessBuilder command, Path log) {
        try {
            Process process = command.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            String last = "it said nothing";
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                append(log, line);
                last = line;
                Matcher serves = SERVES.matcher(line);
                if (serves.find()) {
                    Thread rest = new Thread(() -> said.lines().forEach(more -> append(log, more)), "line-process");
                    rest.setDaemon(true);
                    rest.start();
                    return new LineProcess(process, serves.group(1), rest);
                }
            }
            throw new TrialException("the line's service did not start: " + last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path log, String line) {
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** HOST:PORT. */
    String address() {
        return address;
    }

    /** As at Ctrl-C; returns when everything is published. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new TrialException("the line's service did not end within " + END_SECONDS + " s");
            }
            rest.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrialException("interrupted while the line's service ended");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
