package io.kryla.ground.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.identity.Certificates;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.KrylaException;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {
    private static final char[] PASSPHRASE = "correct horse".toCharArray();

    private final TestLicensor licensor = new TestLicensor();

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void publish() throws IOException {
        root = folder.resolve("root.pem");
        Files.writeString(root, Certificates.toPem(licensor.root().certificate()));
        Files.write(
                folder.resolve("trust-bundle.dsse"),
                licensor.bundle().envelope().toByteArray());
        Files.createDirectory(folder.resolve("crls"));
        int list = 0;
        for (X509CRL crl : licensor.crls().crls()) {
            Files.write(folder.resolve("crls").resolve(list++ + ".crl"), Certificates.toDer(crl));
        }
        Files.writeString(folder.resolve("crls").resolve("README"), "not a list");
        Files.createDirectories(folder.resolve("ledgers/DE-01"));
        Files.write(
                checkpoint("DE-01"),
                licensor.ledger().cosigned(TestLicensor.NOW).bytes());
    }

    private Path checkpoint(String line) {
        return folder.resolve("ledgers").resolve(line).resolve("checkpoint");
    }

    @Test
    void givesWhatIsPublished() {
        TrustFolder trust = TrustFolder.open(folder, root);
        assertThat(trust.bundle().root()).isEqualTo(licensor.root().certificate());
        assertThat(trust.crls()).hasSize(4);
        assertThat(trust.ledgerCheckpoint())
                .isEqualTo(Digest.sha256(
                        licensor.ledger().cosigned(TestLicensor.NOW).bytes()));
    }

    @Test
    void takesTheCheckpointThatTheWitnessesSawLast() throws IOException {
        TrustFolder trust = TrustFolder.open(folder, root);
        byte[] newest =
                licensor.ledger().cosigned(TestLicensor.NOW.plusSeconds(1)).bytes();
        Files.createDirectories(folder.resolve("ledgers/AA-01"));
        Files.write(checkpoint("AA-01"), newest);
        assertThat(trust.ledgerCheckpoint()).isEqualTo(Digest.sha256(newest));
    }

    @Test
    void aCheckpointThatNoWitnessSawIsNone() throws IOException {
        Files.write(checkpoint("DE-01"), licensor.ledger().checkpoint().bytes());
        assertCode("NO_LEDGER_CHECKPOINT", () -> TrustFolder.open(folder, root));
    }

    @Test
    void aFolderOfAnotherRootIsRefused() throws IOException {
        Path other = folder.resolve("other.pem");
        Files.writeString(other, Certificates.toPem(new TestLicensor().root().certificate()));
        assertCode("UNKNOWN_SIGNER", () -> TrustFolder.open(folder, other));
    }

    @Test
    void aTrustBundleOlderThanOneThatIsKnownIsRefused() {
        assertThat(TrustFolder.open(folder, root, 1).bundle().revision()).isEqualTo(1);
        assertCode("BUNDLE_ROLLBACK", () -> TrustFolder.open(folder, root, 2));
    }

    @Test
    void whatIsMissingOrBrokenIsNamed() throws IOException {
        Files.write(folder.resolve("crls/0.crl"), new byte[] {1});
        assertCode("FILE_MALFORMED", () -> TrustFolder.open(folder, root));
        assertThatThrownBy(() -> TrustFolder.open(folder, root)).hasMessageContaining("0.crl");
        Files.delete(folder.resolve("trust-bundle.dsse"));
        assertCode("FILE_MISSING", () -> TrustFolder.open(folder, root));
        Files.write(folder.resolve("trust-bundle.dsse"), new byte[(1 << 20) + 1]);
        assertCode("FILE_MALFORMED", () -> TrustFolder.open(folder, root));
        assertCode("FILE_MISSING", () -> TrustFolder.open(folder, folder.resolve("no.pem")));
        assertCode("FILE_UNREADABLE", () -> TrustFolder.open(folder, folder.resolve("crls")));
    }

    @Test
    void anIdentityIsReadFromItsTwoFiles() throws IOException {
        TlsIdentity ground = licensor.ground("ground-1");
        Path key = folder.resolve("ground.key");
        EncryptedKeyFile.write(key, (SoftwareSigner) ground.key(), PASSPHRASE);
        Path chain = write("ground.pem", ground);
        assertThat(TlsIdentity.read(key, PASSPHRASE, chain).chain()).isEqualTo(ground.chain());

        assertCode("KEY_FILE_LOCKED", () -> TlsIdentity.read(key, "wrong".toCharArray(), chain));
        Path other = write("other.pem", licensor.ground("ground-2"));
        assertCode("WRONG_KEY", () -> TlsIdentity.read(key, PASSPHRASE, other));
        Files.writeString(chain, Files.readString(chain) + "more");
        assertCode("FILE_MALFORMED", () -> TlsIdentity.read(key, PASSPHRASE, chain));
    }

    private Path write(String name, TlsIdentity identity) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                identity.chain().certificates().stream()
                        .map(Certificates::toPem)
                        .collect(Collectors.joining()));
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
