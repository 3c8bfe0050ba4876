package io.kryla.sframe;

/** Why a datagram was not opened. The names are stable: they are metric names and error codes. */
public enum RejectReason {
    /** Too short, or the header is not in its one valid form. */
    MALFORMED,
    /** Longer than the receiver accepts. */
    OVERSIZE,
    /** Sealed for another session. */
    UNKNOWN_KEY,
    /** The tag does not fit: not from the peer, or altered. */
    AEAD_FAILED,
    /** This counter was opened before. */
    REPLAYED,
    /** So far behind the newest counter that a replay could not be told. */
    TOO_OLD
}
