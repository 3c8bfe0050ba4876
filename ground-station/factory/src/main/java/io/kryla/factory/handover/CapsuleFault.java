package io.kryla.factory.handover;

/** Codes that only a capsule has (protocol.md §12); its parts keep their own. */
public final class CapsuleFault {
    public static final String MALFORMED = "MALFORMED";
    /** The birth record is not of the leaf, the certificate or the license beside it. */
    public static final String BIRTH_MISMATCH = "BIRTH_MISMATCH";
    /** The acceptance record is not of the leaf or the airframe beside it. */
    public static final String ACCEPTANCE_MISMATCH = "ACCEPTANCE_MISMATCH";
    /** Not an attempt that passed. */
    public static final String NOT_ACCEPTED = "NOT_ACCEPTED";
    /** Accepted below the license's least level. */
    public static final String LEVEL_MISMATCH = "LEVEL_MISMATCH";
    /** The unit's IDevID did not sign the accepted flight. */
    public static final String UNIT_STATEMENT_MISMATCH = "UNIT_STATEMENT_MISMATCH";
    /** The voucher's header is not of this airframe's birth and acceptance. */
    public static final String HEADER_MISMATCH = "HEADER_MISMATCH";
    /** Nobody but the line has owned the airframe yet. */
    public static final String NOT_HANDED_OVER = "NOT_HANDED_OVER";

    private CapsuleFault() {}
}
