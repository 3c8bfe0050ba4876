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
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kryla ground} and {@code kryla airframe}, each in a process of its own. */
final class GroundCommandIT {
    private static final int MOST_FLIGHTS = 8;

    @Test
    void anOwnersGroundShowsAndRecordsItsAirframe(@TempDir Path folder) throws Exception {
        String address = "127.0.0.1:" + freePort();
        flyAndRecord(folder, List.of("--listen", address), List.of("--ground", address));
    }

    @Test
    void anOwnersGroundHearsItsAirframeOverASerialRadio(@TempDir Path folder) throws Exception {
        Path here = folder.resolve("tty-ground");
        Path there = folder.resolve("tty-airframe");
        Process line = new ProcessBuilder("socat", "PTY,raw,echo=0,link=" + here, "PTY,raw,echo=0,link=" + there)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(here) && Files.exists(there));
            flyAndRecord(
                    folder,
                    List.of("--listen", "127.0.0.1:" + freePort(), "--serial", here + ":57600"),
                    List.of("--serial", there.toString()));
            assertThat(recordings(folder).get(0).getFileName().toString()).endsWith("-radio.mcap");
        } finally {
            line.destroy();
        }
    }

    private static void flyAndRecord(Path folder, List<String> toGround, List<String> toAirframe) throws Exception {
        Path output = folder.resolve("ground.out");
        List<String> groundCommand = new ArrayList<>(
                List.of("ground", "--dir", SharedDemo.folder().root().toString(), "--record", folder.toString()));
        groundCommand.addAll(toGround);
        Process ground = start(output, groundCommand);
        Process airframe = null;
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("listens at"));
            Path storage = PrivateFolder.beside(SharedDemo.folder().root()).airframe("GB-01", 1);
            List<String> airframeCommand = new ArrayList<>(List.of("airframe", "--storage", storage.toString()));
            airframeCommand.addAll(toAirframe);
            airframe = start(folder.resolve("airframe.out"), airframeCommand);
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
            assertThat(Files.readString(output)).contains("1 flight logs, ").doesNotContain("not attested");
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

    /** The airframe is killed: what it had not signed stays unattested, and the ground says so. */
    @Test
    void whatAKilledAirframeLeftUnattestedIsNamed(@TempDir Path folder) throws Exception {
        String address = "127.0.0.1:" + freePort();
        Path output = folder.resolve("ground.out");
        Process ground = start(
                output, List.of("ground", "--dir", SharedDemo.folder().root().toString(), "--listen", address));
        Process airframe = null;
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("listens at"));
            Path storage = PrivateFolder.beside(SharedDemo.folder().root()).airframe("GB-01", 1);
            // Killed just behind a checkpoint it leaves nothing: then the next flight.
            for (int flight = 1; flight <= MOST_FLIGHTS && !appears(output, " not attested: ", 0); flight++) {
                airframe = start(
                        folder.resolve("airframe-" + flight + ".out"),
                        List.of("airframe", "--storage", storage.toString(), "--ground", address));
                int told = occurrences(output, "m above home");
                await().atMost(Duration.ofSeconds(60)).until(() -> occurrences(output, "m above home") > told);
                airframe.destroyForcibly();
                appears(output, " not attested: ", 10);
            }
            assertThat(Files.readString(output)).contains(" not attested: ");
            assertThat(Files.readString(output)).contains("NO_SESSION");
            ground.destroy();
            assertThat(ground.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains(" records not attested");
        } finally {
            ground.destroyForcibly();
            if (airframe != null) {
                airframe.destroyForcibly();
            }
        }
    }

    private static int occurrences(Path output, String text) throws IOException {
        return Files.readString(output).split(text, -1).length - 1;
    }

    private static boolean appears(Path output, String text, int seconds) throws IOException {
        try {
            await().atMost(Duration.ofSeconds(seconds).plusMillis(200)).until(() -> occurrences(output, text) > 0);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    @Test
    void aSerialPortThatIsNoneIsNamed(@TempDir Path folder) {
        Path demo = SharedDemo.folder().root();
        Path storage = PrivateFolder.beside(demo).airframe("GB-01", 1);
        for (String malformed : List.of("", ":57600", "/dev/tty:", "/dev/tty:300", "/dev/tty:fast")) {
            Cli ground = Cli.run("ground", "--dir", demo, "--serial", malformed);
            assertThat(ground.exit()).isEqualTo(2);
            assertThat(ground.errorLine()).startsWith("SERIAL_MALFORMED: ");
            Cli airframe = Cli.run("airframe", "--storage", storage, "--serial", malformed);
            assertThat(airframe.errorLine()).startsWith("SERIAL_MALFORMED: ");
        }
        Path none = folder.resolve("none");
        Cli missing = Cli.run("airframe", "--storage", storage, "--serial", none);
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.errorLine()).startsWith("PORT_MISSING: ").contains(none.toString());
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

    private static Process start(Path output, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Kryla.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
