package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.station.folder.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job and what anyone can do with its folder. */
final class DemoIT {

    @Test
    void leavesTheFolderThatTheProtocolDescribes() {
        PublicFolder folder = SharedDemo.folder();
        for (String line : List.of("DE-01", "GB-01")) {
            String serial = SharedDemo.serial(line);
            PublicFolder.FlightFiles flight = folder.flight(serial);
            assertThat(List.of(
                            folder.rootCertificate(),
                            folder.trustBundle(),
                            folder.manifest(line),
                            folder.summary(),
                            folder.license(line),
                            folder.ledger(line).resolve("checkpoint"),
                            folder.airframe(serial).chain(),
                            folder.airframe(serial).birthRecord(),
                            folder.airframe(serial).birthProof(),
                            flight.recording(),
                            flight.recordingStatement(),
                            flight.anchor(),
                            flight.plan(),
                            flight.vehicle(),
                            flight.truth(),
                            flight.verdict(),
                            flight.report(),
                            flight.acceptance(),
                            folder.capsule(serial)))
                    .allSatisfy(file -> assertThat(file).isRegularFile());
        }
    }

    @Test
    void keepsItsSecretsToItsOwner() throws IOException {
        Path secrets = PrivateFolder.beside(SharedDemo.folder().root()).root();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(secrets)) {
            assertThat(files.filter(file -> file.toString().endsWith(".key")).toList())
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void isProvenByAnAuditFromTheRootAlone() {
        Cli audit = Cli.run(
                "audit",
                SharedDemo.folder().root(),
                "--root",
                SharedDemo.folder().rootCertificate(),
                "--json");
        assertThat(audit.json().at("/findings")).as(audit.out()).isEmpty();
        assertThat(audit.exit()).isZero();
        assertThat(audit.json().at("/root_independent").asBoolean()).isTrue();
        assertThat(audit.json().at("/ledgers/0/licenses/0/accepted").asInt()).isEqualTo(1);
        assertThat(audit.json().at("/ledgers/1/licenses/0/handed_over").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhenTheRootIsTheFoldersOwn() {
        Cli audit = Cli.run("audit", SharedDemo.folder().root());
        assertThat(audit.exit()).as(audit.out()).isZero();
        assertThat(audit.out()).contains("ROOT_NOT_INDEPENDENT");
    }

    @Test
    void everyFlightIsAnchoredInItsLedger() {
        for (String line : List.of("DE-01", "GB-01")) {
            Path flight = SharedDemo.folder().flight(SharedDemo.serial(line)).recording();
            Cli verify = Cli.run(
                    "verify",
                    flight,
                    "--root",
                    SharedDemo.folder().rootCertificate(),
                    "--require",
                    "ANCHORED",
                    "--json");
            assertThat(verify.exit()).as(verify.out()).isZero();
            assertThat(verify.json().at("/claim").asText()).isEqualTo("ANCHORED");
        }
    }

    @Test
    void everyVerdictIsRecomputedToTheSameBytes() {
        PublicFolder.FlightFiles flight = SharedDemo.folder().flight(SharedDemo.serial("GB-01"));
        Cli verdict = Cli.run("verdict", flight.recording(), "--plan", flight.plan());
        assertThat(verdict.exit()).as(verdict.out() + verdict.err()).isZero();
        assertThat(verdict.out()).contains("recomputed to the same bytes");
    }

    @Test
    void aVerdictOfAnotherPlanIsRefused(@TempDir Path folder) throws IOException {
        PublicFolder.FlightFiles flight = SharedDemo.folder().flight(SharedDemo.serial("GB-01"));
        Path other = folder.resolve("plan.yaml");
        Files.writeString(other, Files.readString(flight.plan()) + "\n# changed\n");
        Cli verdict = Cli.run("verdict", flight.recording(), "--plan", other, "--json");
        assertThat(verdict.exit()).isEqualTo(1);
        assertThat(verdict.json().at("/code").asText()).isEqualTo("HASH_MISMATCH");
    }

    @Test
    void aVerdictOfAnotherVehicleIsRefused(@TempDir Path folder) throws IOException {
        PublicFolder.FlightFiles flight = SharedDemo.folder().flight(SharedDemo.serial("GB-01"));
        Path other = folder.resolve("vehicle.yaml");
        Files.writeString(other, Files.readString(flight.vehicle()) + "\n# changed\n");
        Cli verdict = Cli.run("verdict", flight.recording(), "--plan", flight.plan(), "--vehicle", other, "--json");
        assertThat(verdict.exit()).isEqualTo(1);
        assertThat(verdict.json().at("/findings/0/code").asText()).isEqualTo("HASH_MISMATCH");
        assertThat(verdict.json().at("/findings/0/file").asText()).isEqualTo(other.toString());
        Cli absent = Cli.run(
                "verdict", flight.recording(), "--plan", flight.plan(), "--vehicle", folder.resolve("absent.yaml"));
        assertThat(absent.exit()).isEqualTo(2);
        assertThat(absent.errorLine()).startsWith("FILE_MISSING: ");
    }

    @Test
    void aFinishedDemoIsNotReplacedUnasked() {
        Cli again = Cli.run("demo", "--dir", SharedDemo.folder().root());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.errorLine()).startsWith("DEMO_EXISTS: ");
    }
}
