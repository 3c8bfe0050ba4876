package io.kryla.radio.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.radio.frame.LineChannel;
import io.kryla.radio.frame.LineFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineMultiplexerTest {
    private static final int LINE_BYTES_PER_SECOND = 5_760;
    private final Random chance = new Random(5);
    private final byte[] buffer = new byte[4_096];

    @Test
    void aCleanLineCarriesMoreThanNineTenthsOfItsBytes() {
        assertThat(bytesPerSecond(LineConditions.radio(0))).isGreaterThan(0.9 * LINE_BYTES_PER_SECOND);
    }

    @Test
    void aLineThatLosesATenthCarriesWhatIsLeft() {
        assertThat(bytesPerSecond(LineConditions.radio(0.1))).isGreaterThan(0.78 * LINE_BYTES_PER_SECOND);
    }

    /** The acknowledgements take the rest. */
    @Test
    void aSharedLineCarriesFourFifthsOfItsBytes() {
        assertThat(bytesPerSecond(LineConditions.radio(0).sharedByBothDirections()))
                .isGreaterThan(0.8 * LINE_BYTES_PER_SECOND);
    }

    private double bytesPerSecond(LineConditions conditions) {
        SimulatedLine line = line(conditions);
        LineStream stream = line.airframe().multiplexer().open(1, 0);
        byte[] bytes = new byte[100_000];
        chance.nextBytes(bytes);
        int[] written = {0};
        int[] read = {0};
        LineStream[] far = new LineStream[1];
        line.use(() -> {
            written[0] += stream.write(bytes, written[0], bytes.length - written[0]);
            LineStream opened = line.ground().multiplexer().pollOpened();
            far[0] = opened == null ? far[0] : opened;
            for (int count = 1; far[0] != null && count > 0; read[0] += Math.max(0, count)) {
                count = far[0].read(buffer);
            }
        });
        assertThat(line.run(seconds(120), () -> read[0] == bytes.length)).isTrue();
        return bytes.length / (line.nowNanos() / 1e9);
    }

    @Test
    void datagramsAndAStreamShareTheLineEvenly() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineMultiplexer airframe = line.airframe().multiplexer();
        LineStream stream = airframe.open(1, 0);
        byte[] bytes = new byte[1_000_000];
        int[] written = {0};
        long[] arrived = new long[2];
        LineStream[] far = new LineStream[1];
        line.use(() -> {
            written[0] += stream.write(bytes, written[0], bytes.length - written[0]);
            while (airframe.hasRoomForDatagram()) {
                airframe.sendDatagram(new byte[LineFrame.MAX_BODY_BYTES]);
            }
            LineStream opened = line.ground().multiplexer().pollOpened();
            far[0] = opened == null ? far[0] : opened;
            while (line.ground().multiplexer().pollDatagram() != null) {
                arrived[0] += LineFrame.MAX_BODY_BYTES;
            }
            for (int count = 1; far[0] != null && count > 0; arrived[1] += Math.max(0, count)) {
                count = far[0].read(buffer);
            }
        });
        line.run(seconds(60), () -> false);
        assertThat((double) arrived[0] / arrived[1]).isCloseTo(1, within(0.1));
        assertThat(arrived[0] + arrived[1]).isGreaterThan(60 * LINE_BYTES_PER_SECOND * 9 / 10);
    }

    @Test
    void aPeerThatWasStartedAgainSaysSoAtOnceAndTakesANewStream() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineStream stream = line.airframe().multiplexer().open(1, 0);
        stream.write(new byte[] {1}, 0, 1);
        line.run(seconds(1), () -> false);
        line.ground().restart(StreamTimes.STANDARD);
        stream.write(new byte[] {2}, 0, 1);
        assertThat(line.run(seconds(2), () -> stream.fault().isPresent())).isTrue();
        assertThat(stream.fault()).contains(StreamFault.STREAM_UNKNOWN);

        LineStream again = line.airframe().multiplexer().open(2, line.nowNanos());
        again.write(new byte[] {3}, 0, 1);
        assertThat(line.run(seconds(3), () -> line.ground().multiplexer().pollOpened() != null))
                .isTrue();
    }

    @Test
    void anIdleStreamLivesAsLongAsItsPeerAnswers() {
        SimulatedLine line = line(LineConditions.radio(0.1));
        LineStream stream = line.airframe().multiplexer().open(1, 0);
        stream.write(new byte[] {1}, 0, 1);
        line.run(Duration.ofHours(2).toNanos(), () -> false);
        assertThat(stream.fault()).isEmpty();
        assertThat(line.airframe().sentBytes())
                .as("keep-alives cost next to nothing")
                .isLessThan(2 * 360 * 40);
        line.ground().cutOff(true);
        line.run(line.nowNanos() + seconds(46), () -> stream.fault().isPresent());
        assertThat(stream.fault()).contains(StreamFault.PEER_SILENT);
    }

    @Test
    void aReaderThatDoesNotReadHoldsTheWriterUpAndNothingGrows() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineStream stream = line.airframe().multiplexer().open(1, 0);
        byte[] bytes = new byte[200_000];
        int[] written = {0};
        boolean[] reading = {false};
        int[] read = {0};
        LineStream[] far = new LineStream[1];
        line.use(() -> {
            written[0] += stream.write(bytes, written[0], bytes.length - written[0]);
            LineStream opened = line.ground().multiplexer().pollOpened();
            far[0] = opened == null ? far[0] : opened;
            for (int count = 1; reading[0] && count > 0; read[0] += Math.max(0, count)) {
                count = far[0].read(buffer);
            }
        });
        line.run(seconds(300), () -> false);
        assertThat(stream.fault()).isEmpty();
        assertThat(written[0]).isLessThan(64_000);
        reading[0] = true;
        assertThat(line.run(seconds(400), () -> read[0] == bytes.length)).isTrue();
    }

    @Test
    void servesFourStreamsAndRefusesTheFifth() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineMultiplexer ground = line.ground().multiplexer();
        for (int id = 1; id <= 5; id++) {
            receive(ground, LineChannel.SEGMENT, segment(id, 0, Segment.OPENS, 1));
        }
        for (int i = 0; i < LineMultiplexer.MOST_STREAMS; i++) {
            assertThat(ground.pollOpened()).isNotNull();
        }
        assertThat(ground.pollOpened()).isNull();
        assertThat(ground.rejected(LineRejection.STREAM_REFUSED)).isEqualTo(1);
    }

    @Test
    void anAirframeAcceptsNoStreams() {
        LineMultiplexer airframe = line(LineConditions.radio(0)).airframe().multiplexer();
        receive(airframe, LineChannel.SEGMENT, segment(1, 0, Segment.OPENS, 1));
        assertThat(airframe.pollOpened()).isNull();
        assertThat(airframe.rejected(LineRejection.STREAM_REFUSED)).isEqualTo(1);
    }

    @Test
    void aStreamThatIsDoneMakesRoom() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineMultiplexer airframe = line.airframe().multiplexer();
        line.use(() -> {
            LineStream opened = line.ground().multiplexer().pollOpened();
            if (opened != null) {
                opened.close(line.nowNanos());
            }
        });
        for (int id = 1; id <= 20; id++) {
            LineStream stream = airframe.open(id, line.nowNanos());
            stream.write(new byte[] {1}, 0, 1);
            stream.close(line.nowNanos());
            assertThat(line.run(line.nowNanos() + seconds(5), stream::done)).isTrue();
            assertThat(stream.fault()).isEmpty();
            line.run(line.nowNanos() + seconds(1), () -> false);
        }
    }

    @Test
    void countsWhatIsMalformedAndGoesOn() {
        LineMultiplexer ground = line(LineConditions.radio(0)).ground().multiplexer();
        receive(ground, LineChannel.SEGMENT, new byte[6]);
        receive(ground, LineChannel.SEGMENT, segment(1, 0, 0x40, 1));
        receive(ground, LineChannel.SEGMENT, segment(1, 0, Segment.OPENS, 0));
        receive(ground, LineChannel.ACKNOWLEDGEMENT, new byte[11]);
        receive(ground, LineChannel.RESET, new byte[4]);
        assertThat(ground.rejected(LineRejection.MALFORMED)).isEqualTo(5);
        receive(ground, LineChannel.SEGMENT, segment(1, 3, 0, 1));
        assertThat(ground.rejected(LineRejection.UNKNOWN_STREAM)).isEqualTo(1);
        assertThat(ground.pollOpened()).isNull();
        for (int i = 0; i < 100; i++) {
            receive(ground, LineChannel.DATAGRAM, new byte[10]);
        }
        assertThat(ground.rejected(LineRejection.DATAGRAM_DROPPED)).isEqualTo(36);
    }

    @Test
    void aStrangersFramesDoNotDisturbAStream() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineStream stream = line.airframe().multiplexer().open(77, 0);
        stream.write(new byte[1_000], 0, 1_000);
        LineStream[] far = new LineStream[1];
        int[] read = {0};
        line.use(() -> {
            byte[] noise = new byte[chance.nextInt(LineFrame.MAX_BODY_BYTES)];
            chance.nextBytes(noise);
            LineChannel channel = LineChannel.values()[chance.nextInt(4)];
            receive(line.ground().multiplexer(), channel, noise);
            receive(line.airframe().multiplexer(), channel, noise);
            LineStream opened = line.ground().multiplexer().pollOpened();
            far[0] = opened != null && opened.id() == 77 ? opened : far[0];
            for (int count = 1; far[0] != null && count > 0; read[0] += Math.max(0, count)) {
                count = far[0].read(buffer);
            }
        });
        assertThat(line.run(seconds(60), () -> read[0] == 1_000)).isTrue();
    }

    /** Acknowledgements of the future and segments far ahead, for a stream whose id the attacker has overheard. */
    @Test
    void forgedNumbersAreIgnored() {
        SimulatedLine line = line(LineConditions.radio(0));
        LineMultiplexer airframe = line.airframe().multiplexer();
        LineMultiplexer ground = line.ground().multiplexer();
        LineStream stream = airframe.open(77, 0);
        stream.write(new byte[] {42}, 0, 1);
        line.run(10_000_000L, () -> false);
        for (int next = 2; next < 65_536; next += 7) {
            receive(
                    airframe,
                    LineChannel.ACKNOWLEDGEMENT,
                    new SegmentAcknowledgement(77, next, -1, 32, false).encode());
        }
        LineStream[] far = new LineStream[1];
        assertThat(line.run(seconds(5), () -> (far[0] = ground.pollOpened()) != null))
                .isTrue();
        for (int number = 33; number < 65_536; number += 7) {
            receive(ground, LineChannel.SEGMENT, segment(77, number, 0, 1));
        }
        stream.write(new byte[] {43}, 0, 1);
        byte[] two = new byte[3];
        int[] read = {0};
        assertThat(line.run(seconds(10), () -> (read[0] += Math.max(0, far[0].read(two))) == 2))
                .isTrue();
    }

    private SimulatedLine line(LineConditions conditions) {
        return new SimulatedLine(conditions, StreamTimes.STANDARD, chance);
    }

    private static byte[] segment(int id, int number, int flags, int bytes) {
        return ByteBuffer.allocate(7 + bytes)
                .putInt(id)
                .putShort((short) number)
                .put((byte) flags)
                .array();
    }

    private static void receive(LineMultiplexer at, LineChannel channel, byte[] body) {
        byte[] line = new byte[LineFrame.MTU];
        at.receive(line, new LineFrame(channel, body).encode(line), 0);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
