package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.manifest.PublicFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One demo for all tests of this process that only read it: founding and flying takes seconds. */
final class SharedDemo {
    private static final Path FOLDER = make();

    private SharedDemo() {}

    static PublicFolder folder() {
        return new PublicFolder(FOLDER);
    }

    /** The unit that a line built. */
    static String serial(String line) {
        String prefix = "ZZZZ8" + line.replace("-", "");
        try (Stream<Path> units = Files.list(FOLDER.resolve("airframes"))) {
            return units.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the demo and its private folder, for a test that changes them. */
    static Path copyTo(Path folder) throws IOException {
        FolderCopy.copy(FOLDER, folder);
        FolderCopy.copy(sibling(FOLDER), sibling(folder));
        return folder;
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("kryla-it").resolve("demo");
            Cli demo = Cli.run("demo", "--dir", folder, "--seed", 7, "--debug");
            assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sibling(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".private");
    }
}
