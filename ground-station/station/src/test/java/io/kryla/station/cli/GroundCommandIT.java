package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.station.folder.PrivateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kryla ground} and {@code kryla airframe}, each in a process of its own. */
final class GroundCommandIT {

    @Test
    void anOwnersGroundShowsAndRecordsItsAirframe(@TempDir Path folder) throws Exception {
        int port = freePort();
        Path output = folder.resolve("ground.out");
        Process ground = start(
                output,
                "ground",
                "--dir",
                SharedDemo.folder().root().toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--record",
                folder.toString());
        Process airframe = null;
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("listens at"));
            Path storage = PrivateFolder.beside(SharedDemo.folder().root()).airframe("GB-01", 1);
            airframe = start(
                    folder.resolve("airframe.out"),
                    "airframe",
                    "--storage",
                    storage.toString(),
                    "--ground",
                    "127.0.0.1:" + port);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("m above home"));
            assertThat(Files.readString(output)).contains(SharedDemo.serial("GB-01") + "     0.000 s  LOG_OPENED");

            // A termination signal closes the flight log; the ground hears it and finishes the recording.
            airframe.destroy();
            assertThat(airframe.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(airframe.exitValue()).isZero();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("LOG_CLOSED")
                            && recordings(folder).size() == 1);
            ground.destroy();
            assertThat(ground.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ground.exitValue()).isZero();
            assertThat(Files.readString(output)).contains("1 flight logs, ");
        } finally {
            ground.destroyForcibly();
            if (airframe != null) {
                airframe.destroyForcibly();
            }
        }
        Cli verified = Cli.run(
                "verify",
                recordings(folder).get(0),
                "--root",
                SharedDemo.folder().rootCertificate());
        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(verified.out()).contains("ATTESTED");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + holder.getLocalPort();
            Cli refused = Cli.run("ground", "--dir", SharedDemo.folder().root(), "--listen", address);
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.errorLine()).startsWith("PORT_IN_USE: ").contains(address);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        Cli refused = Cli.run("ground", "--dir", SharedDemo.folder().root(), "--listen", "192.0.2.1:14700");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.errorLine()).startsWith("PORT_UNAVAILABLE: ").contains("192.0.2.1");
    }

    @Test
    void anUnknownOwnerAndAFolderThatIsNotThereAreNamed(@TempDir Path folder) {
        Path demo = SharedDemo.folder().root();
        for (String owner : List.of("end-user-9", "../lines/DE-01", "")) {
            assertThat(Cli.run("ground", "--dir", demo, "--owner", owner).errorLine())
                    .startsWith("OWNER_UNKNOWN: ");
        }
        assertThat(Cli.run("ground", "--dir", demo, "--record", folder.resolve("none"))
                        .errorLine())
                .startsWith("FOLDER_MISSING: ");
    }

    private static List<Path> recordings(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".mcap")).toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Kryla.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
