package io.kryla.factory.manifest;

import io.kryla.v1.FileManifest;
import io.kryla.v1.ManifestFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a folder with the manifests that cover it (protocol.md §12): every listed file is there with its hash, and
 * every file that is there is listed in exactly one manifest or is a shared document.
 *
 * <p>Pure of keys: the caller has verified who signed the manifests.
 */
public final class FolderCheck {
    private final Path folder;
    private final List<FileFinding> findings = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();

    private FolderCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * @param sharedPaths documents that carry their own signatures and belong to no line, such as
     *     {@code trust-bundle.dsse}, and the manifests themselves
     * @return what is wrong, in the order found; empty if nothing is
     */
    public static List<FileFinding> check(
            Path folder, Collection<FileManifest> manifests, Collection<String> sharedPaths) {
        FolderCheck check = new FolderCheck(folder);
        Set<String> present = FolderFiles.list(folder);
        for (FileManifest manifest : manifests) {
            check.compare(manifest, present);
        }
        for (String path : present) {
            if (!check.listed.contains(path) && !sharedPaths.contains(path)) {
                check.found(FileFinding.Code.UNKNOWN_FILE, path, "no manifest lists it");
            }
        }
        return List.copyOf(check.findings);
    }

    private void compare(FileManifest manifest, Set<String> present) {
        String previous = "";
        for (ManifestFile file : manifest.getFilesList()) {
            String path = file.getPath();
            if (!FolderFiles.isPlain(path) || path.compareTo(previous) <= 0 || !listed.add(path)) {
                found(
                        FileFinding.Code.MANIFEST_MALFORMED,
                        path,
                        "paths of the manifest of " + manifest.getLine()
                                + " must be plain, ascending and in no other manifest");
                continue;
            }
            previous = path;
            if (!present.contains(path)) {
                found(FileFinding.Code.FILE_MISSING, path, "listed by " + manifest.getLine() + ", not in the folder");
            } else {
                compareContent(file);
            }
        }
    }

    private void compareContent(ManifestFile file) {
        if (!FolderFiles.isRegularFile(folder, file.getPath())) {
            found(FileFinding.Code.HASH_MISMATCH, file.getPath(), "not a regular file");
            return;
        }
        FolderFiles.Hashed actual = FolderFiles.hash(folder, file.getPath());
        if (actual.sizeBytes() != file.getSizeBytes()
                || !actual.sha256().matches(file.getSha256().toByteArray())) {
            found(
                    FileFinding.Code.HASH_MISMATCH,
                    file.getPath(),
                    "the manifest has " + file.getSizeBytes() + " bytes of another hash, the file has "
                            + actual.sizeBytes() + " bytes of SHA-256 "
                            + actual.sha256().hex());
        }
    }

    private void found(FileFinding.Code code, String path, String reason) {
        findings.add(new FileFinding(code, path, reason));
    }
}
