package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.witness.Witness;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.http.WitnessServer;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.Progress;
import io.kryla.tlog.TileSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line whose keys lie in a SoftHSM token and whose witness is elsewhere, from its first command to an act on a unit. */
final class TokenLineIT {
    private static final InstantSource WALL_CLOCK =
            FrontDoor.of(Kryla.commandLine(), true).wallClock();
    private static final String LINE = "GB-07";

    @TempDir
    private Path temporary;

    @Test
    void aLineWithItsKeysInATokenIsWorkedFromTheCommandLine() throws Exception {
        LicensorBench bench = LicensorBench.withLine(temporary.resolve("bench"));
        Path line = temporary.resolve("line");
        Path pin = bench.pin;
        install(bench, line, pin, freshToken());
        assertThat(keysInFiles(line)).as("only Ed25519 lies in a file").containsExactly("ledger.key");

        assertThat(Cli.run("line", "unit", "list", "--dir", line, "--line", LINE)
                        .errorLine())
                .startsWith("PIN_NEEDED: ");
        String serial = provision(bench, line, pin);
        Cli listed = LicensorBench.passes(
                "line", "unit", "list", "--dir", line, "--line", LINE, "--line-pin-file", pin, "--json");
        assertThat(listed.json().at("/units/0/serial").asText()).isEqualTo(serial);
        LicensorBench.passes(
                "witness",
                "request",
                "--dir",
                line,
                "--line",
                LINE,
                "--pin-file",
                pin,
                "--out",
                temporary.resolve("request"));

        Path badge = temporary.resolve("card.key");
        LicensorBench.passes(
                "line",
                "badge",
                "issue",
                "--dir",
                line,
                "--line",
                LINE,
                "--line-pin-file",
                pin,
                "--card",
                "card-1",
                "--role",
                "technician",
                "--badge",
                badge,
                "--pin-file",
                pin);
        List<RuntimeException> faults = new ArrayList<>();
        try (Witness witness = openWitness(bench, premises(line, pin));
                WitnessServer server = WitnessServer.start(
                        witness,
                        TileSource.folder(line),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        faults::add)) {
            Cli reworked = LicensorBench.passes(
                    "line",
                    "unit",
                    "rework",
                    serial,
                    "--dir",
                    line,
                    "--line",
                    LINE,
                    "--line-pin-file",
                    pin,
                    "--witness",
                    "http://localhost:" + server.boundAddress().getPort(),
                    "--reason",
                    "MOTOR_CHANGED",
                    "--badge",
                    badge,
                    "--pin-file",
                    pin,
                    "--json");
            assertThat(reworked.json().at("/state").asText()).isEqualTo("BORN");
        }
        assertThat(faults).isEmpty();
    }

    private static void install(LicensorBench bench, Path line, Path pin, String token) {
        Path request = bench.folder.resolve("token.request");
        LicensorBench.passes(
                "line",
                "init",
                "--dir",
                line,
                "--line",
                LINE,
                "--country",
                "GB",
                "--name",
                "Works",
                "--token",
                token,
                "--pin-file",
                pin,
                "--out",
                request);
        Path admission = bench.folder.resolve("token.draft");
        LicensorBench.passes("licensor", "line", request, "--dir", bench.licensor, "--out", admission);
        bench.putInForce(admission);
        Path license = bench.folder.resolve("token-license.draft");
        LicensorBench.passes(
                "licensor", "license", "--dir", bench.licensor, "--line", LINE, "--quota", 1, "--out", license);
        bench.putInForce(license);
        Path delivery = bench.folder.resolve("token.delivery");
        LicensorBench.passes("licensor", "deliver", "--dir", bench.licensor, "--line", LINE, "--out", delivery);
        LicensorBench.passes(
                "line",
                "install",
                delivery,
                "--dir",
                line,
                "--root",
                bench.licensor.resolve("root.pem"),
                "--pin-file",
                pin);
    }

    private static String provision(LicensorBench bench, Path line, Path pin) throws IOException {
        Premises premises = premises(line, pin);
        Files.createDirectories(premises.privateFolder().firmwareImage().getParent());
        Files.write(premises.privateFolder().firmwareImage(), new byte[] {1, 2, 3});
        try (Witness witness = openWitness(bench, premises);
                ProductionLine open = ProductionLine.open(LINE, premises, witness);
                ProvisioningBench provisioning = ProvisioningBench.open(open, Progress.silent())) {
            SimulatedBoard board = SimulatedBoard.make(
                    premises.privateFolder().airframe(LINE, 1),
                    WorldPlan.DESIGN_OID,
                    premises.root(),
                    1,
                    premises.random());
            ProvisioningOutcome outcome = provisioning.provision(board, PlantedDefect.NONE);
            assertThat(outcome).isInstanceOf(ProvisioningOutcome.Born.class);
            return ((ProvisioningOutcome.Born) outcome).serial();
        }
    }

    private static Premises premises(Path line, Path pin) {
        return Premises.open(line, Optional.of(pin), WALL_CLOCK, new SecureRandom());
    }

    private static Witness openWitness(LicensorBench bench, Premises premises) {
        return Witness.open(
                bench.folder.resolve("witness"),
                premises.bundle(),
                EncryptedKeyFile.read(bench.key("witness"), LicensorBench.PIN.toCharArray()),
                WALL_CLOCK);
    }

    private static List<String> keysInFiles(Path line) throws IOException {
        Path folder = PrivateFolder.beside(line).line(LINE).key("ledger").getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".key"))
                    .toList();
        }
    }

    /** A token of SoftHSM's, in the folder that the environment of this process names. */
    private String freshToken() throws IOException, InterruptedException {
        Path tokens = Files.createDirectory(temporary.resolve("tokens"));
        Files.writeString(
                Path.of(System.getenv("SOFTHSM2_CONF")),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        Process tool = new ProcessBuilder(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "kryla-line",
                        "--so-pin",
                        "9876-of-a-test",
                        "--pin",
                        LicensorBench.PIN)
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        Matcher slot = Pattern.compile("reassigned to slot (\\d+)").matcher(said);
        assertThat(slot.find()).as(said).isTrue();
        Path module = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        return "pkcs11:slot-id=" + slot.group(1) + "?module-path=" + module;
    }
}
