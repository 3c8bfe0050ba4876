package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.manifest.PublicFolder.FlightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flight that was copied without all that belongs to it: what is absent is named, and nothing is proven in its place. */
final class MissingFilesIT {
    @TempDir
    Path folder;

    private FlightFiles flight;
    private Path root;

    @BeforeEach
    void copyTheFlight() throws IOException {
        FlightFiles original = SharedDemo.folder().flight(SharedDemo.serial("DE-01"));
        flight = new FlightFiles(Files.createDirectory(folder.resolve("copy")));
        try (var files = Files.list(original.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, flight.folder().resolve(file.getFileName()));
            }
        }
        root = SharedDemo.folder().rootCertificate();
    }

    @Test
    void aVerdictNeedsTheTruthAndTheAcceptanceRecord() throws IOException {
        assertThat(verdict().exit()).isZero();
        Files.delete(flight.truth());
        Cli withoutTruth = verdict();
        assertThat(withoutTruth.exit()).isEqualTo(3);
        assertThat(withoutTruth.errorLine()).startsWith("TRUTH_MISSING: ").contains("truth.mcap", "--truth");
        Files.createFile(flight.truth());
        Files.delete(flight.acceptance());
        Cli withoutRecord = verdict();
        assertThat(withoutRecord.exit()).isEqualTo(3);
        assertThat(withoutRecord.errorLine()).startsWith("ACCEPTANCE_MISSING: ").contains("acceptance.dsse");
    }

    @Test
    void aRecordingWithoutItsProofIsNotAnchored() throws IOException {
        Files.delete(flight.anchor());
        Cli attested = Cli.run("verify", flight.recording(), "--root", root);
        assertThat(attested.exit()).isZero();
        assertThat(attested.out()).contains("ATTESTED");
        Cli refused = Cli.run("verify", flight.recording(), "--root", root, "--require", "ANCHORED", "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.json().at("/code").asText()).isEqualTo("NOT_ANCHORED");
    }

    @Test
    void aUnitIsBuiltAtALineThatThereIs() {
        Cli refused = Cli.run("provision", "--dir", SharedDemo.folder().root(), "--line", "FR-01");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine()).startsWith("LINE_UNKNOWN: ").contains("FR-01");
    }

    private Cli verdict() {
        return Cli.run("verdict", flight.recording(), "--plan", flight.folder().resolve("plan.yaml"), "--root", root);
    }
}
