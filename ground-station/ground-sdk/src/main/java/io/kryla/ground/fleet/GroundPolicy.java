package io.kryla.ground.fleet;

import io.kryla.identity.CrlProfile;

/** Which births a ground believes. */
public sealed interface GroundPolicy {

    /**
     * The line's own ground, for acceptance flights: a birth that stands in this line's own ledger, whether or not a
     * witness has seen it; revocation lists must be fresh.
     *
     * @param ledgerOrigin of the line's ledger
     */
    record LineOwn(String ledgerOrigin) implements GroundPolicy {}

    /** Every other ground: only births that a quorum of witnesses cosigned, in any ledger of the trust bundle. */
    record RequireCosigned() implements GroundPolicy {}

    /** For the line's own ground: births in this ledger count before witnesses cosigned them. */
    static GroundPolicy lineOwn(String ledgerOrigin) {
        return new LineOwn(ledgerOrigin);
    }

    /** For everyone else: a birth counts under the cosignatures of a quorum of witnesses. */
    static GroundPolicy requireCosigned() {
        return new RequireCosigned();
    }

    /** How fresh revocation lists have to be. */
    default CrlProfile crlProfile() {
        return this instanceof LineOwn ? CrlProfile.LINE : CrlProfile.FIELD;
    }
}
