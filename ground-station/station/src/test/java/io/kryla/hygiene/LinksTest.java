package io.kryla.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Path NOTES = Path.of("docs", "design");

    @Test
    void leadToFiles() {
        List<String> broken = pages().flatMap(page -> LINK.matcher(TrackedFiles.text(page))
                        .results()
                        .map(link -> link.group(1))
                        .filter(target ->
                                !Files.exists(TrackedFiles.top().resolve(page).resolveSibling(target)))
                        .map(target -> page + " -> " + target))
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDesignNoteIsInTheIndex() {
        String index = TrackedFiles.text(NOTES.resolve("README.md"));
        assertThat(pages().filter(page -> page.startsWith(NOTES))
                        .map(page -> page.getFileName().toString())
                        .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")")))
                .isEmpty();
    }

    private static Stream<Path> pages() {
        return TrackedFiles.list().stream().filter(file -> file.toString().endsWith(".md"));
    }
}
