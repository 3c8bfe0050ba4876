package io.kryla.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.identity.Certificates;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SoftwareSigner;
import io.kryla.test.FakeAirframe;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples, run against the real agent with the files of a demonstration folder. */
@Timeout(120)
class ExamplesIT {
    @TempDir
    Path folder;

    private final TestLicensor licensor = new TestLicensor();
    private Path demo;

    @BeforeEach
    void writeFiles() throws Exception {
        demo = folder.resolve("kryla-demo");
        Path secret = folder.resolve("kryla-demo.private");
        Path ground = secret.resolve("lines/DE-01");
        Files.createDirectories(ground);
        Files.createDirectories(demo.resolve("crls"));
        Files.createDirectories(demo.resolve("ledgers/DE-01"));
        Files.writeString(
                demo.resolve("root.pem"), Certificates.toPem(licensor.root().certificate()));
        Files.write(
                demo.resolve("trust-bundle.dsse"), licensor.bundle().envelope().toByteArray());
        Files.writeString(demo.resolve("ledgers/DE-01/checkpoint"), "a checkpoint\n");
        for (X509CRL crl : licensor.crls().crls()) {
            Files.write(
                    demo.resolve("crls").resolve(crl.getIssuerX500Principal().hashCode() + ".crl"), crl.getEncoded());
        }
        Files.writeString(secret.resolve("passphrase"), "correct horse\n");
        var identity = licensor.ground("ground-1");
        EncryptedKeyFile.write(
                ground.resolve("ground.key"), (SoftwareSigner) identity.key(), "correct horse".toCharArray());
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : identity.chain().certificates()) {
            pem.append(Certificates.toPem(certificate));
        }
        Files.writeString(ground.resolve("ground.pem"), pem);
    }

    @Test
    void attestedSamplesArePrintedAndTheRecordingVerifies() throws Exception {
        Path flight = folder.resolve("flight.mcap");
        List<String> lines = new CopyOnWriteArrayList<>();
        try (GroundStation station = SubscribeToTelemetry.start(
                        GroundFiles.ofDemo(demo, "lines/DE-01"),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        lines::add);
                FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1")
                        .telemetry(flightTime -> VehicleState.newBuilder()
                                .setPositionDownMeters(-flightTime.toMillis() / 20)
                                .build())
                        .boot()) {
            CompletableFuture<FlightRecorder> recorder = station.nextFlight("KRYL5TEST1")
                    .thenApply((AirframeLink link) -> FlightRecorder.record(link, flight));
            airframe.connect(station.boundAddress()).fly(Duration.ofMillis(400)).land();
            recorder.get(30, TimeUnit.SECONDS).completed().get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lines.stream().anyMatch(text -> text.endsWith("LOG_CLOSED")));
        }
        assertThat(lines.get(0)).startsWith("KRYL5TEST1").endsWith("LOG_OPENED");
        assertThat(lines).anyMatch(text -> text.endsWith("  19.00 m above home"));

        List<String> verdicts = new CopyOnWriteArrayList<>();
        assertThat(VerifyFlight.verify(flight, demo.resolve("root.pem"), verdicts::add))
                .isTrue();
        assertThat(verdicts).containsExactly("ATTESTED kryla.example/flight/KRYL5TEST1/1/flight, 23 samples");
        flip(flight);
        assertThat(VerifyFlight.verify(flight, demo.resolve("root.pem"), verdicts::add))
                .isFalse();
    }

    @Test
    void theQuickstartQuotesWhatIsCompiledHere() throws IOException {
        String quickstart = Files.readString(Path.of("../quickstart-integrator.md"));
        for (String example : List.of("SubscribeToTelemetry", "VerifyFlight")) {
            String source = Files.readString(Path.of("src/main/java/io/kryla/examples", example + ".java"));
            String quoted = source.substring(
                    source.indexOf('\n', source.indexOf("// quickstart: begin")) + 1,
                    source.lastIndexOf('\n', source.indexOf("// quickstart: end")) + 1);
            assertThat(quickstart).as(example).contains(quoted.stripTrailing().stripIndent());
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
