package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.PinFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line service as a program of its own, and a bench that knows its address, a root, an image and a badge. */
final class LineServeIT {

    @Test
    void twoSlotsBearWhatTheLicenseAllowsAndTheServiceEndsInGoodOrder(@TempDir Path temporary) throws Exception {
        Path demo = temporary.resolve("demo");
        copy(SharedDemo.folder().root(), demo);
        PrivateFolder secrets = PrivateFolder.beside(demo);
        copy(PrivateFolder.beside(SharedDemo.folder().root()).root(), secrets.root());
        String address = "127.0.0.1:" + freePort();
        Path pin = pinFile(temporary);
        Path badge = temporary.resolve("badge.key");
        Cli issued = Cli.run(
                "line",
                "badge",
                "issue",
                "--dir",
                demo,
                "--line",
                "GB-01",
                "--card",
                "card-7",
                "--role",
                "technician",
                "--badge",
                badge,
                "--pin-file",
                pin);
        assertThat(issued.exit()).as(issued.err()).isZero();
        Path log = temporary.resolve("serve.log");
        Process service = serve(demo, address, log);
        try {
            // Two of three units are left at GB-01; the third slot's is refused.
            Cli bench = Cli.run(
                    "provision",
                    "--line",
                    address,
                    "--bench",
                    temporary.resolve("bench"),
                    "--badge",
                    badge,
                    "--pin-file",
                    pin,
                    "--root",
                    demo.resolve("root.pem"),
                    "--firmware",
                    secrets.firmwareImage(),
                    "--slots",
                    3,
                    "--json");
            assertThat(bench.exit()).as(bench.err()).isEqualTo(1);
            assertThat(bench.json().at("/granted").asInt()).isEqualTo(2);
            assertThat(bench.json().at("/refused").asInt()).isEqualTo(1);
            assertThat(bench.json().at("/code").asText()).isEqualTo("QUOTA_EXHAUSTED");

            assertThat(bench.json().at("/files").size()).as("labels").isEqualTo(2);

            Cli stranger = Cli.run(
                    "provision",
                    "--line",
                    address,
                    "--bench",
                    temporary.resolve("bench"),
                    "--badge",
                    foreignBadge(temporary, demo, pin),
                    "--pin-file",
                    pin,
                    "--root",
                    demo.resolve("root.pem"),
                    "--firmware",
                    secrets.firmwareImage());
            assertThat(stranger.exit()).isEqualTo(3);
            assertThat(stranger.errorLine()).startsWith("BADGE_UNKNOWN: ");

            Cli second = Cli.run("line", "serve", "--dir", demo, "--line", "GB-01", "--listen", address);
            assertThat(second.exit()).as(second.err()).isEqualTo(3);
            assertThat(second.errorLine()).startsWith("WITNESS_BUSY").doesNotContain("Exception");
        } finally {
            service.destroy();
            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(log)).contains("GB-01: 2 born, 1 refused; 0 of its license left");
        Cli audit = Cli.run("audit", demo, "--json");
        assertThat(audit.exit()).as(audit.out()).isZero();
        assertThat(audit.json().at("/ledgers/1/licenses/0/born").asInt()).isEqualTo(3);
    }

    @Test
    void aFolderWithoutALineIsRefused(@TempDir Path empty) {
        Cli serve = Cli.run("line", "serve", "--dir", empty);
        assertThat(serve.exit()).isEqualTo(2);
        assertThat(serve.errorLine()).startsWith("NOT_A_LINE: ");
    }

    @Test
    void aLineServiceThatStaysAwayIsNamedWhenPatienceEnds(@TempDir Path temporary) throws IOException {
        PrivateFolder secrets = PrivateFolder.beside(SharedDemo.folder().root());
        Path pin = pinFile(temporary);
        Path badge = temporary.resolve("badge.key");
        KeyPlace.parse(badge.toString(), "badge")
                .make(SignatureAlgorithm.ECDSA_P256_SHA256, PinFile.read(pin), new SecureRandom())
                .close();
        Cli bench = Cli.run(
                "provision",
                "--line",
                "127.0.0.1:" + freePort(),
                "--bench",
                temporary.resolve("bench"),
                "--badge",
                badge,
                "--pin-file",
                pin,
                "--root",
                SharedDemo.folder().rootCertificate(),
                "--firmware",
                secrets.firmwareImage(),
                "--patience",
                1);
        assertThat(bench.exit()).isEqualTo(3);
        assertThat(bench.errorLine()).startsWith("UNREACHABLE: ");
    }

    private static Process serve(Path demo, String address, Path log) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Kryla.class.getName(),
                        "line",
                        "serve",
                        "--dir",
                        demo.toString(),
                        "--line",
                        "GB-01",
                        "--listen",
                        address,
                        "--debug"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Path pinFile(Path folder) throws IOException {
        Path file = Files.createFile(
                folder.resolve("pin"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "1234-5678");
    }

    /** A badge of the folder's other line. */
    private static Path foreignBadge(Path folder, Path demo, Path pin) {
        Path badge = folder.resolve("foreign.key");
        Cli issued = Cli.run(
                "line",
                "badge",
                "issue",
                "--dir",
                demo,
                "--line",
                "DE-01",
                "--card",
                "card-9",
                "--role",
                "technician",
                "--badge",
                badge,
                "--pin-file",
                pin);
        assertThat(issued.exit()).as(issued.err()).isZero();
        return badge;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.copy(dir, to.resolve(from.relativize(dir)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
