package io.kryla.station.folder;

import io.kryla.factory.token.Pkcs11Token;
import io.kryla.factory.token.TokenAddress;
import io.kryla.factory.token.TokenKeyAddress;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a folder: each an encrypted file, or a {@code .token} file that says where in a PKCS#11 token it lies.
 *
 * <p>The files of a line's folder are opened by one passphrase that lies beside them (mode 0600): good for a bench and a
 * demonstration, since whoever can read the private folder has every key in it. What lies in a token does not leave it, and is opened
 * by its PIN. Safe for any thread.
 */
public final class BenchKeys {
    private final char[] passphrase;
    private final boolean chosenByAPerson;
    private final Optional<char[]> tokenPin;
    private final SecureRandom random;
    private final Map<TokenAddress, Pkcs11Token> tokens = new HashMap<>();

    private BenchKeys(char[] passphrase, boolean chosenByAPerson, Optional<char[]> tokenPin, SecureRandom random) {
        this.passphrase = passphrase;
        this.chosenByAPerson = chosenByAPerson;
        this.tokenPin = tokenPin;
        this.random = random;
    }

    /** The keys of a folder; a new folder gets its passphrase here. */
    public static BenchKeys of(PrivateFolder folder, SecureRandom random) {
        return of(folder, Optional.empty(), random);
    }

    /** The same, some of them in a token that this PIN opens. */
    public static BenchKeys of(PrivateFolder folder, Optional<char[]> tokenPin, SecureRandom random) {
        return new BenchKeys(SecretFile.readOrChoose(folder.passphrase(), random), false, tokenPin, random);
    }

    /** Keys that a person's PIN opens, in files or in a token; nothing that opens them lies beside them. */
    public static BenchKeys underPin(char[] pin, SecureRandom random) {
        return new BenchKeys(pin.clone(), true, Optional.of(pin.clone()), random);
    }

    /** Makes a key where it will be used from, and returns it. */
    public SoftwareSigner make(Path file, SignatureAlgorithm algorithm) {
        SoftwareSigner signer = SoftwareSigner.generate(algorithm, random);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (chosenByAPerson) {
            EncryptedKeyFile.write(file, signer, passphrase.clone());
        } else {
            EncryptedKeyFile.writeUnderRandomSecret(file, signer, passphrase.clone());
        }
        return signer;
    }

    /**
     * Makes a key in a token, and the file that says so. A key of that name that an earlier, cut-off run made is taken.
     *
     * @param file where the key's encrypted file would be
     */
    public Signer makeIn(TokenAddress address, String name, Path file, SignatureAlgorithm algorithm) {
        Pkcs11Token token = token(address, file);
        Signer signer = token.find(name).orElseGet(() -> token.make(name, algorithm));
        DocumentFiles.write(
                pointer(file), new TokenKeyAddress(address, name).toString().getBytes(StandardCharsets.UTF_8));
        return signer;
    }

    /**
     * Opens a key.
     *
     * @throws CommandFailure PIN_NEEDED
     */
    public Signer read(Path file) {
        if (Files.exists(file) || !Files.exists(pointer(file))) {
            return EncryptedKeyFile.read(file, passphrase.clone());
        }
        TokenKeyAddress address = TokenKeyAddress.parse(
                new String(DocumentFiles.read(pointer(file)), StandardCharsets.UTF_8).strip(), "");
        return token(address.token(), file).key(address.key());
    }

    /** Whether the key is there, in a file or in a token. */
    public static boolean exists(Path file) {
        return Files.exists(file) || Files.exists(pointer(file));
    }

    /** Whether the key lies in a file, which can be copied. */
    public static boolean isFile(Path file) {
        return Files.exists(file);
    }

    private static Path pointer(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.key$", "") + ".token");
    }

    private Pkcs11Token token(TokenAddress address, Path file) {
        char[] pin = tokenPin.orElseThrow(() -> CommandFailure.usage(
                "PIN_NEEDED",
                "a key lies in a token, which its PIN opens",
                pointer(file).toString(),
                "give the token's PIN with --pin-file FILE, or --line-pin-file FILE beside a badge's"));
        synchronized (tokens) {
            return tokens.computeIfAbsent(address, absent -> Pkcs11Token.open(absent, pin));
        }
    }
}
