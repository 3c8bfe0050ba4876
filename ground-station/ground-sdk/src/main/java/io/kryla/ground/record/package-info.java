/**
 * Flights on disk: a recorder that writes what was attested into an MCAP file with everything that proves it, and a
 * verifier that needs the file and the root certificate alone (protocol.md §12). May import {@code ground.fleet} and
 * sdk-core. Start at {@link io.kryla.ground.record.FlightRecorder} and {@link io.kryla.ground.record.RecordedFlight}.
 */
@NullMarked
package io.kryla.ground.record;

import org.jspecify.annotations.NullMarked;
