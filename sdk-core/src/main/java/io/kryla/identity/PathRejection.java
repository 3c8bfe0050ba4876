package io.kryla.identity;

/** Why a certificate chain was not taken; the names are stable. */
public enum PathRejection {
    /** It does not lead to the root: signature, order, validity, key, key usage, basic constraints, path length. */
    PATH,
    /** The wrong license or role, none, or more than one. */
    POLICY,
    /** A name outside the issuer's constraint, an empty subject, or an alternative name that does not belong. */
    NAME,
    /** An issuer's revocation list names one of the certificates. */
    REVOKED,
    /** An issuer's revocation list is missing, or too old for the profile. */
    CRL_STALE,
    /** The hardware module's serial is not the subject's. */
    SERIAL_MISMATCH
}
