package io.kryla.telemetry;

/** Why a leaf is not ATTESTED. The names are stable codes. */
public enum UnattestedReason {
    /** It arrived; no checkpoint that covers it has. One comes within the profile's interval of flight time. */
    NO_CHECKPOINT_YET,
    /** It arrived, and so did a checkpoint that covers it, but an earlier leaf, or one below that checkpoint, did not. */
    BEHIND_HOLE,
    /** It did not arrive; it is asked for again and again. */
    REQUESTED,
    /** It waits for the airframe, with which there is no session. */
    NO_SESSION,
    /** The airframe no longer had its body: its hash is under the signature, what it said will never be known. */
    HASH_ONLY,
    /** The airframe has neither its body nor its hash: this receiver can attest nothing from it on, a new one can. */
    GONE_FROM_AIRFRAME,
    /** The airframe contradicted itself; nothing more of this log is believed. */
    LOG_CONDEMNED,
    /** Nothing more of this log comes: the airframe booted again, the ground closed, or a new receiver took over. */
    LOG_ABANDONED
}
