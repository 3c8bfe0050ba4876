package io.kryla.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.airframe.ClosedLog;
import io.kryla.identity.Certificates;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SoftwareSigner;
import io.kryla.link.Impairment;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our airframe against a ground in another language, which follows docs/protocol.md and the .proto files and shares no code
 * with ours: what it concludes from the wire has to be what the airframe meant.
 */
@Timeout(60)
class IndependentGroundIT {
    private static final Path SCRIPTS = Path.of("src/test/resources/independent-ground");
    private static final Path VECTORS = Path.of("../../protocol/src/main/resources/vectors");
    private static final String SERIAL = "KRYL5TEST1";

    private final TestLicensor licensor = new TestLicensor();

    @TempDir
    Path folder;

    @Test
    void itMeetsTheVectors() throws Exception {
        Process node = new ProcessBuilder("node", SCRIPTS.resolve("vectors.mjs").toString(), VECTORS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).matches("met [1-9]\\d\\d+");
        }
        assertThat(node.waitFor()).isZero();
    }

    @Test
    void itAttestsAWholeFlightOverALossyLink() throws Exception {
        try (Ground ground = new Ground();
                FakeAirframe airframe = FakeAirframe.of(licensor, SERIAL)
                        .impaired(new Impairment(0.1, 0.05, 0.05), 7)
                        .boot()) {
            airframe.connect(ground.address);
            assertThat(ground.says())
                    .isEqualTo("{\"admitted\":\"KRYL5TEST1\",\"origin\":\"" + airframe.origin() + "\"}");
            airframe.fly(Duration.ofSeconds(3)).flyOn();
            assertThat(ground.says()).isEqualTo("{\"answered\":{\"stage\":2,\"code\":\"NOT_ARMED\"}}");
            ClosedLog closed = airframe.land();

            String end = ground.says();
            assertThat(end)
                    .contains("\"ended\":\"LOG_CLOSED\"")
                    .contains("\"attested\":" + closed.head().size() + ",")
                    .contains("\"root\":\""
                            + HexFormat.of().formatHex(closed.head().root().bytes()) + "\"")
                    .contains("\"joined\":true");
            assertThat(end).doesNotContain("\"requests\":0,").doesNotContain("AEAD_FAILED");
            assertThat(closed.acknowledged()).isTrue();
        }
    }

    @Test
    void itRefusesABirthThatNoWitnessSaw() throws Exception {
        try (Ground ground = new Ground();
                FakeAirframe airframe = FakeAirframe.of(FakeIdentity.bornAtTheLineOnly(licensor, SERIAL))
                        .boot()) {
            assertThatThrownBy(() -> airframe.connect(ground.address)).hasMessageContaining("NO_QUORUM");
            assertThat(ground.says()).contains("\"refused\":\"NO_QUORUM\"");
        }
    }

    /** The other program, with files of this test's licensor. */
    private final class Ground implements AutoCloseable {
        private final Process node;
        private final BufferedReader out;
        final InetSocketAddress address;

        Ground() throws IOException {
            TlsIdentity identity = licensor.ground("ground-1");
            Path key = folder.resolve("ground.key");
            EncryptedKeyFile.write(key, (SoftwareSigner) identity.key(), "correct horse".toCharArray());
            Path chain = write(
                    "ground.pem",
                    identity.chain().certificates().stream()
                            .map(Certificates::toPem)
                            .collect(Collectors.joining()));
            Path root = write("root.pem", Certificates.toPem(licensor.root().certificate()));
            Path bundle = Files.write(
                    folder.resolve("trust-bundle.dsse"),
                    licensor.bundle().envelope().toByteArray());
            String quoted =
                    HexFormat.of().formatHex(Digest.sha256(new byte[] {1}).bytes());
            Path config = write("config.json", String.format(Locale.ROOT, """
                            {"key": "%s", "passphrase": "correct horse", "chain": "%s", "root": "%s", "trustBundle": "%s",
                             "ledgerCheckpointSha256": "%s"}
                            """, key, chain, root, bundle, quoted));
            node = new ProcessBuilder("node", SCRIPTS.resolve("ground.mjs").toString(), config.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = node.inputReader(StandardCharsets.UTF_8);
            String port = says().replaceAll("\\{\"listening\":(\\d+)}", "$1");
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        }

        private Path write(String name, String content) throws IOException {
            return Files.writeString(folder.resolve(name), content);
        }

        String says() throws IOException {
            return out.readLine();
        }

        @Override
        public void close() {
            node.destroy();
        }
    }
}
