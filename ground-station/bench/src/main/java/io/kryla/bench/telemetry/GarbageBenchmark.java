package io.kryla.bench.telemetry;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What the device allocates for a datagram beside the JDK's cipher, to the byte: the whole way, less the bare cipher on
 * plaintexts and headers of the same length. Both in a JVM without escape analysis, which would take away objects of either
 * as it pleases.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GarbageBenchmark {
    /** From here on headers and leaf indices have their usual length, until the next step of the ratchet. */
    static final int FIRST = 70_000;

    static final int DATAGRAMS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final DevicePath device = new DevicePath();

    /** Public fields, as JMH reads them. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Bytes {
        public double whole;
        public double cipher;
    }

    @Benchmark
    public int own(Bytes bytes) {
        int length = 0;
        for (int i = 0; i < FIRST; i++) {
            length = device.sendRecord();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < DATAGRAMS; i++) {
            device.sendRecord();
        }
        bytes.whole = threads.getCurrentThreadAllocatedBytes() - before;

        BareCipher cipher = new BareCipher();
        int plaintext = length - BareCipher.HEADER_BYTES - BareCipher.TAG_BYTES;
        for (int i = 0; i < FIRST; i++) {
            cipher.seal(plaintext);
        }
        before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < DATAGRAMS; i++) {
            cipher.seal(plaintext);
        }
        bytes.cipher = threads.getCurrentThreadAllocatedBytes() - before;
        return length;
    }
}
