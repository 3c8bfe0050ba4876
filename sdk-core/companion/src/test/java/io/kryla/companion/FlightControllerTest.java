package io.kryla.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlightControllerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void givesEachSampleOnceAndInOrder() throws IOException {
        FlightController controller = reading(RehearsedBoard.samples());
        List<Sample> taken = taken(controller);
        assertThat(taken).hasSize(201);
        assertThat(taken.get(0).hasFlightEvent()).isTrue();
        assertThat(taken.subList(1, 201))
                .isEqualTo(
                        IntStream.range(0, 200).mapToObj(RehearsedBoard::state).toList());
    }

    @Test
    void endsWithItsStream() {
        FlightController controller = reading(new byte[0]);
        assertThat(taken(controller)).isEmpty();
        assertThat(controller.ended()).isTrue();
    }

    @Test
    void refusesAnEndWithinASample() throws IOException {
        byte[] all = RehearsedBoard.samples();
        assertMalformed(Arrays.copyOf(all, all.length - 1));
        assertMalformed(new byte[] {(byte) 0x80});
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertMalformed(new byte[] {2, (byte) 0xff, (byte) 0xff});
    }

    @Test
    void refusesALengthThatNoSampleHasBeforeItTakesRoomForIt() {
        assertMalformed(new byte[] {(byte) 0x81, 0x20});
        assertMalformed(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});
    }

    @Test
    void saysThatTheStreamBroke() {
        FlightController controller = FlightController.on(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("no carrier");
                    }
                },
                OutputStream.nullOutputStream());
        assertThatThrownBy(() -> controller.next(LONG))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("CONTROLLER_LOST"));
    }

    @Test
    void writesCommandsBehindTheirLengths() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FlightController controller = FlightController.on(new ByteArrayInputStream(new byte[0]), out);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int number = 0; number < 3; number++) {
            command(number).writeDelimitedTo(expected);
            assertThat(controller.send(command(number))).isTrue();
        }
        await().atMost(LONG).until(() -> Arrays.equals(out.toByteArray(), expected.toByteArray()));
    }

    /** A pipe that nobody reads from blocks its writer; here the very first write does. */
    @Test
    void takesNoCommandForWhichThereIsNoRoom() throws IOException {
        try (PipedOutputStream blocked = new PipedOutputStream();
                var end = new java.io.PipedInputStream(blocked, 1)) {
            FlightController controller = FlightController.on(new ByteArrayInputStream(new byte[0]), blocked);
            int sent = 0;
            while (sent < 1_000 && controller.send(command(sent))) {
                sent++;
            }
            assertThat(sent).isBetween(64, 66);
            assertThat(end.available()).isLessThanOrEqualTo(1);
        }
    }

    private static void assertMalformed(byte[] stream) {
        FlightController controller = reading(stream);
        assertThatThrownBy(() -> taken(controller))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("CONTROLLER_MALFORMED"));
        assertThat(controller.ended()).isTrue();
    }

    private static FlightController reading(byte[] stream) {
        return FlightController.on(new ByteArrayInputStream(stream), OutputStream.nullOutputStream());
    }

    private static List<Sample> taken(FlightController controller) {
        List<Sample> samples = new ArrayList<>();
        while (!controller.ended()) {
            controller.next(LONG).ifPresent(samples::add);
        }
        return samples;
    }

    private static Command command(int number) {
        return Command.newBuilder()
                .setId(ByteString.copyFrom(new byte[] {(byte) number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
                .setArm(Arm.getDefaultInstance())
                .build();
    }
}
