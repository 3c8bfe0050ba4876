package io.kryla.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncryptedKeyFileTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void readsBackTheKeyItWrote(SignatureAlgorithm algorithm) throws IOException {
        SoftwareSigner signer = SoftwareSigner.generate(algorithm, new SecureRandom());
        Path file = folder.resolve("key.pem");
        EncryptedKeyFile.write(file, signer, "pässword".toCharArray());
        SoftwareSigner read = EncryptedKeyFile.read(file, "pässword".toCharArray());
        assertThat(read.key()).isEqualTo(signer.key());
        assertThat(signer.key().verify(MESSAGE, read.sign(MESSAGE))).isTrue();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void replacesAnOlderKeyAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("key.pem");
        SoftwareSigner second = ed25519();
        EncryptedKeyFile.write(file, ed25519(), "x".toCharArray());
        EncryptedKeyFile.write(file, second, "x".toCharArray());
        assertThat(EncryptedKeyFile.read(file, "x".toCharArray()).key()).isEqualTo(second.key());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void staysLockedToAnotherPassphrase() {
        Path file = folder.resolve("key.pem");
        EncryptedKeyFile.write(file, ed25519(), "right".toCharArray());
        assertFails(file, "wrong", "KEY_FILE_LOCKED");
    }

    @Test
    void saysWhenTheFileIsNoKeyFile() throws IOException {
        Path file = folder.resolve("key.pem");
        assertFails(file, "x", "KEY_FILE_IO");
        Files.writeString(file, "no key");
        assertFails(file, "x", "KEY_FILE_MALFORMED");
        Files.write(file, new byte[10_000]);
        assertFails(file, "x", "KEY_FILE_MALFORMED");
        Files.writeString(file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertFails(file, "x", "KEY_FILE_MALFORMED");
    }

    @Test
    void saysWhenTheFolderIsMissing() {
        Path file = folder.resolve("missing").resolve("key.pem");
        assertThatThrownBy(() -> EncryptedKeyFile.write(file, ed25519(), "x".toCharArray()))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("KEY_FILE_IO"));
    }

    @Test
    void neverShowsThePrivateKey() {
        assertThat(ed25519().toString()).contains("redacted");
    }

    private static SoftwareSigner ed25519() {
        return SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
    }

    private static void assertFails(Path file, String passphrase, String code) {
        assertThatThrownBy(() -> EncryptedKeyFile.read(file, passphrase.toCharArray()))
                .isInstanceOfSatisfying(KrylaException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.getMessage()).contains(file.toString());
                });
    }
}
