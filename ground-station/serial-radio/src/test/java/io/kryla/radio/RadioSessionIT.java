package io.kryla.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.GroundPath;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.CommandAnswer;
import io.kryla.ground.fleet.FlightFollower;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.sframe.KeyLife;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Hold;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real agent and the real station, each at its serial port; between them a line of 57,600 baud that loses a tenth of the
 * frames by a seed. Set-up, telemetry under keys that go forward once a second, a command, a new session while the old one goes
 * on, and a log that is whole.
 */
@Timeout(120)
class RadioSessionIT {
    private static final Duration WALL = Duration.ofSeconds(40);
    private static final RadioSettings SETTINGS = RadioSettings.ofBaud(57_600);

    @TempDir
    Path folder;

    @Test
    void aWholeSessionOverALineThatLosesATenth() throws Exception {
        TestLine line = new TestLine();
        TestAirframe unit = TestAirframe.born(line, "KRYL6RADIO2", folder);
        List<AttestedRecord> attested = new CopyOnWriteArrayList<>();
        try (Pty here = new Pty(folder.resolve("airframe"));
                Pty there = new Pty(folder.resolve("ground"));
                LossyPump down = new LossyPump(here, there, 0.1, new Random(11));
                LossyPump up = new LossyPump(there, here, 0.1, new Random(12));
                GroundStation station = line.groundStation().profile("radio").start();
                SerialRadio airframeRadio = SerialRadio.ofAirframe(
                        new SerialPortDevice(here.port(), 57_600, false),
                        SETTINGS,
                        System::nanoTime,
                        new SecureRandom());
                AirframeAgent agent = unit.agent()
                        .profiles(List.of(TelemetryProfile.RADIO))
                        // Two minutes of sending pass in a second.
                        .keyLife(
                                new KeyLife(Duration.ofSeconds(1), 1 << 20, Duration.ofHours(23), Duration.ofHours(24)))
                        .boot()) {
            station.onAirframe(link -> link.follow(new Collector(attested)));
            CompletableFuture<AirframeLink> next = station.nextFlight(unit.serial, WALL);
            station.attach(SerialRadio.ofGround(
                    new SerialPortDevice(there.port(), 57_600, false), SETTINGS, System::nanoTime));
            GroundPath ground = GroundPath.over(airframeRadio);

            agent.connect(ground).get(30, TimeUnit.SECONDS);
            AirframeLink link = next.get(30, TimeUnit.SECONDS);
            Flight flight = new Flight(agent);
            flight.fly(Duration.ofSeconds(3));

            CompletableFuture<CommandAnswer> answer =
                    link.send(hold(), WALL, WALL).answer();
            Optional<ReceivedCommand> received = flight.flyUntilCommand();
            assertThat(received.map(ReceivedCommand::command).map(Command::hasHold))
                    .contains(true);
            agent.report(id(), CommandStage.COMMAND_STAGE_ACCEPTED, "");
            flight.flyUntil(answer);
            assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Accepted.class);

            int before = attested.size();
            long receivedBefore = link.state().nextLeafIndex();
            CompletableFuture<Void> renewed = agent.connect(ground);
            flight.flyUntil(renewed);
            renewed.get(30, TimeUnit.SECONDS);
            assertThat(link.state().nextLeafIndex())
                    .as("the old session's telemetry while the new one was set up")
                    .isGreaterThan(receivedBefore);
            flight.fly(Duration.ofSeconds(3));
            await().atMost(WALL).until(() -> attested.size() > before);

            assertThat(agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL)
                            .acknowledged())
                    .isTrue();
            await().atMost(WALL).until(() -> last(attested).hasLogClosed());
            assertThat(attested)
                    .extracting(AttestedRecord::leafIndex)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(attested.get(attested.size() - 1).leafIndex()).isEqualTo(attested.size() - 1);
            assertThat(joins(attested)).as("two sessions in one log").isEqualTo(2);
            assertThat(down.lostFrames()).isPositive();
            System.out.printf(
                    Locale.ROOT,
                    "radio session: %d records attested, %d frames down (%d lost), %d up (%d lost)%n",
                    attested.size(),
                    down.carriedFrames(),
                    down.lostFrames(),
                    up.carriedFrames(),
                    up.lostFrames());
        }
    }

    /** Every attested record, by leaf index and without holes. */
    private record Collector(List<AttestedRecord> attested) implements FlightFollower {
        @Override
        public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {
            attested.addAll(records);
        }

        @Override
        public void onClosed(FlightCheckpoint head) {}

        @Override
        public void onAbandoned(String reason) {}
    }

    /** States at 50 Hz of real time, of which the profile keeps five a second. */
    private static final class Flight {
        private final AirframeAgent agent;
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "flight-clock");
            thread.setDaemon(true);
            return thread;
        });
        private final AtomicInteger ticks = new AtomicInteger();
        private int state;

        Flight(AirframeAgent agent) {
            this.agent = agent;
            clock.scheduleAtFixedRate(ticks::incrementAndGet, 0, TestAirframe.STEP_NANOS, TimeUnit.NANOSECONDS);
        }

        void fly(Duration duration) {
            int end = state + (int) (duration.toNanos() / TestAirframe.STEP_NANOS);
            while (state < end) {
                step();
            }
        }

        void flyUntil(CompletableFuture<?> event) {
            while (!event.isDone()) {
                step();
            }
        }

        Optional<ReceivedCommand> flyUntilCommand() {
            Optional<ReceivedCommand> command = agent.pollCommand();
            while (command.isEmpty()) {
                step();
                command = agent.pollCommand();
            }
            return command;
        }

        private void step() {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> ticks.get() > state);
            agent.publish(TestAirframe.state(state));
            state++;
        }
    }

    private static Sample last(List<AttestedRecord> records) {
        List<Sample> samples = records.isEmpty()
                ? List.of()
                : records.get(records.size() - 1).record().getSamplesList();
        return samples.isEmpty() ? Sample.getDefaultInstance() : samples.get(samples.size() - 1);
    }

    private static long joins(List<AttestedRecord> records) {
        List<Sample> all = new ArrayList<>();
        records.forEach(record -> all.addAll(record.record().getSamplesList()));
        return all.stream().filter(Sample::hasReceiverJoined).count();
    }

    private static byte[] id() {
        byte[] id = new byte[16];
        id[0] = 7;
        return id;
    }

    private static Command hold() {
        return Command.newBuilder()
                .setId(ByteString.copyFrom(id()))
                .setHold(Hold.getDefaultInstance())
                .build();
    }
}
