package io.kryla.station.folder;

import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The keys of a bench folder: encrypted files, all opened by one passphrase that lies beside them (mode 0600).
 *
 * <p>Good for a bench and a demonstration, not for a line: whoever can read the private folder has every key in it.
 */
public final class BenchKeys {
    private final char[] passphrase;
    private final SecureRandom random;

    private BenchKeys(char[] passphrase, SecureRandom random) {
        this.passphrase = passphrase;
        this.random = random;
    }

    /** The keys of a folder; a new folder gets its passphrase here. */
    public static BenchKeys of(PrivateFolder folder, SecureRandom random) {
        return new BenchKeys(SecretFile.readOrChoose(folder.passphrase(), random), random);
    }

    /** Makes a key where it will be used from, and returns it. */
    public SoftwareSigner make(Path file, SignatureAlgorithm algorithm) {
        SoftwareSigner signer = SoftwareSigner.generate(algorithm, random);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EncryptedKeyFile.writeUnderRandomSecret(file, signer, passphrase.clone());
        return signer;
    }

    public SoftwareSigner read(Path file) {
        return EncryptedKeyFile.read(file, passphrase.clone());
    }
}
