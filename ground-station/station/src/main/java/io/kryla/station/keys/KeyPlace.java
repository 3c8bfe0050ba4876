package io.kryla.station.keys;

import io.kryla.factory.token.Pkcs11Token;
import io.kryla.factory.token.TokenKeyAddress;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Where one private key lies. */
public sealed interface KeyPlace {
    /** Makes a new key there and opens it. */
    OpenKey make(SignatureAlgorithm algorithm, char[] pin, SecureRandom random);

    /** Opens the key that lies there. */
    OpenKey open(char[] pin);

    /** Whether the key can be copied by whoever reads a file and guesses a PIN. */
    boolean isFile();

    /**
     * What a person wrote: a PKCS#11 URI (RFC 7512) that names a token, or the path of a file.
     *
     * @param nameInToken the key's name where the URI has no {@code object}
     * @throws io.kryla.factory.token.TokenException TOKEN_ADDRESS
     */
    static KeyPlace parse(String text, String nameInToken) {
        return text.startsWith("pkcs11:")
                ? new InToken(TokenKeyAddress.parse(text, nameInToken))
                : new InFile(Path.of(text));
    }

    /** An encrypted PKCS#8 file under a PIN. */
    record InFile(Path file) implements KeyPlace {
        /** @throws CommandFailure FILE_EXISTS: a key is never replaced */
        @Override
        public OpenKey make(SignatureAlgorithm algorithm, char[] pin, SecureRandom random) {
            if (Files.exists(file)) {
                throw CommandFailure.usage(
                        "FILE_EXISTS",
                        "already there",
                        file.toString(),
                        "choose another path; a key is never replaced");
            }
            SoftwareSigner signer = SoftwareSigner.generate(algorithm, random);
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            EncryptedKeyFile.write(file, signer, pin);
            return new OpenKey(signer, () -> {});
        }

        @Override
        public OpenKey open(char[] pin) {
            if (!Files.exists(file)) {
                throw CommandFailure.usage("FILE_MISSING", "no such file", file.toString(), "check the path");
            }
            return new OpenKey(EncryptedKeyFile.read(file, pin), () -> {});
        }

        @Override
        public boolean isFile() {
            return true;
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A key in a PKCS#11 token, which never leaves it. */
    record InToken(TokenKeyAddress address) implements KeyPlace {
        @Override
        public OpenKey make(SignatureAlgorithm algorithm, char[] pin, SecureRandom random) {
            Pkcs11Token token = Pkcs11Token.open(address.token(), pin);
            try {
                return new OpenKey(token.make(address.key(), algorithm), token::close);
            } catch (RuntimeException e) {
                token.close();
                throw e;
            }
        }

        @Override
        public OpenKey open(char[] pin) {
            Pkcs11Token token = Pkcs11Token.open(address.token(), pin);
            try {
                return new OpenKey(token.key(address.key()), token::close);
            } catch (RuntimeException e) {
                token.close();
                throw e;
            }
        }

        @Override
        public boolean isFile() {
            return false;
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }
}
