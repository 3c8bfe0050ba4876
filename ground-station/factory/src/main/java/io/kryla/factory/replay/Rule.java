package io.kryla.factory.replay;

/** The rules of a ledger. The name of each is its stable code (protocol.md §9.4). */
public enum Rule {
    /** Not a LedgerLeaf with a serial, an actor and one known event whose hashes have 32 bytes. */
    MALFORMED_LEAF(true),
    /** Recorded before the leaf ahead of it. */
    TIME_BACKWARD(false),
    /** Cites a license, or a revision of it, that is not known for this ledger. */
    LICENSE_UNKNOWN(true),
    /** Cites a license revision older than an earlier leaf did. */
    LICENSE_ROLLBACK(false),
    /** Born outside the license's dates. */
    LICENSE_EXPIRED(false),
    /** Born beyond the license's quota. */
    QUOTA_EXHAUSTED(false),
    /** The serial is not one of the license's. */
    SERIAL_FOREIGN(false),
    /** The serial was born or voided before. */
    DUPLICATE_SERIAL(true),
    /** The key was born under another serial. */
    DUPLICATE_KEY(true),
    /** The hardware was born under another serial. */
    CLONE_SUSPECTED(true),
    /** The event does not follow from where the unit stands. */
    BAD_STATE(true),
    /** Attempts of a serial are numbered 1, 2, 3 … */
    ATTEMPT_OUT_OF_ORDER(false),
    /** An attempt's nonce was used before. */
    NONCE_REUSED(false),
    /** Closes an attempt that was never opened for the serial. */
    FLIGHT_NOT_OPENED(true),
    /** A second FLIGHT_CLOSED of one attempt. */
    FLIGHT_ALREADY_CLOSED(true),
    /** A flight log closed before is offered again: an attempt flies a boot of its own. */
    FLIGHT_REUSED(false),
    /** Accepts something else than the last attempt, or that one did not end PASS. */
    NOT_PASSED(false),
    /** Accepted at less than the license's least level, or at more than the attempt was flown at. */
    LEVEL_MISMATCH(false),
    /** A second transfer from the same voucher entry. */
    DOUBLE_TRANSFER(true),
    /** The transfer does not continue the unit's voucher where it ends. */
    VOUCHER_BROKEN(false),
    /** Cites an export authorisation that is not known for this ledger. */
    AUTHORISATION_UNKNOWN(false),
    /** Handed over after the export authorisation's end. */
    AUTHORISATION_EXPIRED(false),
    /** More units were handed over under the export authorisation than it names. */
    AUTHORISATION_EXHAUSTED(false),
    /** Handed over to another centre than the export authorisation names. */
    AUTHORISATION_CENTRE(false);

    private final boolean voidsLeaf;

    Rule(boolean voidsLeaf) {
        this.voidsLeaf = voidsLeaf;
    }

    /** Whether a leaf that breaks this rule has no effect on what follows; other such leaves happened all the same. */
    boolean voidsLeaf() {
        return voidsLeaf;
    }
}
