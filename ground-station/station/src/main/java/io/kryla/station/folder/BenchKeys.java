package io.kryla.station.folder;

import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The keys of a bench folder: encrypted files, all opened by one passphrase that lies beside them (mode 0600).
 *
 * <p>Good for a bench and a demonstration, not for a line: whoever can read the private folder has every key in it.
 */
public final class BenchKeys {
    private static final int PASSPHRASE_BYTES = 32;

    private final char[] passphrase;
    private final SecureRandom random;

    private BenchKeys(char[] passphrase, SecureRandom random) {
        this.passphrase = passphrase;
        this.random = random;
    }

    /** Chooses a passphrase for a new folder and keeps it there. */
    public static BenchKeys create(PrivateFolder folder, SecureRandom random) {
        byte[] chosen = new byte[PASSPHRASE_BYTES];
        random.nextBytes(chosen);
        String text = HexFormat.of().formatHex(chosen);
        try {
            Files.createFile(
                    folder.passphrase(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(folder.passphrase(), text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BenchKeys(text.toCharArray(), random);
    }

    public static BenchKeys open(PrivateFolder folder, SecureRandom random) {
        try {
            String text = Files.readString(folder.passphrase(), StandardCharsets.UTF_8);
            return new BenchKeys(text.strip().toCharArray(), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key where it will be used from, and returns it. */
    public SoftwareSigner make(Path file, SignatureAlgorithm algorithm) {
        SoftwareSigner signer = SoftwareSigner.generate(algorithm, random);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EncryptedKeyFile.write(file, signer, passphrase.clone());
        return signer;
    }

    public SoftwareSigner read(Path file) {
        return EncryptedKeyFile.read(file, passphrase.clone());
    }

    /** For a component that keeps key files of its own, such as an airframe's secure element. */
    public char[] passphrase() {
        return passphrase.clone();
    }
}
