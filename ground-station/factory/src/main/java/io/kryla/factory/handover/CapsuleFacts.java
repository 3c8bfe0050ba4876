package io.kryla.factory.handover;

import io.kryla.ownership.Voucher;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.License;
import java.time.Duration;
import java.time.Instant;

/**
 * What a capsule has proven.
 *
 * @param bornAt when witnesses had seen the birth
 * @param oldestCrl age of the oldest revocation list that was relied on
 */
public record CapsuleFacts(
        License license,
        BirthRecord birth,
        long bornIndex,
        Instant bornAt,
        AcceptanceRecord acceptance,
        long acceptedIndex,
        Voucher voucher,
        long bundleRevision,
        Duration oldestCrl) {
    public String serial() {
        return birth.getSerial();
    }
}
