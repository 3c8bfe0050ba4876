package io.kryla.factory.ledger;

import io.kryla.keys.Digest;
import java.time.Instant;

/**
 * One claimed unit as the line knows it.
 *
 * @param idevidKeySha256 SHA-256 of the SubjectPublicKeyInfo that made the claim
 */
public record Unit(
        String serial,
        Digest idevidKeySha256,
        Digest hardwareIdSha256,
        String licensePolicyOid,
        UnitState state,
        Instant claimedAt) {
    Unit in(UnitState newState) {
        return new Unit(serial, idevidKeySha256, hardwareIdSha256, licensePolicyOid, newState, claimedAt);
    }
}
