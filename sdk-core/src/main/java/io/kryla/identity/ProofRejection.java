package io.kryla.identity;

/** Why a ledger checkpoint or proof was not taken; the names are stable. */
public enum ProofRejection {
    /** Not the text of a checkpoint or proof, or not a ledger leaf. */
    MALFORMED,
    /** The trust bundle knows no ledger of this origin, or it is not the one asked for. */
    WRONG_ORIGIN,
    /** The ledger's own signature is missing or wrong. */
    BAD_NOTE,
    /** Fewer distinct witnesses cosigned than the trust bundle asks for. */
    NO_QUORUM,
    /** The inclusion proof does not lead from the leaf to the checkpoint's root. */
    ROOT_MISMATCH
}
