package io.kryla.station.keys;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** A PIN or passphrase in a file that its owner alone can read; one line, and nothing else. */
public final class PinFile {
    private static final int LONGEST = 256;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PinFile() {}

    /**
     * Reads it; the caller wipes the result.
     *
     * @throws CommandFailure FILE_MISSING, NOT_A_FILE, PIN_FILE_EXPOSED, PIN_FILE_MALFORMED
     */
    public static char[] read(Path file) {
        if (!Files.exists(file)) {
            throw CommandFailure.usage("FILE_MISSING", "no such file", file.toString(), "check the path");
        }
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(
                    "NOT_A_FILE", "is a folder, a file is needed", file.toString(), "check the path");
        }
        byte[] content = new byte[0];
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file, new LinkOption[0]))) {
                throw CommandFailure.usage(
                        "PIN_FILE_EXPOSED",
                        "others than its owner can read or change it",
                        file.toString(),
                        "change the PIN if others may know it, then: chmod 600 " + file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(LONGEST + 1);
            }
            return pin(content, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static char[] pin(byte[] content, Path file) {
        int end = content.length;
        while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
            end--;
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, end));
            char[] pin = new char[decoded.remaining()];
            decoded.get(pin);
            Arrays.fill(decoded.array(), '\0');
            for (char each : pin) {
                if (Character.isISOControl(each)) {
                    Arrays.fill(pin, '\0');
                    throw malformed(file);
                }
            }
            if (pin.length == 0 || content.length > LONGEST) {
                throw malformed(file);
            }
            return pin;
        } catch (CharacterCodingException e) {
            throw malformed(file);
        }
    }

    private static CommandFailure malformed(Path file) {
        return CommandFailure.usage(
                "PIN_FILE_MALFORMED",
                "one line of up to " + LONGEST + " bytes of text expected",
                file.toString(),
                "write the PIN into it and nothing else");
    }
}
