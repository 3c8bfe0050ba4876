package io.kryla.radio.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineFrameProperties {
    @Property
    void everyFrameRoundTrips(@ForAll LineChannel channel, @ForAll("bodies") byte[] body) {
        byte[] line = encode(channel, body);
        assertThat(line.length).isLessThanOrEqualTo(LineFrame.MTU);
        assertOnly(channel, body, read(new FrameReader(), line));
    }

    @Property
    void afterAnyGarbageTheNextWholeFrameIsReceived(
            @ForAll @Size(max = 1_200) byte[] garbage, @ForAll LineChannel channel, @ForAll("bodies") byte[] body) {
        FrameReader reader = new FrameReader();
        read(reader, garbage);
        assertOnly(channel, body, read(reader, encode(channel, body)));
    }

    @Property
    void aFrameArrivesInPiecesOfAnySize(@ForAll("bodies") byte[] body, @ForAll @IntRange(min = 1, max = 300) int size) {
        FrameReader reader = new FrameReader();
        byte[] line = encode(LineChannel.DATAGRAM, body);
        List<LineFrame> frames = new ArrayList<>();
        for (int from = 0; from < line.length; from += size) {
            byte[] piece = Arrays.copyOfRange(line, from, Math.min(line.length, from + size));
            reader.receive(piece, piece.length, frames::add);
        }
        assertOnly(LineChannel.DATAGRAM, body, frames);
    }

    /** Five bits and fewer are always found (P. Koopman, CRC-32C to 5,243 bits); bytes in between may be anything. */
    @Property
    void aDamagedFrameIsNoFrame(
            @ForAll("bodies") byte[] body, @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1_999) Integer> bits) {
        byte[] line = encode(LineChannel.SEGMENT, body);
        byte[] damaged = line.clone();
        for (int bit : bits) {
            damaged[bit / 8 % line.length] ^= (byte) (1 << bit % 8);
        }
        for (LineFrame frame : read(new FrameReader(), damaged)) {
            assertThat(frame.body()).isEqualTo(body);
            assertThat(frame.channel()).isEqualTo(LineChannel.SEGMENT);
        }
    }

    @Property
    void anyBytesAreFramesOrCounted(@ForAll @Size(max = 2_000) byte[] bytes) {
        FrameReader reader = new FrameReader();
        List<LineFrame> frames = read(reader, bytes);
        long rejected = 0;
        for (FrameRejection reason : FrameRejection.values()) {
            rejected += reader.rejected(reason);
        }
        assertThat(frames.size() + rejected).isEqualTo(packetsIn(bytes));
    }

    /** Runs of bytes that a zero ends. */
    private static long packetsIn(byte[] bytes) {
        long packets = 0;
        for (int i = 1; i < bytes.length; i++) {
            packets += bytes[i] == 0 && bytes[i - 1] != 0 ? 1 : 0;
        }
        return packets;
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<Byte> bytes =
                Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just((byte) 0)), Tuple.of(8, Arbitraries.bytes()));
        return bytes.array(byte[].class).ofMaxSize(LineFrame.MAX_BODY_BYTES);
    }

    private static byte[] encode(LineChannel channel, byte[] body) {
        byte[] line = new byte[LineFrame.MTU];
        int length = new LineFrame(channel, body).encode(line);
        return Arrays.copyOf(line, length);
    }

    private static List<LineFrame> read(FrameReader reader, byte[] bytes) {
        List<LineFrame> frames = new ArrayList<>();
        reader.receive(bytes, bytes.length, frames::add);
        return frames;
    }

    private static void assertOnly(LineChannel channel, byte[] body, List<LineFrame> frames) {
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).channel()).isEqualTo(channel);
        assertThat(frames.get(0).body()).isEqualTo(body);
    }
}
