package io.kryla.factory.audit;

import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.manifest.FileFinding;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import io.kryla.v1.ManifestFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which files belong in the folder, whose each is and what stands behind it: entered by the checks that the files went
 * through. A line's manifest is held against it, so that a line cannot slip in a file, or a role, by listing it.
 */
final class FileAccounts {
    private record Account(Optional<String> line, Standing standing) {}

    private final Findings findings;
    private final TreeMap<String, Account> accounts = new TreeMap<>();

    FileAccounts(Findings findings) {
        this.findings = findings;
    }

    /** A document with a signature of its own, of no line. */
    void enterShared(Path file) {
        accounts.put(findings.relative(file), new Account(Optional.empty(), Standing.VOUCHED));
    }

    void enter(String line, Path file, Standing standing) {
        accounts.put(findings.relative(file), new Account(Optional.of(line), standing));
    }

    /** The paths of documents that no manifest lists. */
    Set<String> shared() {
        TreeSet<String> shared = new TreeSet<>();
        accounts.forEach((path, account) -> {
            if (account.line().isEmpty()) {
                shared.add(path);
            }
        });
        return shared;
    }

    Optional<Standing> standing(String path) {
        return Optional.ofNullable(accounts.get(path)).map(Account::standing);
    }

    /** Compares a verified manifest with what the line's ledger has led to; called once all lines were audited. */
    void compare(FileManifest manifest) {
        for (ManifestFile listed : manifest.getFilesList()) {
            Account account = accounts.get(listed.getPath());
            if (account == null) {
                findings.add(
                        FileFinding.Code.UNKNOWN_FILE.name(),
                        listed.getPath(),
                        "whole file",
                        "line " + manifest.getLine() + " lists it, but nothing that is proven refers to it");
            } else if (!account.line().equals(Optional.of(manifest.getLine()))) {
                malformed(listed, "it is not of line " + manifest.getLine());
            } else if (listed.getRole() != role(account.standing())) {
                malformed(listed, "listed as " + listed.getRole() + ", found to be " + account.standing());
            }
        }
    }

    private void malformed(ManifestFile listed, String reason) {
        findings.add(FileFinding.Code.MANIFEST_MALFORMED.name(), listed.getPath(), "entry of the manifest", reason);
    }

    private static FileRole role(Standing standing) {
        return switch (standing) {
            case INPUT -> FileRole.FILE_ROLE_INPUT;
            case DERIVED -> FileRole.FILE_ROLE_DERIVED;
            case VOUCHED -> FileRole.FILE_ROLE_VOUCHED;
            case UNPROVEN -> FileRole.FILE_ROLE_UNSPECIFIED;
        };
    }
}
