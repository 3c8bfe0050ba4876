package io.kryla.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A module that integrators get, as it lies in the source tree; its {@code src/api/signatures.txt} makes it one. */
record PublishedModule(Path folder) {
    private static final Path SIGNATURES = Path.of("src", "api", "signatures.txt");
    private static final int DEEPEST = 6;

    /** The folder that holds {@code .mvn}. */
    static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the working directory holds .mvn");
            }
        }
        return folder;
    }

    static List<PublishedModule> all() {
        try (Stream<Path> files = Files.find(top(), DEEPEST, (file, attributes) -> file.endsWith(SIGNATURES))) {
            return files.map(file -> new PublishedModule(file.getParent().getParent().getParent()))
                    .filter(module -> Files.exists(module.folder.resolve("pom.xml")))
                    .sorted((a, b) -> a.folder.compareTo(b.folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path signatures() {
        return folder.resolve(SIGNATURES);
    }

    Path sources() {
        return folder.resolve(Path.of("src", "main", "java"));
    }

    Path target() {
        return folder.resolve("target");
    }

    @Override
    public String toString() {
        return top().relativize(folder).toString();
    }
}
