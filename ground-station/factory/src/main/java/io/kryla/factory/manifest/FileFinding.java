package io.kryla.factory.manifest;

/**
 * One file that is not what a manifest says.
 *
 * @param path relative to the folder
 * @param reason what was expected and what was found
 */
public record FileFinding(Code code, String path, String reason) {
    /** Stable codes of the command line. */
    public enum Code {
        /** In the folder, but in no manifest and not a shared document. */
        UNKNOWN_FILE,
        /** In a manifest, but not in the folder. */
        FILE_MISSING,
        /** Content or size differs from the manifest. */
        HASH_MISMATCH,
        /** The manifest itself is malformed: a path that leaves the folder, is listed twice or is out of order. */
        MANIFEST_MALFORMED
    }
}
