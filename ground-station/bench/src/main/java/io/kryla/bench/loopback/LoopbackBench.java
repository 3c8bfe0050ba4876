package io.kryla.bench.loopback;

import java.io.IOException;

/** Measures both receivers one after the other, in this process. */
public final class LoopbackBench {
    private LoopbackBench() {}

    /** Verified samples for each second of CPU time that the receiving side took: what one core would take. */
    public record Rates(double samplesPerSecond, double peerSamplesPerSecond) {}

    /** @param millis to measure each side, after as long a warm-up */
    public static Rates run(int millis) throws IOException {
        double kryla;
        try (StationUnderLoad station = new StationUnderLoad()) {
            station.run(millis);
            kryla = station.run(millis);
        }
        try (PeerUnderLoad peer = new PeerUnderLoad()) {
            peer.run(millis);
            return new Rates(kryla, peer.run(millis));
        }
    }
}
