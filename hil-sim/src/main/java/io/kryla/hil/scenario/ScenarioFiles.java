package io.kryla.hil.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bounded reading of the files that people write. */
public final class ScenarioFiles {
    private ScenarioFiles() {}

    /** The bytes of a regular file, one more than a document may have at most. */
    public static byte[] read(Path file, String codePrefix) {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(codePrefix, file, "is a folder");
            }
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(YamlDocument.MAX_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            throw unreadable(codePrefix, file, "does not exist");
        } catch (IOException e) {
            throw unreadable(codePrefix, file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static ScenarioException unreadable(String codePrefix, Path file, String why) {
        return new ScenarioException(
                codePrefix + "_UNREADABLE", file + " " + why + "; name a YAML file that you may read");
    }
}
