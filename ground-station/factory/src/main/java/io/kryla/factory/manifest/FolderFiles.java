package io.kryla.factory.manifest;

import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files of a folder by their path relative to it, with {@code /} as separator. Symbolic links are never followed. */
public final class FolderFiles {
    private static final int MAX_PATH_CHARACTERS = 512;

    private FolderFiles() {}

    /** Size and SHA-256 of one file. */
    public record Hashed(long sizeBytes, Digest sha256) {}

    /** Everything below the folder that is not a directory, ascending; a symbolic link is listed as itself. */
    public static SortedSet<String> list(Path folder) {
        SortedSet<String> paths = new TreeSet<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                paths.add(relative(folder, file));
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return paths;
    }

    /** Whether the path of an untrusted list stays inside its folder and has one spelling only. */
    public static boolean isPlain(String untrusted) {
        if (untrusted.isEmpty() || untrusted.length() > MAX_PATH_CHARACTERS || untrusted.indexOf('\\') >= 0) {
            return false;
        }
        for (String segment : untrusted.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return untrusted.chars().allMatch(c -> c >= 0x20 && c != 0x7f);
    }

    /** Whether a plain path names a regular file, no link on the last step. */
    public static boolean isRegularFile(Path folder, String path) {
        return Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads the file once, in pieces. */
    public static Hashed hash(Path folder, String path) {
        Path file = folder.resolve(path);
        MessageDigest sha256 = newSha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
                size += read;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return new Hashed(size, Digest.of(sha256.digest()));
    }

    private static String relative(Path folder, Path file) {
        StringBuilder path = new StringBuilder();
        for (Path segment : folder.relativize(file)) {
            path.append(path.length() == 0 ? "" : "/").append(segment);
        }
        return path.toString();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static KrylaException unreadable(Path file, IOException cause) {
        return new KrylaException(
                "FILE_UNREADABLE", "cannot read " + file + "; check that it exists and may be read", false, cause);
    }
}
