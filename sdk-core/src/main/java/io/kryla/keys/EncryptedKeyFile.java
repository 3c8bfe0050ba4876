package io.kryla.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * A {@link SoftwareSigner} at rest: PEM "ENCRYPTED PRIVATE KEY", PKCS#8 PBES2 with AES-256 (RFC 5958, RFC 8018), as
 * {@code openssl pkey} reads it.
 *
 * <p>Error codes: {@code KEY_FILE_LOCKED} (wrong passphrase, or the file was altered), {@code KEY_FILE_MALFORMED},
 * {@code KEY_FILE_IO}.
 */
public final class EncryptedKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int LONGEST_FILE = 4096;
    private static final int SHORTEST_RANDOM_SECRET = 32;

    private EncryptedKeyFile() {}

    /**
     * Writes the key, readable by its owner alone, durable when this returns: after a crash the file holds either the
     * old key or the new one.
     */
    public static void write(Path file, SoftwareSigner signer, char[] passphrase) {
        write(file, signer, passphrase, Pbes2.ITERATIONS_FOR_PASSPHRASES);
    }

    /**
     * As {@link #write}, under a secret that a cryptographic random generator chose: opens at once, since there is nothing
     * to gain by making guesses slow.
     *
     * @param randomSecret at least 32 characters that stand for 128 bits of chance or more; never a person's passphrase
     */
    public static void writeUnderRandomSecret(Path file, SoftwareSigner signer, char[] randomSecret) {
        if (randomSecret.length < SHORTEST_RANDOM_SECRET) {
            throw new IllegalArgumentException("randomSecret: at least " + SHORTEST_RANDOM_SECRET
                    + " characters expected, got " + randomSecret.length);
        }
        write(file, signer, randomSecret, Pbes2.ITERATIONS_FOR_RANDOM_SECRETS);
    }

    private static void write(Path file, SoftwareSigner signer, char[] passphrase, int iterations) {
        byte[] secret = signer.pkcs8();
        try {
            byte[] pem = Pbes2.encrypt(secret, passphrase, iterations).getBytes(StandardCharsets.US_ASCII);
            replace(file.toAbsolutePath(), pem);
        } catch (IOException e) {
            throw new KrylaException("KEY_FILE_IO", "cannot write key file " + file + ": " + e, false, e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Reads the key back. */
    public static SoftwareSigner read(Path file, char[] passphrase) {
        byte[] secret = Pbes2.decrypt(content(file), passphrase, file.toString());
        try {
            return SoftwareSigner.fromPkcs8(secret).orElseThrow(() -> locked(file.toString()));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A wrong passphrase and an altered file cannot be told apart. */
    static KrylaException locked(String file) {
        return new KrylaException(
                "KEY_FILE_LOCKED",
                "key file " + file + " does not open with this passphrase; give the right one or restore the file",
                false);
    }

    private static String content(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(LONGEST_FILE + 1);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // fills the buffer or reaches the end
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new KrylaException("KEY_FILE_IO", "cannot read key file " + file + ": " + e, false, e);
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("not a file name");
        }
        Path fresh = Files.createTempFile(folder, ".key-", ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
