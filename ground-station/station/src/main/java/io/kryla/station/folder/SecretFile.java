package io.kryla.station.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random passphrase in a file that only its owner can read. */
public final class SecretFile {
    private static final int BYTES = 32;

    private SecretFile() {}

    /** Chooses a passphrase on the first call, gives the same one on every later. */
    public static char[] readOrChoose(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                choose(file, random);
            }
            return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void choose(Path file, SecureRandom random) throws IOException {
        byte[] chosen = new byte[BYTES];
        random.nextBytes(chosen);
        Path temporary = Files.createTempFile(
                file.getParent(),
                "." + file.getFileName(),
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, HexFormat.of().formatHex(chosen), StandardCharsets.US_ASCII);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
