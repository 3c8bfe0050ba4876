package io.kryla.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.fleet.GroundStation;
import io.kryla.identity.Certificates;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SoftwareSigner;
import io.kryla.test.FakeAirframe;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples, run against the real agent with the files of a demonstration folder. */
@Timeout(120)
class ExamplesIT {
    @TempDir
    Path folder;

    private static final Duration WALL = Duration.ofSeconds(30);

    private final TestLicensor licensor = new TestLicensor();
    private Path documents;
    private Path keys;
    private Path recordings;

    @BeforeEach
    void writeFiles() throws Exception {
        documents = Files.createDirectory(folder.resolve("documents"));
        keys = Files.createDirectory(folder.resolve("keys"));
        recordings = Files.createDirectory(folder.resolve("recordings"));
        Files.createDirectories(documents.resolve("crls"));
        Files.createDirectories(documents.resolve("ledgers/DE-01"));
        Files.writeString(
                documents.resolve("root.pem"),
                Certificates.toPem(licensor.root().certificate()));
        Files.write(
                documents.resolve("trust-bundle.dsse"),
                licensor.bundle().envelope().toByteArray());
        Files.write(
                documents.resolve("ledgers/DE-01/checkpoint"),
                licensor.ledger().cosigned(TestLicensor.NOW).bytes());
        for (X509CRL crl : licensor.crls().crls()) {
            Files.write(
                    documents
                            .resolve("crls")
                            .resolve(crl.getIssuerX500Principal().hashCode() + ".crl"),
                    crl.getEncoded());
        }
        var identity = licensor.ground("ground-1");
        EncryptedKeyFile.write(
                keys.resolve("ground.key"), (SoftwareSigner) identity.key(), "correct horse".toCharArray());
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : identity.chain().certificates()) {
            pem.append(Certificates.toPem(certificate));
        }
        Files.writeString(keys.resolve("ground.pem"), pem);
    }

    @Test
    void tenLinesHearRecordAndCommand() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        InetSocketAddress address = freeAddress();
        SmallestGround ground = new SmallestGround(
                documents, documents.resolve("root.pem"), keys, "correct horse".toCharArray(), recordings);
        try (FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1")
                .telemetry(flightTime -> VehicleState.newBuilder()
                        .setPositionDownMeters(-flightTime.toMillis() / 20)
                        .build())
                .boot()) {
            airframe.agent().stayConnected(address);
            airframe.flyOn();
            try (GroundStation station = ground.run(address, "KRYL5TEST1", lines::add)) {
                airframe.land();
                await().atMost(WALL).until(() -> Files.exists(recordings.resolve("KRYL5TEST1-1-flight.mcap")));
                assertThat(station.airframes()).hasSize(1);
            }
        }
        assertThat(lines).contains("landing: Refused[code=NOT_ARMED, leafIndex=" + leafOf(lines) + "]");
        assertThat(lines)
                .anyMatch(text -> text.startsWith("ATTESTED kryla.example/flight/KRYL5TEST1/1/flight leaf ")
                        && text.endsWith(" m above home"));

        Path flight = recordings.resolve("KRYL5TEST1-1-flight.mcap");
        List<String> verdicts = new CopyOnWriteArrayList<>();
        assertThat(VerifyFlight.verify(flight, documents.resolve("root.pem"), verdicts::add))
                .isTrue();
        assertThat(verdicts)
                .singleElement()
                .asString()
                .startsWith("ATTESTED kryla.example/flight/KRYL5TEST1/1/flight, ");
        flip(flight);
        assertThat(VerifyFlight.verify(flight, documents.resolve("root.pem"), verdicts::add))
                .isFalse();
    }

    private static String leafOf(List<String> lines) {
        return lines.stream()
                .filter(text -> text.startsWith("landing: "))
                .map(text -> text.replaceAll(".*leafIndex=(\\d+)]", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    @Test
    void readmeAndQuickstartQuoteWhatIsCompiledHere() throws IOException {
        String quickstart = Files.readString(Path.of("../quickstart-integrator.md"));
        assertThat(quickstart).contains(quoted("SmallestGround"), quoted("VerifyFlight"));
        assertThat(Files.readString(Path.of("../../README.md"))).contains(quoted("SmallestGround"));
    }

    @Test
    void tenLinesAreTen() throws IOException {
        assertThat(quoted("SmallestGround").lines()).hasSize(10);
    }

    private static String quoted(String example) throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/kryla/examples", example + ".java"));
        return source.substring(
                        source.indexOf('\n', source.indexOf("// quickstart: begin")) + 1,
                        source.lastIndexOf('\n', source.indexOf("// quickstart: end")) + 1)
                .stripTrailing()
                .stripIndent();
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
