package io.kryla.hygiene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of this repository: those that git tracks, or in a copy without git all that no build made. */
public final class TrackedFiles {
    private static final Set<String> MADE_BY_BUILDS = Set.of("target", "node_modules", ".git", ".idea", ".vscode");

    private TrackedFiles() {}

    /** The folder that holds {@code .mvn}. */
    public static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the working directory holds .mvn");
            }
        }
        return folder;
    }

    /** Relative to {@link #top()}, sorted. */
    public static List<Path> list() {
        try {
            Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                    .directory(top().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() == 0 && !names.isEmpty()) {
                return List.of(names.split("\0")).stream()
                        .map(Path::of)
                        .filter(file -> Files.isRegularFile(top().resolve(file)))
                        .sorted()
                        .toList();
            }
        } catch (IOException noGitHere) {
            return walk();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while git listed the files", e);
        }
        return walk();
    }

    private static List<Path> walk() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(top(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return MADE_BY_BUILDS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(top().relativize(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    /** Binary files read as empty: nothing in them is meant for a reader. */
    public static String text(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(top().resolve(file));
            for (byte b : bytes) {
                if (b == 0) {
                    return "";
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
