package io.kryla.station.audit;

import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditFinding;
import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.AuditedFile;
import io.kryla.factory.audit.AuditedFile.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One bit of one file: by somebody who has no key, then by a line that makes its manifest fit. */
class FlippedBitIT {
    private static final Set<String> MANIFEST_ONLY = Set.of("HASH_MISMATCH", "FILE_MISSING", "UNKNOWN_FILE");
    private static final int FACTOR = Integer.getInteger("kryla.test.tries.factor", 1);
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
        List<String> listed = vouched().filter(this::isLines).toList();
        for (int round = 0; round < 12 * FACTOR; round++) {
            List<String> flipped = flipAll(listed, round);
            assertFound(every, listed, flipped, finding -> finding.code().equals("HASH_MISMATCH"));
        }
        every.assertAll();
    }

    /** Documents that lean on one another are flipped apart: a broken one would hide what is wrong with the next. */
    @Test
    void isFoundInEveryDocumentOfItsOwn() {
        SoftAssertions every = new SoftAssertions();
        for (List<String> together : apart(vouched().filter(path -> !isLines(path)), this::documentGroup)) {
            for (int round = 0; round < 6 * FACTOR; round++) {
                List<String> flipped = flipAll(together, round);
                assertFound(every, together, flipped, finding -> true);
            }
        }
        every.assertAll();
    }

    @Test
    void isFoundByTheProofWhenTheLinesMakeTheirManifestsFit() {
        SoftAssertions every = new SoftAssertions();
        DishonestLine german = new DishonestLine(folder, DE);
        DishonestLine british = new DishonestLine(folder, GB);
        for (List<String> together : apart(vouched().filter(this::isLines), this::proofGroup)) {
            for (int round = 0; round < 4 * FACTOR; round++) {
                List<String> flipped = flipAll(together, round);
                german.remakeManifest();
                british.remakeManifest();
                assertFound(every, together, flipped, finding -> !MANIFEST_ONLY.contains(finding.code()));
            }
        }
        every.assertAll();
    }

    /** Audits the folder as it is, says for each file whether it was found, and undoes everything. */
    private void assertFound(
            SoftAssertions every, List<String> paths, List<String> flipped, Predicate<AuditFinding> byItself) {
        List<AuditFinding> findings = folder.audit().findings();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            every.assertThat(findings)
                    .as(flipped.get(i))
                    .anyMatch(found -> found.file().equals(path) && byItself.test(found));
        }
        folder.restore();
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

    private static Collection<List<String>> apart(Stream<String> paths, Function<String, String> group) {
        return paths.collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()))
                .values();
    }

    /** The root, the bundle and the design CA stand alone; of the others, a folder at a time. */
    private String documentGroup(String path) {
        return path.indexOf('/') < 0 && !path.startsWith("manifest-") || path.endsWith("/design.pem")
                ? path
                : path.replaceAll("[/-].*", "");
    }

    /** What a line's proofs lead through, step by step; files that only carry hashes or signatures go together. */
    private String proofGroup(String path) {
        String name = path.replaceAll(".*/", "");
        return path.startsWith("ledgers/")
                ? path.replaceAll("ledgers/[^/]*/", "")
                : name.startsWith("birth.") || name.startsWith("flight.") || name.equals("chain.pem") ? name : "";
    }

    /** The first byte, the last byte, then places by chance; one bit in every file. */
    private List<String> flipAll(List<String> paths, int round) {
        return paths.stream()
                .map(path -> {
                    int size = folder.bytes(path).length;
                    int position = round == 0 ? 0 : round == 1 ? size - 1 : chance.nextInt(size);
                    int bit = chance.nextInt(8);
                    folder.flip(path, position, bit);
                    return path + " byte " + position + " of " + size + " bit " + bit;
                })
                .toList();
    }
}
