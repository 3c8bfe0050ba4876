package io.kryla.ground.record;

import io.kryla.keys.Digest;
import io.kryla.telemetry.FlightCheckpoint;
import java.nio.file.Path;

/**
 * A closed flight on disk.
 *
 * @param head covers every leaf, {@code LogClosed} the last of them
 * @param sha256 of the file
 */
public record FinishedRecording(Path file, long sizeBytes, Digest sha256, FlightCheckpoint head) {}
