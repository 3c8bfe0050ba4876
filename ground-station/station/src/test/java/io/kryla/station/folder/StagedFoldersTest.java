package io.kryla.station.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A public folder and its private sibling, at every moment at which a run can be killed. */
final class StagedFoldersTest {
    @TempDir
    private Path parent;

    @Test
    void bothAppearTogether() throws IOException {
        make("first", false);
        assertPair("first");
        assertThat(Files.list(parent)).hasSize(2);
    }

    @Test
    void aFinishedDemoIsReplacedOnlyOnRequest() throws IOException {
        make("first", false);
        assertRefused(false, "DEMO_EXISTS");
        make("second", true);
        assertPair("second");
    }

    /** The renames of a replacement, and a kill after each of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aKillBetweenTheRenamesLosesNothing(int renames) throws IOException {
        make("first", false);
        Files.move(privateTarget(), parent.resolve(".demo.private.old"));
        if (renames >= 2) {
            Files.move(target(), parent.resolve(".demo.old"));
        }
        if (renames >= 3) {
            Files.createDirectory(privateTarget());
            Files.writeString(privateTarget().resolve("content"), "second");
        }
        assertRefused(false, "DEMO_EXISTS");
        assertPair("first");
        make("third", true);
        assertPair("third");
        assertThat(Files.list(parent)).hasSize(2);
    }

    @Test
    void whatIsNotOursIsNeverTouched() throws IOException {
        Files.createDirectories(privateTarget());
        Files.writeString(privateTarget().resolve("diary"), "mine");
        assertRefused(true, "FOLDER_NOT_OURS");
        assertThat(privateTarget().resolve("diary")).hasContent("mine");
        assertThat(Files.list(parent)).hasSize(1);
    }

    private Path target() {
        return parent.resolve("demo");
    }

    private Path privateTarget() {
        return parent.resolve("demo.private");
    }

    private void make(String content, boolean replace) throws IOException {
        try (StagedFolders staged = StagedFolders.begin(target(), replace)) {
            Files.writeString(staged.publicFolder().summary(), content);
            Files.writeString(staged.privateFolder().root().resolve("content"), content);
            staged.commit();
        }
    }

    private void assertPair(String content) {
        assertThat(target().resolve("summary.json")).hasContent(content);
        assertThat(privateTarget().resolve("content")).hasContent(content);
    }

    private void assertRefused(boolean replace, String code) {
        assertThatThrownBy(() -> StagedFolders.begin(target(), replace))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
