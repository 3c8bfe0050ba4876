package io.kryla.telemetry;

import java.time.Duration;

/**
 * How a log batches samples and signs checkpoints. Times are flight time.
 *
 * @param name the last part of the log's origin
 * @param maxRecordBytes a record that would grow beyond it is sealed first
 * @param deadline no sample waits longer for company; zero means one sample a record
 * @param stateSpacing of the vehicle states whose flight times fall between two multiples of it, a newer one supersedes an
 *     older one that still waits; zero keeps all. Events are never superseded
 * @param checkpointInterval a checkpoint is signed once it has passed with new leaves
 * @param checkpointLeaves or after so many leaves, whichever comes first
 */
public record TelemetryProfile(
        String name,
        int maxRecordBytes,
        Duration deadline,
        Duration stateSpacing,
        Duration checkpointInterval,
        int checkpointLeaves) {
    /**
     * For UDP: datagrams of 1,170 bytes at most, less SFrame header (12), tag (16) and kind (1), so that a record fits
     * every path with an MTU of 1,280 (RFC 8200 §5) with room for a tunnel.
     */
    public static final TelemetryProfile FLIGHT = new TelemetryProfile(
            "flight", 1170 - 29, Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(1), 1024);

    /**
     * For a serial radio of 57,600 baud (protocol.md §13): datagrams of 242 bytes at most, less the same 29. Five vehicle states
     * a second of 157 bytes take a fifth of the line, so that set-up, repetition and what is asked for find room.
     */
    public static final TelemetryProfile RADIO = new TelemetryProfile(
            "radio", 242 - 29, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(2), 1024);

    public TelemetryProfile {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("name is \"" + name + "\", 1 to 32 of a-z, 0-9 and - are needed");
        }
        if (deadline.isNegative()
                || stateSpacing.isNegative()
                || checkpointInterval.isNegative()
                || maxRecordBytes < 64
                || checkpointLeaves < 1) {
            throw new IllegalArgumentException("profile " + name + " has a limit below its least value");
        }
    }
}
