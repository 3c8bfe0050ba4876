package io.kryla.factory.ledger;

/**
 * An expected refusal; nothing was changed.
 *
 * @param code stable, upper-case, such as {@code QUOTA_EXHAUSTED}
 */
public record Refused(String code, String reason)
        implements ClaimResult, AdvanceResult, AppendResult, AdmitResult, ProofResult, CosignResult {
    public static final String QUOTA_EXHAUSTED = "QUOTA_EXHAUSTED";
    public static final String LICENSE_EXPIRED = "LICENSE_EXPIRED";
    public static final String LICENSE_MISSING = "LICENSE_MISSING";
    public static final String LICENSE_NOT_YET_VALID = "LICENSE_NOT_YET_VALID";
    public static final String CLONE_SUSPECTED = "CLONE_SUSPECTED";
    public static final String BAD_STATE = "BAD_STATE";
    public static final String NO_QUORUM = "NO_QUORUM";
}
