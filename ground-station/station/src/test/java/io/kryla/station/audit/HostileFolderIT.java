package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are no files, or nothing like what they should be: findings, never exceptions. */
class HostileFolderIT {
    private PublishedFolder folder;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void anEmptyFileThatTheLineListsIsAFinding() {
        for (String path : folder.list("")) {
            if (path.contains(folder.serial(DE)) || path.startsWith("ledgers/DE-01")) {
                folder.write(path, new byte[0]);
                new DishonestLine(folder, DE).remakeManifest();
                assertThat(folder.audit().findings())
                        .as(path)
                        .extracting(AuditFinding::file)
                        .contains(path);
                folder.restore();
            }
        }
    }

    @Test
    void aLinkInAFilesPlaceIsNotFollowed() throws IOException {
        for (String path : List.of(
                "root.pem",
                "crls/root.crl",
                "ledgers/DE-01/checkpoint",
                "airframes/" + folder.serial(DE) + "/chain.pem",
                "flights/" + folder.serial(DE) + "/flight.mcap",
                "handover/" + folder.serial(DE) + ".capsule")) {
            Path genuine = folder.file(path).resolveSibling("genuine");
            folder.write(genuine, folder.bytes(path));
            folder.remove(path);
            Files.createSymbolicLink(folder.file(path), genuine);
            assertThat(folder.audit().findings())
                    .as(path)
                    .extracting(AuditFinding::file)
                    .contains(path);
            Files.delete(folder.file(path));
            folder.restore();
        }
    }

    @Test
    void aFolderInAFilesPlaceIsAMissingFile() throws IOException {
        folder.remove("trust-bundle.dsse");
        Files.createDirectory(folder.file("trust-bundle.dsse"));
        assertThatFolder(folder).isRefusedFor("FILE_MISSING", "trust-bundle.dsse");
        Files.delete(folder.file("trust-bundle.dsse"));
    }
}
