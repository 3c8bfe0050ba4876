package io.kryla.ground.record;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What an I/O error of the operating system means to whoever has to act; it has no codes of its own in Java. */
final class StorageFault {
    static final String FULL = "STORAGE_FULL";
    static final String READ_ONLY = "STORAGE_READ_ONLY";
    static final String FAILED = "STORAGE_FAILED";

    private StorageFault() {}

    static KrylaException writing(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("disk quota") || lower.contains("file too large")) {
            return new KrylaException(FULL, "no room for " + file + "; free space and record again", true, cause);
        }
        if (lower.contains("read-only file system")) {
            return new KrylaException(
                    READ_ONLY, "the file system of " + file + " is read-only; choose another folder", false, cause);
        }
        return new KrylaException(FAILED, "cannot write " + file + ": " + message + "; check the disk", true, cause);
    }
}
