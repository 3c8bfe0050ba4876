package io.kryla.ownership;

/** Stable codes of what is wrong with a voucher (protocol.md §11). */
public final class VoucherFault {
    /** Something does not decode, or a field is out of its bounds. */
    public static final String MALFORMED = "MALFORMED";
    /** The header is not signed by the station whose key it names as first owner. */
    public static final String HEADER_SIGNATURE = "HEADER_SIGNATURE";
    /** An entry does not follow from the one before it. */
    public static final String CHAIN_BROKEN = "CHAIN_BROKEN";
    /** An entry is not signed by the owner before it. */
    public static final String ENTRY_SIGNATURE = "ENTRY_SIGNATURE";
    /** The ledger's leaf is not of this entry. */
    public static final String TRANSFER_MISMATCH = "TRANSFER_MISMATCH";

    private VoucherFault() {}
}
