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
    TOO_OLD,
    /** Of a step more than 8 away from the newest, or of one that is never used. A peer that far ahead needs a new session. */
    RATCHET_TOO_FAR,
    /** Would need more key derivations than a session gets in a second. */
    RATCHET_LIMITED;

    private static final RejectReason[] ALL = values();

    /** A negative number, for results that are a length or a reason; meaningful within one process only. */
    public int code() {
        return -1 - ordinal();
    }

    /** The reason with this code. */
    public static RejectReason ofCode(int code) {
        if (code >= 0 || code < -ALL.length) {
            throw new IllegalArgumentException("code: that of a reason expected, got " + code);
        }
        return ALL[-1 - code];
    }
}
