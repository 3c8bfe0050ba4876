package io.kryla.hil.flight;

import io.kryla.airframe.ClosedLog;
import io.kryla.keys.Digest;

/**
 * A flight that came to its end, whatever the airframe did.
 *
 * @param flightTimeNanos at the end
 * @param log closed, acknowledged and attested by the ground
 * @param truthSha256 of the truth recording's bytes
 */
public record FlightRun(FlightEnd end, long flightTimeNanos, ClosedLog log, Digest truthSha256) {}
