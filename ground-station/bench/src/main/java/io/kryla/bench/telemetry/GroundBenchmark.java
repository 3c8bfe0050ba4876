package io.kryla.bench.telemetry;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.RecordView;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.FrameKind;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From a datagram to an attested sample of which every field was read: open, replay window, decode, leaf hash, tree, and one
 * Ed25519 verification for each 1,024 records. A receiver's set-up is in it too, once in so many records. A message is a
 * sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GroundBenchmark {
    static final int BATCHES = 2_048;
    static final int SINGLES = 8_192;

    /** Flights are made once, each by the one benchmark that takes it. */
    @State(Scope.Thread)
    public static class Batches {
        final SealedFlight flight = SealedFlight.of(BATCHES, ReferenceTelemetry.SAMPLES_PER_DATAGRAM);
    }

    /** As {@link Batches}, with one sample a record. */
    @State(Scope.Thread)
    public static class Singles {
        final SealedFlight flight = SealedFlight.of(SINGLES, 1);
    }

    private final byte[] plaintext = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private final RecordView view = new RecordView();

    @Benchmark
    @OperationsPerInvocation(BATCHES * ReferenceTelemetry.SAMPLES_PER_DATAGRAM)
    public double batch7(Batches batches) {
        return take(batches.flight);
    }

    @Benchmark
    @OperationsPerInvocation(SINGLES)
    public double single(Singles singles) {
        return take(singles.flight);
    }

    private double take(SealedFlight flight) {
        SealedReceiver receiver = flight.receiver();
        FlightLogReceiver log = flight.logReceiver();
        double read = 0;
        for (byte[] datagram : flight.datagrams()) {
            int opened = receiver.open(datagram, 0, datagram.length, plaintext, 0, 0);
            LogProgress progress = SealedReceiver.kindOf(plaintext[0]) == FrameKind.FRAME_KIND_RECORD
                    ? log.takeRecord(Arrays.copyOf(plaintext, opened))
                    : log.receiveCheckpoint(Arrays.copyOfRange(plaintext, 1, opened));
            read += readAttested(progress);
        }
        if (log.head().isEmpty() || log.head().get().size() != flight.leaves()) {
            throw new IllegalStateException("not every record was attested");
        }
        return read;
    }

    private double readAttested(LogProgress progress) {
        double read = 0;
        for (Claimed claim : ((LogProgress.Accepted) progress).claims()) {
            if (claim instanceof AttestedRecord && claim.readWith(view)) {
                for (int i = 0; i < view.samples(); i++) {
                    read += ReferenceTelemetry.readAll(view.sample(i));
                }
            }
        }
        return read;
    }
}
