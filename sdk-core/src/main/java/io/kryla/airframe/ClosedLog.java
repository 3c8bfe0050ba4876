package io.kryla.airframe;

import io.kryla.telemetry.FlightCheckpoint;

/**
 * A flight log's end.
 *
 * @param head the last checkpoint: it covers every leaf, {@code LogClosed} the last of them
 * @param acknowledged whether the ground confirmed that it has every leaf and has verified {@code head}
 */
public record ClosedLog(FlightCheckpoint head, boolean acknowledged) {}
