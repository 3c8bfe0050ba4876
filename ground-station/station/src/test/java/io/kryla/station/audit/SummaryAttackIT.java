package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditedFile;
import io.kryla.factory.audit.AuditedFile.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page that people read first, told otherwise than the ledgers do. */
class SummaryAttackIT {
    private static final String SUMMARY = "summary.json";

    private PublishedFolder folder;
    private DishonestLine line;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void anotherVerdictAcceptanceSerialOrFile() {
        rewritten("\"verdict\": \"PASS\"", "\"verdict\": \"FAIL\"");
        rewritten("\"accepted\": true", "\"accepted\": false");
        rewritten(folder.serial(DE), folder.serial(DE) + "0");
        rewritten("handover/", "flights/");
        rewritten("\n}\n", "\n}");
    }

    @Test
    void aUnitLeftOut() {
        String whole = text();
        int second = whole.indexOf(",\n    {");
        folder.write(SUMMARY, (whole.substring(0, second) + "\n  ]\n}\n").getBytes(UTF_8));
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("SUMMARY_MISMATCH", SUMMARY);
    }

    @Test
    void noSummaryAtAll() {
        folder.remove(SUMMARY);
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("FILE_MISSING", SUMMARY);
    }

    @Test
    void aSummaryBesideALedgerThatDoesNotHoldIsNotProven() {
        folder.flip("ledgers/GB-01/checkpoint", 40, 0);
        assertThat(folder.audit().files())
                .filteredOn(file -> file.path().equals(SUMMARY))
                .extracting(AuditedFile::standing)
                .containsExactly(Standing.UNPROVEN);
    }

    private void rewritten(String from, String to) {
        assertThat(text()).contains(from);
        folder.write(SUMMARY, text().replace(from, to).getBytes(UTF_8));
        assertThatFolder(folder).isRefusedFor("HASH_MISMATCH", SUMMARY).isRefusedFor("SUMMARY_MISMATCH", SUMMARY);
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("SUMMARY_MISMATCH", SUMMARY).butNotFor("HASH_MISMATCH");
        folder.restore();
    }

    private String text() {
        return new String(folder.bytes(SUMMARY), UTF_8);
    }
}
