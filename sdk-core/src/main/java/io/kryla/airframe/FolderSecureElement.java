package io.kryla.airframe;

import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.KrylaException;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A secure element for airframes that have none, simulated ones above all: two encrypted key files in a folder, made on
 * first use. It protects the keys from whoever gets the folder without the passphrase, and from nobody else.
 */
public final class FolderSecureElement implements SecureElement {
    private final Path folder;
    private final char[] passphrase;
    private final SecureRandom random;
    private final KeyWriter writer;
    private Optional<SoftwareSigner> identityKey = Optional.empty();
    private Optional<SoftwareSigner> logKey = Optional.empty();

    /** Of {@link EncryptedKeyFile}. */
    @FunctionalInterface
    private interface KeyWriter {
        void write(Path file, SoftwareSigner signer, char[] passphrase);
    }

    private FolderSecureElement(Path folder, char[] passphrase, SecureRandom random, KeyWriter writer) {
        this.folder = folder;
        this.passphrase = passphrase.clone();
        this.random = random;
        this.writer = writer;
    }

    /** Creates the folder when it is absent. */
    public static FolderSecureElement in(Path folder, char[] passphrase, SecureRandom random) {
        create(folder);
        return new FolderSecureElement(folder, passphrase, random, EncryptedKeyFile::write);
    }

    /**
     * As {@link #in}, with keys that open at once: a flight that begins again in the air has no second to give away.
     *
     * @param randomSecret see {@link EncryptedKeyFile#writeUnderRandomSecret}
     */
    public static FolderSecureElement underRandomSecret(Path folder, char[] randomSecret, SecureRandom random) {
        create(folder);
        return new FolderSecureElement(folder, randomSecret, random, EncryptedKeyFile::writeUnderRandomSecret);
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED",
                    "cannot create " + folder + " for the airframe's keys: " + e.getMessage(),
                    false,
                    e);
        }
    }

    @Override
    public synchronized Signer identityKey() {
        identityKey = Optional.of(
                identityKey.orElseGet(() -> readOrMake("identity-key.pem", SignatureAlgorithm.ECDSA_P256_SHA256)));
        return identityKey.get();
    }

    @Override
    public synchronized Signer logKey() {
        logKey = Optional.of(logKey.orElseGet(() -> readOrMake("log-key.pem", SignatureAlgorithm.ED25519)));
        return logKey.get();
    }

    private SoftwareSigner readOrMake(String name, SignatureAlgorithm algorithm) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            writer.write(file, SoftwareSigner.generate(algorithm, random), passphrase);
        }
        return EncryptedKeyFile.read(file, passphrase);
    }
}
