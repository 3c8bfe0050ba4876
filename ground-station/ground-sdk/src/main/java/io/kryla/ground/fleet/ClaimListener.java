package io.kryla.ground.fleet;

import io.kryla.telemetry.Claimed;

/** Takes records, one at a time and in order, on a delivery thread. An exception ends the subscription. */
@FunctionalInterface
public interface ClaimListener<C extends Claimed> {
    void onRecord(C record);
}
