package io.kryla.factory.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.factory.birth.BirthLine;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import io.kryla.v1.ManifestFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCheckTest {
    private static BirthLine line;
    private Path folder;

    @BeforeAll
    static void openLine(@TempDir Path lineFolder) {
        line = BirthLine.in(lineFolder, 1);
    }

    @AfterAll
    static void closeLine() {
        line.close();
    }

    @BeforeEach
    void fillFolder(@TempDir Path target) throws IOException {
        folder = target;
        Files.createDirectories(folder.resolve("flights/S1"));
        write("root.pem", "root");
        write("flights/S1/flight.mcap", "flight");
        write("flights/S1/report.html", "report");
    }

    @Test
    void findsNothingInAFolderThatIsAsItsManifestSays() {
        assertThat(check()).isEmpty();
    }

    @Test
    void findsAFlippedBit() throws IOException {
        FileManifest manifest = manifest();
        write("flights/S1/flight.mcap", "flighu");
        assertThat(FolderCheck.check(folder, List.of(manifest), Set.of("root.pem")))
                .extracting(FileFinding::code, FileFinding::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FileFinding.Code.HASH_MISMATCH, "flights/S1/flight.mcap"));
    }

    @Test
    void findsAMissingAndAnUnknownFile() throws IOException {
        FileManifest manifest = manifest();
        Files.move(folder.resolve("flights/S1/report.html"), folder.resolve("flights/S1/renamed.html"));
        assertThat(FolderCheck.check(folder, List.of(manifest), Set.of("root.pem")))
                .extracting(FileFinding::code, FileFinding::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FileFinding.Code.FILE_MISSING, "flights/S1/report.html"),
                        org.assertj.core.groups.Tuple.tuple(FileFinding.Code.UNKNOWN_FILE, "flights/S1/renamed.html"));
    }

    @Test
    void doesNotFollowALink() throws IOException {
        FileManifest manifest = manifest();
        Path original = folder.resolve("flights/S1/flight.mcap");
        Path elsewhere = Files.move(original, folder.resolveSibling("outside-" + folder.getFileName()));
        Files.createSymbolicLink(original, elsewhere);
        assertThat(FolderCheck.check(folder, List.of(manifest), Set.of("root.pem")))
                .extracting(FileFinding::code)
                .containsExactly(FileFinding.Code.HASH_MISMATCH);
        Files.delete(elsewhere);
    }

    @Test
    void refusesPathsThatLeaveTheFolderAndListsOutOfOrder() {
        for (String path : List.of("../outside", "/etc/passwd", "a//b", "a/./b", "", "a\\b", "a\u0000b")) {
            assertThat(FolderFiles.isPlain(path)).as(path).isFalse();
        }
        FileManifest twice = manifest().toBuilder()
                .addFiles(ManifestFile.newBuilder().setPath("flights/S1/flight.mcap"))
                .build();
        assertThat(FolderCheck.check(folder, List.of(twice), Set.of("root.pem")))
                .extracting(FileFinding::code)
                .containsExactly(FileFinding.Code.MANIFEST_MALFORMED);
    }

    @Test
    void verifiesTheStationsSignature() {
        Envelope sealed = seal();
        assertThat(FileManifests.verify(sealed, "DE-01", stations(), now()))
                .isInstanceOfSatisfying(FileManifests.Result.Verified.class, verified -> {
                    assertThat(verified.stationId()).isEqualTo(BirthLine.STATION);
                    assertThat(verified.manifest()).isEqualTo(manifest());
                });
        assertThat(FileManifests.verify(sealed, "GB-01", stations(), now()))
                .isInstanceOf(FileManifests.Result.Rejected.class);
        Envelope changed = sealed.toBuilder()
                .setPayload(sealed.getPayload().concat(ByteString.copyFrom(new byte[] {8, 1})))
                .build();
        assertThat(FileManifests.verify(changed, "DE-01", stations(), now()))
                .isInstanceOfSatisfying(
                        FileManifests.Result.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("BAD_SIGNATURE"));
    }

    private List<FileFinding> check() {
        return FolderCheck.check(folder, List.of(manifest()), Set.of("root.pem"));
    }

    private FileManifest manifest() {
        return ((FileManifests.Result.Verified) FileManifests.verify(seal(), "DE-01", stations(), now())).manifest();
    }

    private Envelope seal() {
        return FileManifests.write(
                folder,
                "DE-01",
                new TreeMap<>(Map.of(
                        "flights/S1/flight.mcap", FileRole.FILE_ROLE_VOUCHED,
                        "flights/S1/report.html", FileRole.FILE_ROLE_DERIVED)),
                line.station,
                now());
    }

    private static CertifiedEnvelopeVerifier stations() {
        return CertifiedEnvelopeVerifier.of(
                line.licensor.bundle, Role.STATION, new CrlSet(line.crls(), CrlProfile.FIELD, now()));
    }

    private static Instant now() {
        return line.line.clock.instant();
    }

    private void write(String path, String content) throws IOException {
        Files.write(folder.resolve(path), content.getBytes(StandardCharsets.UTF_8));
    }
}
