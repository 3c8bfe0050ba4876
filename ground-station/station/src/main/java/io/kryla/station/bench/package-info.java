/**
 * A simulated unit on the bench: its storage, secure element, firmware slot, parameters and sensors in one folder, which
 * is all it knows of the world.
 *
 * <p>May import the airframe's side of the SDK and the simulator. Start reading at {@link
 * io.kryla.station.bench.SimulatedBoard}.
 */
@NullMarked
package io.kryla.station.bench;

import org.jspecify.annotations.NullMarked;
