package io.kryla.tlog;

/** Why a static log was not taken; the names are stable. */
public enum TileRejection {
    /** A file that the checkpoint's size asks for is missing, or larger than any valid one. */
    MISSING,
    /** A file is not in its format. */
    MALFORMED,
    /** Entries or tiles do not hash to what the checkpoint states. */
    ROOT_MISMATCH
}
