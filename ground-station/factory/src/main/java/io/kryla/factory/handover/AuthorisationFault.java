package io.kryla.factory.handover;

/**
 * Why an export authorisation does not cover a voucher.
 *
 * @param code {@code AUTHORISATION_…}; the ledger's own rules add {@code AUTHORISATION_UNKNOWN} and {@code
 *     AUTHORISATION_EXHAUSTED}
 */
public record AuthorisationFault(String code, String reason) {
    /** Not signed by the officer it names, or incomplete. */
    public static final String SIGNATURE = "AUTHORISATION_SIGNATURE";
    /** Another authorisation than the one that the voucher's header names. */
    public static final String MISMATCH = "AUTHORISATION_MISMATCH";

    public static final String LEDGER = "AUTHORISATION_LEDGER";
    public static final String CENTRE = "AUTHORISATION_CENTRE";
    public static final String EXPIRED = "AUTHORISATION_EXPIRED";
    public static final String DESTINATION = "AUTHORISATION_DESTINATION";
    public static final String END_USER = "AUTHORISATION_END_USER";
}
