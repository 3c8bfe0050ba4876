package io.kryla.factory.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadIsAnErrorOfTheStationAndNotAFinding() {
        assertUnreadable(() -> FolderFiles.hash(folder, "absent"));
        assertUnreadable(() -> FolderFiles.list(folder.resolve("absent")));
    }

    @Test
    void aLinkIsListedAsItselfAndNeverRead() throws IOException {
        Files.write(folder.resolve("genuine"), new byte[] {1});
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("genuine"));
        assertThat(FolderFiles.list(folder)).containsExactly("genuine", "link");
        assertThat(FolderFiles.isRegularFile(folder, "link")).isFalse();
        assertUnreadable(() -> FolderFiles.hash(folder, "link"));
    }

    private static void assertUnreadable(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        KrylaException.class,
                        unreadable -> assertThat(unreadable.code()).isEqualTo("FILE_UNREADABLE"))
                .hasMessageContaining("check that it exists");
    }
}
