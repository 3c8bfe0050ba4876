package io.kryla.station.bench;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.keys.KrylaException;
import io.kryla.station.folder.DocumentFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What is burnt into a board before it comes to the line.
 *
 * @param designOid the design it is built to
 * @param hardwareId unique to its silicon, hexadecimal
 * @param vehicle shipped vehicle that it flies
 * @param seed of its own sensors' imperfections
 */
record BoardFile(String designOid, String hardwareId, String vehicle, long seed) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    static Path in(Path folder) {
        return folder.resolve("board.json");
    }

    static BoardFile read(Path folder) {
        byte[] bytes = DocumentFiles.read(in(folder));
        try {
            return JSON.readValue(bytes, BoardFile.class);
        } catch (JacksonException e) {
            throw new KrylaException(
                    "BOARD_CORRUPT",
                    "the board's file " + in(folder) + " cannot be decoded; make the unit anew",
                    false,
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path folder) {
        try {
            DocumentFiles.write(
                    in(folder), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (JacksonException e) {
            throw new IllegalStateException("a record of strings and numbers has a JSON form", e);
        }
    }
}
