package io.kryla.bench.telemetry;

import io.kryla.bench.loopback.LoopbackBench;
import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.bench.report.AllocationCount;
import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.BenchRow;
import io.kryla.bench.report.Cost;
import io.kryla.bench.report.Machine;
import io.kryla.sframe.SFrameHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks of telemetry, peers included, and says what came of it. */
public final class TelemetryBench {
    private static final String NANOS = "ns/sample";
    private static final String BYTES = "B/sample";
    private static final String RATE = "samples/s";

    private static final double GROUND_BATCH_TIMES_PEER = 20;
    private static final double GROUND_SINGLE_TIMES_PEER = 7;
    private static final double GROUND_SINGLE_TIMES_PRIMITIVES = 2;
    private static final double DEVICE_TIMES_PEER = 20;
    private static final double DEVICE_GARBAGE_BYTES = 155;
    private static final double SFRAME_BYTES = 4;
    private static final double FRAMING_BYTES = 8;
    private static final double MAVLINK_FRAMING_BYTES = 25;
    private static final double LOOPBACK_SAMPLES_PER_SECOND = 2_000_000;
    private static final double LOOPBACK_TIMES_PEER = 10;

    /** How long to measure. */
    public enum Thoroughness {
        /** Every benchmark once, to see that it runs: its numbers mean nothing. */
        SMOKE(0, 1, 50, 0, 20),
        /** Within three minutes. */
        QUICK(5, 8, 1_000, 1, 2_000),
        FULL(5, 10, 2_000, 3, 5_000);

        private final int warmups;
        private final int iterations;
        private final int iterationMillis;
        private final int forks;
        private final int loopbackMillis;

        Thoroughness(int warmups, int iterations, int iterationMillis, int forks, int loopbackMillis) {
            this.warmups = warmups;
            this.iterations = iterations;
            this.iterationMillis = iterationMillis;
            this.forks = forks;
            this.loopbackMillis = loopbackMillis;
        }

        private Cost.Effort effort() {
            return new Cost.Effort(warmups, iterations, iterationMillis, forks);
        }
    }

    private final Thoroughness thoroughness;
    private final PrintWriter progress;

    /** @param progress hears what is being measured */
    public TelemetryBench(Thoroughness thoroughness, PrintWriter progress) {
        this.thoroughness = thoroughness;
        this.progress = progress;
    }

    public BenchReport run() throws RunnerException, IOException {
        Map<String, Cost> costs = new HashMap<>();
        for (Class<?> benchmarks : List.of(
                MavlinkBenchmark.class, PrimitivesBenchmark.class, GroundBenchmark.class, DeviceBenchmark.class)) {
            progress.println("measuring: " + benchmarks.getSimpleName());
            progress.flush();
            costs.putAll(Cost.measure(benchmarks, thoroughness.effort()));
        }
        double ownGarbage = ownGarbage();
        progress.println("measuring: loopback UDP");
        progress.flush();
        LoopbackBench.Rates loopback = LoopbackBench.run(thoroughness.loopbackMillis, batchPlaintextBytes());
        return BenchReport.of(rows(costs, ownGarbage, loopback));
    }

    /** Kind byte and record of a full batch. */
    private static int batchPlaintextBytes() {
        byte[] datagram = SealedFlight.of(1, ReferenceTelemetry.SAMPLES_PER_DATAGRAM)
                .datagrams()
                .get(1);
        return datagram.length - SFrameHeader.lengthAt(datagram, 0, datagram.length) - BareCipher.TAG_BYTES;
    }

    /** In bytes a sample. */
    private double ownGarbage() throws RunnerException {
        AllocationCount count = AllocationCount.of(GarbageBenchmark.class, thoroughness.forks > 0);
        return (count.bytes("whole") - count.bytes("cipher"))
                / GarbageBenchmark.DATAGRAMS
                / ReferenceTelemetry.SAMPLES_PER_DATAGRAM;
    }

    private static List<BenchRow> rows(Map<String, Cost> costs, double ownGarbage, LoopbackBench.Rates loopback)
            throws IOException {
        Machine machine = Machine.here();
        Cost parse = of(costs, "MavlinkBenchmark.parseAndVerify");
        Cost sign = of(costs, "MavlinkBenchmark.sign");
        Cost primitives = of(costs, "PrimitivesBenchmark.openSingle");
        double groundBatch = of(costs, "GroundBenchmark.batch7").cpuNanos();
        double groundSingle = of(costs, "GroundBenchmark.single").cpuNanos();
        Cost device = of(costs, "DeviceBenchmark.batch7");
        return List.of(
                machine.cost(
                        "ground.batch7",
                        groundBatch,
                        NANOS,
                        parse.cpuNanos() / GROUND_BATCH_TIMES_PEER,
                        Optional.of(parse.cpuNanos())),
                machine.cost(
                        "ground.single",
                        groundSingle,
                        NANOS,
                        parse.cpuNanos() / GROUND_SINGLE_TIMES_PEER,
                        Optional.of(parse.cpuNanos())),
                machine.cost(
                        "ground.single.primitives",
                        groundSingle,
                        NANOS,
                        primitives.cpuNanos() * GROUND_SINGLE_TIMES_PRIMITIVES,
                        Optional.of(primitives.cpuNanos())),
                machine.cost(
                        "device.batch7",
                        device.cpuNanos(),
                        NANOS,
                        sign.cpuNanos() / DEVICE_TIMES_PEER,
                        Optional.of(sign.cpuNanos())),
                machine.cost(
                        "device.garbage",
                        device.garbageBytes(),
                        BYTES,
                        DEVICE_GARBAGE_BYTES,
                        Optional.of(sign.garbageBytes())),
                machine.cost("device.garbage.own", ownGarbage, BYTES, 0, Optional.empty()),
                machine.cost(
                        "device.garbage.agent",
                        loopback.agentGarbageBytes(),
                        BYTES,
                        DEVICE_GARBAGE_BYTES,
                        Optional.of(sign.garbageBytes())),
                machine.cost("framing.sframe", Framing.sframeBytesPerSample(), BYTES, SFRAME_BYTES, Optional.empty()),
                machine.cost(
                        "framing.all",
                        Framing.allBytesPerSample(),
                        BYTES,
                        FRAMING_BYTES,
                        Optional.of(MAVLINK_FRAMING_BYTES)),
                machine.rate(
                        "loopback.rate",
                        loopback.samplesPerSecond(),
                        RATE,
                        LOOPBACK_SAMPLES_PER_SECOND,
                        Optional.of(loopback.peerSamplesPerSecond())),
                machine.rate(
                        "loopback.floor",
                        loopback.floorSamplesPerSecond(),
                        RATE,
                        LOOPBACK_SAMPLES_PER_SECOND,
                        Optional.empty()),
                machine.rate(
                        "loopback.peer",
                        loopback.samplesPerSecond(),
                        RATE,
                        loopback.peerSamplesPerSecond() * LOOPBACK_TIMES_PEER,
                        Optional.of(loopback.peerSamplesPerSecond())));
    }

    private static Cost of(Map<String, Cost> costs, String name) {
        Cost cost = costs.get(name);
        if (cost == null) {
            throw new IllegalStateException("no result of " + name + " among " + costs.keySet());
        }
        return cost;
    }
}
