package io.kryla.bench.load;

import io.kryla.telemetry.TelemetryProfile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * What flies.
 *
 * @param airframes how many
 * @param rateHz samples a second of each
 * @param seconds that count; a warm-up comes before them
 * @param seed of the moments at which each airframe's samples fall
 * @param mostP99Millis what the 99th percentile of latency has to stay below
 */
public record LoadPlan(int airframes, int rateHz, int seconds, long seed, int mostP99Millis) {
    public static final int MOST_AIRFRAMES = 50_000;
    public static final int MOST_RATE_HZ = 1_000;
    public static final int MOST_SECONDS = 86_400;
    public static final int MOST_P99_MILLIS = 60_000;

    private static final int WARM_UP_SECONDS = 5;
    private static final int OWN_OPEN_FILES = 200;
    private static final int KEPT_SECONDS = 16;
    private static final int BYTES_KEPT_A_RECORD = 512;
    private static final int FEWEST_LOG_MEMORY = 1 << 16;
    private static final int MOST_LOG_MEMORY = 1 << 23;
    /** Above so many, checkpoints are further apart, as on a radio: a second's signatures would take a core. */
    private static final int AIRFRAMES_WITH_A_CHECKPOINT_A_SECOND = 2_000;

    public LoadPlan {
        requireWithin("airframes", airframes, MOST_AIRFRAMES);
        requireWithin("rate", rateHz, MOST_RATE_HZ);
        requireWithin("seconds", seconds, MOST_SECONDS);
        requireWithin("max-p99", mostP99Millis, MOST_P99_MILLIS);
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": 1 to " + most + " expected, got " + value);
        }
    }

    /** Of the airframes' process: a session has a TLS connection and a socket for datagrams. */
    public int openFiles() {
        return 2 * airframes + OWN_OPEN_FILES;
    }

    /** Bytes of each airframe's log that it keeps for the ground: the last 16 seconds, for whoever comes back after a stall. */
    int logMemory() {
        int bytes = rateHz * KEPT_SECONDS * BYTES_KEPT_A_RECORD;
        return Math.min(MOST_LOG_MEMORY, Math.max(FEWEST_LOG_MEMORY, Integer.highestOneBit(2 * bytes - 1)));
    }

    int warmUpSeconds() {
        return WARM_UP_SECONDS;
    }

    /** The flight profile without waiting for company: latency is what is measured. */
    TelemetryProfile profile() {
        TelemetryProfile flight = TelemetryProfile.FLIGHT;
        int seconds = airframes <= AIRFRAMES_WITH_A_CHECKPOINT_A_SECOND ? 1 : 5;
        return new TelemetryProfile(
                flight.name(),
                flight.maxRecordBytes(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(seconds),
                flight.checkpointLeaves());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(airframes);
        out.writeInt(rateHz);
        out.writeInt(seconds);
        out.writeLong(seed);
        out.writeInt(mostP99Millis);
    }

    static LoadPlan read(DataInputStream in) throws IOException {
        return new LoadPlan(in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readInt());
    }
}
