package io.kryla.bench.telemetry;

import io.kryla.bench.reference.ReferenceTelemetry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From the values of a flight loop to a datagram: encode, batch, leaf hash, tree, seal, and one Ed25519 signature for each
 * 1,024 records. A message is a sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeviceBenchmark {
    private final DevicePath device = new DevicePath();

    @Benchmark
    @OperationsPerInvocation(ReferenceTelemetry.SAMPLES_PER_DATAGRAM)
    public int batch7() {
        return device.sendRecord() + device.sendCheckpointIfDue();
    }
}
