package io.kryla.bench.telemetry;

import io.dronefleet.mavlink.MavlinkMessage;
import io.kryla.bench.reference.PeerLink;
import io.kryla.bench.reference.PeerState;
import io.kryla.bench.reference.ReferenceTelemetry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The peer: {@code io.dronefleet.mavlink:mavlink}, MAVLink 2 with signatures, the same values in a message of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MavlinkBenchmark {
    private static final int MESSAGES = 1_024;

    private final PeerLink link = new PeerLink();
    private final PeerState[] states = new PeerState[MESSAGES];
    private final byte[][] messages = new byte[MESSAGES][];
    private int next;

    public MavlinkBenchmark() {
        for (int i = 0; i < MESSAGES; i++) {
            states[i] = ReferenceTelemetry.peer(i);
            messages[i] = link.sign(states[i]);
        }
    }

    @Benchmark
    public MavlinkMessage<?> parseAndVerify() throws IOException {
        byte[] message = messages[next++ & (MESSAGES - 1)];
        return link.takeVerified(message, message.length);
    }

    @Benchmark
    public int sign() {
        return link.signInPlace(states[next++ & (MESSAGES - 1)]);
    }
}
