/**
 * From samples to records to leaves of a signed flight log, and back with the claim that may be made of each record
 * (protocol.md §6). May import {@code keys}, {@code tlog}, {@code dsse} and {@code v1}. Start reading at {@link
 * io.kryla.telemetry.FlightLog} for the airframe's side, at {@link io.kryla.telemetry.FlightLogReceiver} for the ground's.
 */
@NullMarked
package io.kryla.telemetry;

import org.jspecify.annotations.NullMarked;
