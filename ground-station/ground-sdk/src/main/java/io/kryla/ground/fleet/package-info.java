/**
 * Airframes as an integrator sees them: who may come in, what they send with what may be claimed of it, commands and
 * their answers. May import {@code ground.link} and sdk-core; protobuf messages are the vocabulary. Start at {@link
 * io.kryla.ground.fleet.GroundStation}; what happens to a datagram is in {@code AirframeSession}, then {@code FlightIntake}.
 */
@NullMarked
package io.kryla.ground.fleet;

import org.jspecify.annotations.NullMarked;
