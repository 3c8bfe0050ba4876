package io.kryla.station.licensor;

import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where what lies in a licensor's folder. Revisions are numbered files, each written once. */
public record LicensorFolder(Path root) {
    public Path rootCertificate() {
        return root.resolve("root.pem");
    }

    Path designChain() {
        return root.resolve("design.pem");
    }

    Path settings() {
        return root.resolve("licensor.properties");
    }

    /** @param role {@code root} or {@code design-ca} */
    Path key(String role) {
        return root.resolve("keys").resolve(role + ".key");
    }

    /** @param authority {@code root} or {@code design} */
    Path crl(String authority) {
        return root.resolve("crls").resolve(authority + ".crl");
    }

    Path trustBundles() {
        return root.resolve("trust-bundles");
    }

    Path licenses(String line) {
        return root.resolve("licenses").resolve(line);
    }

    Path firmware() {
        return root.resolve("firmware");
    }

    Path lines() {
        return root.resolve("lines");
    }

    Path lineRequest(String line) {
        return lines().resolve(line).resolve("request.dsse");
    }

    /** @param authority {@code line-ca} or {@code operations-ca} */
    Path lineChain(String line, String authority) {
        return lines().resolve(line).resolve(authority + ".pem");
    }

    /** Orders that were carried out, by the hash of their payload. */
    Path order(String hash) {
        return root.resolve("orders").resolve(hash + ".dsse");
    }

    /** A folder's numbered revisions, the first one first. */
    static List<Envelope> revisions(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{6}\\.dsse"))
                    .sorted()
                    .map(DocumentFiles::readEnvelope)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Envelope> newest(Path folder) {
        List<Envelope> revisions = revisions(folder);
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.get(revisions.size() - 1));
    }

    /** Writes a revision; it must be the next one. */
    static Path add(Path folder, long revision, Envelope envelope) {
        if (revision != revisions(folder).size() + 1L || revision > 999_999) {
            throw CommandFailure.usage(
                    "REVISION_OUT_OF_ORDER",
                    "revision " + (revisions(folder).size() + 1L) + " is the next one, got " + revision,
                    folder.toString(),
                    "draft it anew from what is in force now");
        }
        Path file = folder.resolve(String.format(Locale.ROOT, "%06d.dsse", revision));
        DocumentFiles.write(file, envelope);
        return file;
    }
}
