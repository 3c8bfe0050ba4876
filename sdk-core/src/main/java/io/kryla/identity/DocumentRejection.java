package io.kryla.identity;

import io.kryla.dsse.DsseRejection;

/** Why a signed document was not taken; the names are stable. */
public enum DocumentRejection {
    /** Not a document of this kind, or its content contradicts itself. */
    MALFORMED,
    /** Another kind of document. */
    WRONG_TYPE,
    /** Signed by a key that may not sign it. */
    UNKNOWN_SIGNER,
    /** A signature does not verify. */
    BAD_SIGNATURE,
    /** Fewer distinct keys than required. */
    THRESHOLD,
    /** A trust bundle of another root. */
    WRONG_ROOT,
    /** A trust bundle older than one already known. */
    BUNDLE_ROLLBACK,
    /** Names a ledger, line or design that the trust bundle or the license does not. */
    FOREIGN;

    static DocumentRejection of(DsseRejection rejection) {
        return valueOf(rejection.name());
    }
}
