package io.kryla.radio.stream;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import io.kryla.radio.frame.Cobs;
import io.kryla.radio.frame.LineChannel;
import io.kryla.radio.frame.LineFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What a serial line delivers: bytes, frames, and the segments of streams. */
class RadioFuzzTest {
    private final byte[] frame = new byte[LineFrame.MTU];
    private LineMultiplexer line = new LineMultiplexer(true, StreamTimes.STANDARD);
    private long nowNanos;
    private int frames;

    static Stream<byte[]> seeds() {
        byte[] segment = new Segment(7, 0, Segment.OPENS, new byte[] {1, 2}).encode(true);
        byte[] acknowledgement = new SegmentAcknowledgement(7, 1, 2, 3, true).encode();
        return Stream.of(
                encoded(LineChannel.SEGMENT, segment),
                encoded(LineChannel.ACKNOWLEDGEMENT, acknowledgement),
                encoded(LineChannel.RESET, ByteBuffer.allocate(5).putInt(7).array()),
                encoded(LineChannel.DATAGRAM, new byte[30]),
                segment,
                acknowledgement);
    }

    private static byte[] encoded(LineChannel channel, byte[] body) {
        byte[] line = new byte[LineFrame.MTU];
        return Arrays.copyOf(line, new LineFrame(channel, body).encode(line));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void whatALineDelivers(byte[] input) {
        Executions.count();
        if (++frames % 1_000 == 0) {
            line = new LineMultiplexer(true, StreamTimes.STANDARD);
        }
        nowNanos += 10_000_000;
        line.receive(input, input.length, nowNanos);
        // The check has 32 bits, which no fuzzer guesses: the bodies get in by themselves, too.
        for (LineChannel channel : LineChannel.values()) {
            byte[] whole = encoded(channel, Arrays.copyOf(input, Math.min(input.length, LineFrame.MAX_BODY_BYTES)));
            line.receive(whole, whole.length, nowNanos);
        }
        for (LineStream stream = line.pollOpened(); stream != null; stream = line.pollOpened()) {
            stream.read(frame);
        }
        for (byte[] datagram = line.pollDatagram(); datagram != null; datagram = line.pollDatagram()) {
            require(datagram.length <= LineFrame.MAX_BODY_BYTES, "no longer than a body");
        }
        for (int length = line.transmit(frame, nowNanos); length > 0; length = line.transmit(frame, nowNanos)) {
            require(length <= LineFrame.MTU, "no longer than the line takes");
        }
        byte[] copy = input.clone();
        require(Cobs.decode(copy, copy.length) < Math.max(1, copy.length), "decoding makes shorter");
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
