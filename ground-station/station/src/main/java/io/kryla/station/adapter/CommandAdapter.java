package io.kryla.station.adapter;

import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One program of the bench. Its arguments reach it as they are, one by one: no shell reads them, so nothing in a serial or a
 * path can become a command. Safe for any thread.
 *
 * @param name for people, such as {@code flash}
 * @param arguments program first; {@code {word}} stands for a value that is given at each run
 * @param timeout after which it and its children are ended
 */
public record CommandAdapter(String name, List<String> arguments, Duration timeout) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
    private static final int MOST_OUTPUT_BYTES = 64 * 1024;
    private static final Duration DRAIN = Duration.ofSeconds(2);

    public CommandAdapter {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty() || arguments.get(0).isBlank()) {
            throw new IllegalArgumentException("arguments: a program and its arguments expected, got " + arguments);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: more than 0 expected, got " + timeout);
        }
    }

    /** Every placeholder in the arguments. */
    public List<String> placeholders() {
        return arguments.stream()
                .flatMap(argument -> PLACEHOLDER.matcher(argument).results().map(found -> found.group(1)))
                .distinct()
                .toList();
    }

    /**
     * Runs it and returns what it printed, at most 64 KiB of it.
     *
     * @param values of the placeholders
     * @throws CommandFailure ADAPTER_MISSING, ADAPTER_TIMEOUT, ADAPTER_FAILED (it said so by its exit status)
     */
    public byte[] run(Map<String, String> values) {
        List<String> filled =
                arguments.stream().map(argument -> fill(argument, values)).toList();
        Process process;
        try {
            process = new ProcessBuilder(filled).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw failure("ADAPTER_MISSING", "cannot be started: " + e.getMessage(), "check the program's path");
        }
        Output out = Output.of(process.getInputStream());
        Output err = Output.of(process.getErrorStream());
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw failure(
                        "ADAPTER_TIMEOUT",
                        "did not end within " + timeout.toSeconds() + " s and was ended",
                        "look at the device, or give it more time");
            }
            out.join();
            err.join();
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw failure("ADAPTER_TIMEOUT", "was interrupted", "run it again");
        }
        int exit = process.exitValue();
        if (exit != 0) {
            String said = err.lastLine();
            throw failure(
                    "ADAPTER_FAILED",
                    "ended with status " + exit + (said.isEmpty() ? "" : ": " + said),
                    "see what the program says");
        }
        return out.bytes();
    }

    private static String fill(String argument, Map<String, String> values) {
        return PLACEHOLDER.matcher(argument).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("values: no value for {" + found.group(1) + "}");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Ends it and what it started, and returns when they are gone: another run must not find the device taken. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private CommandFailure failure(String code, String what, String remedy) {
        return new CommandFailure(ExitStatus.ERROR, code, arguments.get(0) + " " + what, "adapter " + name, remedy);
    }

    /** Reads a stream to its end, so that the program never waits for us; keeps the first part. */
    private static final class Output {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        private Output(InputStream stream) {
            this.thread = new Thread(() -> drain(stream), "kryla-adapter-output");
            thread.setDaemon(true);
        }

        static Output of(InputStream stream) {
            Output output = new Output(stream);
            output.thread.start();
            return output;
        }

        private void drain(InputStream stream) {
            byte[] buffer = new byte[8_192];
            try (stream) {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    synchronized (kept) {
                        kept.write(buffer, 0, Math.min(read, MOST_OUTPUT_BYTES - kept.size()));
                    }
                }
            } catch (IOException e) {
                // The program was ended: what it said until then is kept.
            }
        }

        void join() throws InterruptedException {
            thread.join(DRAIN.toMillis());
        }

        byte[] bytes() {
            synchronized (kept) {
                return kept.toByteArray();
            }
        }

        /** Printable, at most 200 characters. */
        String lastLine() {
            List<String> lines = new ArrayList<>(new String(bytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList());
            if (lines.isEmpty()) {
                return "";
            }
            String last = lines.get(lines.size() - 1).strip().replaceAll("\\p{Cntrl}", "?");
            return last.length() <= 200 ? last : last.substring(0, 200);
        }
    }
}
