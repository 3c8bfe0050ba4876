package io.kryla.bench.loopback;

import java.io.IOException;

/** Measures the receivers one after the other, in this process. */
public final class LoopbackBench {
    private static final int MEASUREMENTS = 3;

    private LoopbackBench() {}

    /**
     * Verified samples for each second of CPU time that the receiving side took: what one core would take.
     *
     * @param floorSamplesPerSecond of the bare primitives on as many bytes
     * @param agentGarbageBytes for each sample that the airframe sent, by all of its threads
     */
    public record Rates(
            double samplesPerSecond,
            double floorSamplesPerSecond,
            double peerSamplesPerSecond,
            double agentGarbageBytes) {}

    /** Measures for a time and returns samples a second of the receiver's CPU time. */
    private interface Receiving {
        double run(int millis) throws IOException;
    }

    /**
     * @param millis of each of three measurements of each side, after twice as long a warm-up
     * @param plaintextBytes that one of Kryla's datagrams seals
     */
    public static Rates run(int millis, int plaintextBytes) throws IOException {
        double kryla;
        double garbage;
        double floor;
        try (StationUnderLoad station = new StationUnderLoad()) {
            kryla = best(station::run, millis);
            garbage = station.garbageBytes();
        }
        try (FloorUnderLoad primitives = new FloorUnderLoad(plaintextBytes)) {
            floor = best(primitives::run, millis);
        }
        try (PeerUnderLoad peer = new PeerUnderLoad()) {
            return new Rates(kryla, floor, best(peer::run, millis), garbage);
        }
    }

    /** What disturbs only ever takes away. */
    private static double best(Receiving receiving, int millis) throws IOException {
        receiving.run(2 * millis);
        double best = 0;
        for (int i = 0; i < MEASUREMENTS; i++) {
            best = Math.max(best, receiving.run(millis));
        }
        return best;
    }
}
