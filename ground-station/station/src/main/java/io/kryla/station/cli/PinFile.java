package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that a person keeps in a file of its own: its first line. */
final class PinFile {
    private static final int LONGEST = 1_024;

    private PinFile() {}

    /** @throws CommandFailure PIN_FILE: no such file, empty, or too long */
    static char[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            String line = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .orElse("");
            if (line.isEmpty() || bytes.length > LONGEST) {
                throw CommandFailure.usage(
                        "PIN_FILE", "one line with the secret expected", file.toString(), "write it into that file");
            }
            return line.toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
