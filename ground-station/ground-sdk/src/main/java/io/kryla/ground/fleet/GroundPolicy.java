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

    static GroundPolicy lineOwn(String ledgerOrigin) {
        return new LineOwn(ledgerOrigin);
    }

    static GroundPolicy requireCosigned() {
        return new RequireCosigned();
    }

    /** How fresh revocation lists have to be. */
    default CrlProfile crlProfile() {
        return this instanceof LineOwn ? CrlProfile.LINE : CrlProfile.FIELD;
    }
}
