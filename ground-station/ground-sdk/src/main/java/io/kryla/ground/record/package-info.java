/**
 * Flights on disk: a recorder that writes what was attested into an MCAP file with everything that proves it, a verifier
 * that needs the file and the root certificate alone, and what is built on it: repair, replay, tables (protocol.md §12,
 * recording.md). May import {@code ground.fleet}, {@code ground.stream} and sdk-core. Start at {@link
 * io.kryla.ground.record.FlightRecorder} and {@link io.kryla.ground.record.FlightVerifier}.
 */
@NullMarked
package io.kryla.ground.record;

import org.jspecify.annotations.NullMarked;
