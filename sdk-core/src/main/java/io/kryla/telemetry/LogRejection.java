package io.kryla.telemetry;

/** Why a record or checkpoint was not taken. The names are stable codes. */
public enum LogRejection {
    /** Not a record or checkpoint at all. */
    MALFORMED,
    /** Arrived before; harmless. */
    DUPLICATE,
    /** Further ahead of the attested leaves than is kept; it is asked for again once the log has caught up. */
    TOO_FAR_AHEAD,
    /** The checkpoint is not signed by the log key. */
    BAD_NOTE,
    /** The airframe signed a root that the records it sent do not have. Nothing more is taken from this log. */
    ROOT_MISMATCH,
    /** The airframe contradicts itself: two contents for a leaf, two roots for a size. Nothing more is taken. */
    INCONSISTENT;

    /** Whether it condemns the whole log. */
    public boolean condemnsLog() {
        return this == ROOT_MISMATCH || this == INCONSISTENT;
    }
}
