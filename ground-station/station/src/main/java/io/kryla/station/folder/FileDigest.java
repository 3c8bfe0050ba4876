package io.kryla.station.folder;

import io.kryla.keys.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a file of any size. */
public final class FileDigest {
    private FileDigest() {}

    public static Digest of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream hashing = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            hashing.transferTo(OutputStream.nullOutputStream());
            return Digest.of(hashing.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
