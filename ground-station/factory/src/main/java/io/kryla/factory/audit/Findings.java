package io.kryla.factory.audit;

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

    void add(String code, Path file, String where, String reason) {
        found.add(new AuditFinding(code, relative(file), where, reason));
    }

    /** The bytes of a file of bounded size; empty, with a finding, when there is none. */
    Optional<byte[]> read(Path file) {
        Optional<byte[]> content = BoundedFile.read(file, LARGEST_DOCUMENT);
        if (content.isEmpty()) {
            add(
                    "FILE_MISSING",
                    file,
                    "whole file",
                    "a regular file of at most " + LARGEST_DOCUMENT + " bytes expected");
        }
        return content;
    }

    String relative(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    int count() {
        return found.size();
    }

    List<AuditFinding> all() {
        return List.copyOf(found);
    }
}
