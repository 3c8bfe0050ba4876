package io.kryla.factory.witness;

/**
 * Why a witness does not cosign; the names are stable. Beside these it answers with the codes of licenses (THRESHOLD,
 * LICENSE_ROLLBACK …) and of the ledger's rules ({@link io.kryla.factory.replay.Rule}).
 */
public enum WitnessCode {
    /** Not a request, or beyond the bounds of protocol.md §9.5. */
    MALFORMED,
    /** The checkpoint is of no ledger in the witness's trust bundle. */
    WRONG_ORIGIN,
    /** The checkpoint is not signed by its ledger. */
    BAD_NOTE,
    /** The request starts from another size than the witness is at; the answer names the right one. */
    STALE_SIZE,
    /** The checkpoint is smaller than one that was cosigned. */
    ROLLBACK,
    /** The tree does not extend the one that was cosigned, or is not over the leaves that were sent. */
    INCONSISTENT
}
