package io.kryla.station.audit;

import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditFinding;
import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.AuditedFile;
import io.kryla.factory.audit.AuditedFile.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One bit of one file: by somebody who has no key, then by a line that makes its manifest fit. */
class FlippedBitIT {
    private static final Set<String> MANIFEST_ONLY = Set.of("HASH_MISMATCH", "FILE_MISSING", "UNKNOWN_FILE");
    private final Random chance = new Random(20_261_102);
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
    void theFolderItselfIsProvenWhole() {
        AuditReport report = folder.audit();
        assertThat(report.findings()).isEmpty();
        assertThat(report.files()).hasSameSizeAs(folder.list(""));
        assertThat(report.files()).extracting(AuditedFile::standing).doesNotContain(Standing.UNPROVEN);
    }

    @Test
    void isFoundInEveryFileThatALineVouchesFor() {
        SoftAssertions every = new SoftAssertions();
        for (int round = 0; round < 4; round++) {
            List<String> listed = vouched().filter(this::isLines).toList();
            for (String path : listed) {
                flipSomewhere(path, round);
            }
            List<AuditFinding> findings = folder.audit().findings();
            listed.forEach(path -> every.assertThat(findings)
                    .as(path)
                    .anyMatch(found -> found.file().equals(path) && found.code().equals("HASH_MISMATCH")));
            folder.restore();
        }
        every.assertAll();
    }

    @Test
    void isFoundInEveryDocumentOfItsOwn() {
        SoftAssertions every = new SoftAssertions();
        for (String path : vouched().filter(path -> !isLines(path)).toList()) {
            for (int round = 1; round < 3; round++) {
                String where = flipSomewhere(path, round);
                every.assertThat(folder.audit().findings())
                        .as(where)
                        .anyMatch(found -> found.file().equals(path));
                folder.restore();
            }
        }
        every.assertAll();
    }

    @Test
    void isFoundByTheProofWhenTheLinesMakeTheirManifestsFit() {
        SoftAssertions every = new SoftAssertions();
        DishonestLine german = new DishonestLine(folder, DE);
        DishonestLine british = new DishonestLine(folder, GB);
        List<String> ofGermany = vouched()
                .filter(this::isLines)
                .filter(path -> !path.contains("GB"))
                .toList();
        for (String path : ofGermany) {
            String twin = path.replace(DE, GB).replace("DE01", "GB01");
            String where = flipSomewhere(path, 1) + ", " + flipSomewhere(twin, 2);
            german.remakeManifest();
            british.remakeManifest();
            List<AuditFinding> findings = folder.audit().findings();
            for (String flipped : List.of(path, twin)) {
                every.assertThat(findings)
                        .as(where)
                        .anyMatch(found -> found.file().equals(flipped) && !MANIFEST_ONLY.contains(found.code()));
            }
            folder.restore();
        }
        every.assertAll();
    }

    private Stream<String> vouched() {
        List<String> paths = new ArrayList<>();
        folder.audit().files().stream()
                .filter(file -> file.standing() == Standing.VOUCHED)
                .forEach(file -> paths.add(file.path()));
        assertThat(paths).hasSizeGreaterThan(40);
        return paths.stream();
    }

    private boolean isLines(String path) {
        return path.startsWith("airframes/")
                || path.startsWith("flights/")
                || path.startsWith("handover/")
                || path.startsWith("ledgers/")
                || path.endsWith("-station.pem");
    }

    /** First byte, last byte, then two places by chance. */
    private String flipSomewhere(String path, int round) {
        int size = folder.bytes(path).length;
        int position = round == 0 ? 0 : round == 1 ? size - 1 : chance.nextInt(size);
        int bit = chance.nextInt(8);
        folder.flip(path, position, bit);
        return path + " byte " + position + " of " + size + " bit " + bit;
    }
}
