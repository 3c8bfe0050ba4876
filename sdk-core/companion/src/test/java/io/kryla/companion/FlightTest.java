package io.kryla.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.KrylaException;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board that boots and flies without any ground; with one it is .ci/device-test.sh. */
class FlightTest {
    private static final long STEP_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    private final AtomicLong flightTime = new AtomicLong();
    private final AtomicInteger firstSigned = new AtomicInteger();

    @Test
    void logsWhatTheFlightControllerSaysUntilItEnds() throws IOException {
        try (AirframeAgent agent = boot()) {
            Flight flight = flight(agent, RehearsedBoard.samples());
            ClosedLog log = flight.fly(() -> false, Duration.ZERO);
            assertThat(log.acknowledged()).isFalse();
            assertThat(log.head().size()).isGreaterThan(20);
            assertThat(flight.ignored()).isZero();
            assertThat(firstSigned).hasValue(1);
        }
    }

    @Test
    void endsWhenAsked() throws IOException {
        try (AirframeAgent agent = boot()) {
            assertThat(flight(agent, RehearsedBoard.samples())
                            .fly(() -> true, Duration.ZERO)
                            .head()
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void leavesOutWhatMakesNoSense() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Sample.getDefaultInstance().writeDelimitedTo(stream);
        Sample.newBuilder()
                .setCommandEvent(CommandEvent.newBuilder()
                        .setCommandId(ByteString.copyFrom(new byte[16]))
                        .setStage(CommandStage.COMMAND_STAGE_ACCEPTED))
                .build()
                .writeDelimitedTo(stream);
        RehearsedBoard.state(1).writeDelimitedTo(stream);
        try (AirframeAgent agent = boot()) {
            Flight flight = flight(agent, stream.toByteArray());
            // The state and the end of the log share the second record.
            assertThat(flight.fly(() -> false, Duration.ZERO).head().size()).isEqualTo(2);
            assertThat(flight.ignored()).isEqualTo(2);
        }
    }

    @Test
    void closesTheLogAsAbortedWhenTheStreamMakesNoSense() throws IOException {
        try (AirframeAgent agent = boot()) {
            Flight flight = flight(agent, new byte[] {1, 0x7f});
            assertThatThrownBy(() -> flight.fly(() -> false, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("CONTROLLER_MALFORMED"));
            assertThatThrownBy(() -> agent.advanceTo(Long.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
        }
    }

    private AirframeAgent boot() throws IOException {
        return Settings.read(RehearsedBoard.write(folder, "127.0.0.1:9"))
                .agent(new SecureRandom(), InstantSource.fixed(TestLicensor.NOW), System::nanoTime);
    }

    private Flight flight(AirframeAgent agent, byte[] stream) {
        FlightController controller =
                FlightController.on(new ByteArrayInputStream(stream), OutputStream.nullOutputStream());
        return new Flight(agent, controller, () -> flightTime.addAndGet(STEP_NANOS), firstSigned::incrementAndGet);
    }
}
