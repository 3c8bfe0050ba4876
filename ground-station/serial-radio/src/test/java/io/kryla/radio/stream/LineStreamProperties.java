package io.kryla.radio.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class LineStreamProperties {
    /** A line on which nine of ten frames are lost takes its time: the silence is not what is tested here. */
    private static final StreamTimes PATIENT = new StreamTimes(
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofHours(10));

    private static final long A_DAY = Duration.ofDays(1).toNanos();

    @Property(tries = 300)
    void whateverTheLineDoesTheBytesArriveOnceAndInOrder(
            @ForAll("conditions") LineConditions conditions,
            @ForAll long seed,
            @ForAll @IntRange(max = 20_000) int up,
            @ForAll @IntRange(max = 20_000) int down) {
        SimulatedLine line = new SimulatedLine(conditions, PATIENT, new Random(seed));
        Conversation conversation = new Conversation(line, bytes(seed, up + 1), bytes(~seed, down));
        assertThat(line.run(A_DAY, conversation::ended)).isTrue();
        conversation.assertExact();
    }

    @Property(tries = 100)
    void aLineThatDiesBreaksTheStreamWithACodeAfterTheSilence(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int cutAfterMillis) {
        SimulatedLine line = new SimulatedLine(LineConditions.radio(0.1), StreamTimes.STANDARD, new Random(seed));
        LineStream stream = line.airframe().multiplexer().open(7, 0);
        byte[] endless = bytes(seed, 1_000_000);
        int[] written = {0};
        line.use(() -> written[0] += stream.write(endless, written[0], endless.length - written[0]));
        line.run(cutAfterMillis * 1_000_000L, () -> false);
        line.ground().cutOff(true);
        line.airframe().cutOff(true);
        long cutAt = line.nowNanos();
        assertThat(line.run(A_DAY, () -> stream.fault().isPresent())).isTrue();
        assertThat(stream.fault()).contains(StreamFault.PEER_SILENT);
        assertThat(line.nowNanos() - cutAt)
                .isLessThanOrEqualTo(
                        StreamTimes.STANDARD.silence().plusMillis(100).toNanos());
    }

    @Provide
    Arbitrary<LineConditions> conditions() {
        Arbitrary<Double> little = Arbitraries.doubles().between(0, 0.3);
        return Combinators.combine(
                        Arbitraries.of(57_600, 9_600, 921_600, 0),
                        Arbitraries.longs().between(0, 800_000_000L),
                        Arbitraries.doubles().between(0, 0.9),
                        little,
                        little,
                        little,
                        Arbitraries.of(false, true))
                .as(LineConditions::new);
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Both ends say all they have, then end. */
    private static final class Conversation {
        private final SimulatedLine line;
        private final Side airframe;
        private final byte[] fromGround;
        private @Nullable Side ground;

        Conversation(SimulatedLine line, byte[] fromAirframe, byte[] fromGround) {
            this.line = line;
            this.fromGround = fromGround;
            this.airframe = new Side(line.airframe().multiplexer().open(1, 0), fromAirframe, fromGround.length);
            line.use(this::talk);
        }

        private void talk() {
            LineStream accepted = line.ground().multiplexer().pollOpened();
            if (accepted != null) {
                assertThat(ground).as("one stream was opened").isNull();
                ground = new Side(accepted, fromGround, airframe.toSay.length);
            }
            airframe.talk(line.nowNanos());
            if (ground != null) {
                ground.talk(line.nowNanos());
            }
        }

        boolean ended() {
            return ground != null && airframe.stream.done() && ground.stream.done();
        }

        void assertExact() {
            assertThat(airframe.stream.fault()).isEmpty();
            assertThat(ground).isNotNull();
            assertThat(ground.stream.fault()).isEmpty();
            assertThat(ground.heard.toByteArray()).isEqualTo(airframe.toSay);
            assertThat(airframe.heard.toByteArray()).isEqualTo(fromGround);
        }
    }

    private static final class Side {
        private final LineStream stream;
        private final byte[] toSay;
        private final int toHear;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[1_000];
        private int said;

        Side(LineStream stream, byte[] toSay, int toHear) {
            this.stream = stream;
            this.toSay = toSay;
            this.toHear = toHear;
        }

        void talk(long nowNanos) {
            said += stream.write(toSay, said, toSay.length - said);
            for (int count = stream.read(buffer); count > 0; count = stream.read(buffer)) {
                heard.write(buffer, 0, count);
            }
            if (said == toSay.length && heard.size() == toHear) {
                stream.close(nowNanos);
            }
        }
    }
}
