package io.kryla.station.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedFolderTest {
    private static final Set<String> OURS = Set.of("verdict.json");

    @TempDir
    private Path parent;

    @Test
    void resultsAppearWholeAndTheWorkshopIsGone() throws IOException {
        Path target = parent.resolve("out");
        make(target, "first", false);
        assertThat(target.resolve("verdict.json")).hasContent("first");
        assertThat(entries(parent)).containsExactly("out");
    }

    @Test
    void workThatIsGivenUpLeavesNothing() throws IOException {
        Path target = parent.resolve("out");
        try (StagedFolder staged = StagedFolder.begin(target, OURS, false)) {
            Files.writeString(staged.folder().resolve("verdict.json"), "half");
        }
        assertThat(entries(parent)).isEmpty();
    }

    @Test
    void anEarlierResultIsReplacedOnlyOnRequest() throws IOException {
        Path target = parent.resolve("out");
        make(target, "first", false);
        assertRefused(target, false, "FOLDER_NOT_EMPTY");
        make(target, "second", true);
        assertThat(target.resolve("verdict.json")).hasContent("second");
    }

    @Test
    void aFolderWithAnythingElseIsNeverReplaced() throws IOException {
        Path target = parent.resolve("out");
        make(target, "first", false);
        Files.writeString(target.resolve("notes.txt"), "mine");
        assertRefused(target, true, "FOLDER_NOT_EMPTY");
        assertThat(target.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void oneRunAtATime() {
        Path target = parent.resolve("out");
        try (StagedFolder running = StagedFolder.begin(target, OURS, false)) {
            assertRefused(target, false, "FOLDER_BUSY");
            assertThat(running.folder()).isDirectory();
        }
    }

    @Test
    void whatAKilledRunTookAwayComesBackAndItsRemainsGo() throws IOException {
        Path target = parent.resolve("out");
        make(target, "first", false);
        Path work = Files.createDirectories(parent.resolve(".out.work"));
        Files.move(target, work.resolve("old"));
        Files.createDirectories(work.resolve("workshop").resolve("private"));
        assertRefused(target, false, "FOLDER_NOT_EMPTY");
        assertThat(target.resolve("verdict.json")).hasContent("first");
        make(target, "second", true);
        assertThat(entries(parent)).containsExactly("out");
    }

    private static void make(Path target, String content, boolean replace) throws IOException {
        try (StagedFolder staged = StagedFolder.begin(target, OURS, replace)) {
            Files.writeString(staged.folder().resolve("verdict.json"), content);
            staged.commit();
        }
    }

    private static void assertRefused(Path target, boolean replace, String code) {
        assertThatThrownBy(() -> StagedFolder.begin(target, OURS, replace))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static Stream<String> entries(Path folder) throws IOException {
        return Files.list(folder).map(path -> path.getFileName().toString());
    }
}
