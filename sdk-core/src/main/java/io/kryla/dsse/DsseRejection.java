package io.kryla.dsse;

/** Why an envelope was not taken; the names are stable. */
public enum DsseRejection {
    /** Unknown fields, an unused chain, no or too many signatures, or too large. */
    MALFORMED,
    /** Another payload type than the caller asked for. */
    WRONG_TYPE,
    /** Signed by a key that may not sign this document. */
    UNKNOWN_SIGNER,
    /** A signature that does not verify. */
    BAD_SIGNATURE,
    /** Fewer distinct keys than required. */
    THRESHOLD
}
