package io.kryla.factory.acceptance;

import io.kryla.keys.Digest;

/**
 * An attempt that stands in the ledger and may now be flown.
 *
 * @param attempt counts the attempts of this serial, from 1
 * @param index of FLIGHT_OPENED
 * @param nonce 32 random bytes; the ground that records the flight puts them into {@code Subscribe}, so that the flight
 *     log names them before its first sample
 */
public record OpenedFlight(PlannedFlight planned, int attempt, long index, Digest nonce) {}
