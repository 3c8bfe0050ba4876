package io.kryla.factory.audit;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects findings and reads files, both by their path relative to the folder. Confined to one audit. */
final class Findings {
    static final int LARGEST_DOCUMENT = 1 << 22;

    private final Path folder;
    private final List<AuditFinding> found = new ArrayList<>();

    Findings(Path folder) {
        this.folder = folder;
    }

    void add(AuditCode code, Path file, String where, String reason) {
        add(code.name(), relative(file), where, reason);
    }

    void add(AuditCode code, String path, String where, String reason) {
        add(code.name(), path, where, reason);
    }

    /** The code of a part that was called. */
    void add(String code, Path file, String where, String reason) {
        add(code, relative(file), where, reason);
    }

    void add(String code, String path, String where, String reason) {
        found.add(new AuditFinding(code, path, where, reason));
    }

    /** The bytes of a file of bounded size; empty, with a finding, when there is none. */
    Optional<byte[]> read(Path file) {
        Optional<byte[]> content = BoundedFile.read(file, LARGEST_DOCUMENT);
        if (content.isEmpty()) {
            add(
                    AuditCode.FILE_MISSING,
                    file,
                    "whole file",
                    "a regular file of at most " + LARGEST_DOCUMENT + " bytes expected");
        }
        return content;
    }

    /** A message whose every byte is as Kryla writes it; empty, with a finding, when it is not. */
    <M extends Message> Optional<M> readExactly(Path file, Parser<M> parser, String what) {
        return read(file).flatMap(bytes -> {
            Optional<M> decoded = ExactDocument.decode(parser, bytes);
            if (decoded.isEmpty()) {
                add(AuditCode.MALFORMED, file, "whole file", "not " + what + " as Kryla writes it");
            }
            return decoded;
        });
    }

    String relative(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** Whether a finding names the file. */
    boolean name(String path) {
        return found.stream().anyMatch(finding -> finding.file().equals(path));
    }

    List<AuditFinding> all() {
        return List.copyOf(found);
    }
}
