package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.stream.SampleKind;
import io.kryla.ground.stream.StreamSubscription;
import io.kryla.ground.stream.TelemetryException;
import io.kryla.ground.stream.TelemetrySource;
import io.kryla.v1.VehicleState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty states, ten a second; the machine's clock is the test's. */
@Timeout(60)
class FlightReplayTest {
    private static final Duration WALL = Duration.ofSeconds(30);

    private static final int STATES = 30;
    private static final int RATE = 10;

    @TempDir
    static Path folder;

    private static WrittenFlight flight;
    private static Path file;

    private final AtomicLong machineNanos = new AtomicLong();
    private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    private FlightReplay replay = open(file);

    @BeforeAll
    static void aRecording() throws Exception {
        flight = new WrittenFlight(folder);
        file = flight.write(folder.resolve("flight.mcap"), STATES, RATE);
    }

    private FlightReplay open(Path recording) {
        return FlightReplay.open(recording, flight.verifier(), machineNanos::get);
    }

    @AfterEach
    void close() {
        replay.close();
    }

    private StreamSubscription watch(TelemetrySource source) {
        return source.attested(SampleKind.VEHICLE_STATE)
                .buffer(64)
                .listen(sample -> seen.add((int) -sample.body().getPositionDownMeters()));
    }

    @Test
    void nothingComesBeforeItPlays() throws Exception {
        watch(replay);
        assertThat(replay.airframe(WALL).join().serial()).isEqualTo(WrittenFlight.SERIAL);
        machineNanos.addAndGet(TimeUnit.MINUTES.toNanos(5));
        assertThat(seen).isEmpty();
        assertThat(replay.position()).isZero();
    }

    @Test
    void statesComeWhenTheyWereFlown() {
        watch(replay);
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(950));
        expectStates(0, 10);
        pass(Duration.ofMillis(1_000));
        expectStates(0, 20);
        replay.play(new ReplaySpeed(0.5));
        pass(Duration.ofMillis(1_000));
        expectStates(0, 25);
        replay.play(new ReplaySpeed(10));
        pass(Duration.ofMillis(100));
        expectStates(0, 30);
    }

    @Test
    void aPauseHoldsThem() {
        watch(replay);
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(450));
        expectStates(0, 5);
        replay.pause();
        pass(Duration.ofSeconds(100));
        expectStates(0, 5);
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(500));
        expectStates(0, 10);
    }

    @Test
    void whatLiesBeforeASoughtTimeIsPassedOver() {
        watch(replay);
        replay.seek(Duration.ofSeconds(2));
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(350));
        expectStates(20, 24);
        assertThat(replay.position()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_350));
    }

    @Test
    void backMeansToVerifyFromTheBeginning() {
        watch(replay);
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(2_450));
        expectStates(0, 25);
        replay.pause();
        replay.seek(Duration.ofSeconds(1));
        seen.clear();
        replay.play(ReplaySpeed.REAL);
        pass(Duration.ofMillis(350));
        expectStates(10, 14);
    }

    @Test
    void atFullSpeedASlowSubscriberLosesNothing() throws Exception {
        Semaphore permits = new Semaphore(0);
        StreamSubscription slow = replay.attested(SampleKind.VEHICLE_STATE)
                .failAfter(8)
                .listen(sample -> {
                    permits.acquireUninterruptibly();
                    seen.add((int) -sample.body().getPositionDownMeters());
                });
        replay.play(ReplaySpeed.MAX);
        permits.release(5);
        expectStates(0, 5);
        assertThat(replay.ended(WALL)).isNotDone();
        permits.release(STATES);
        slow.ended(WALL).join();
        expectStates(0, STATES);
        assertThat(slow.dropped()).isZero();
        assertThat(replay.ended(WALL).join()).isInstanceOf(FlightVerdict.Attested.class);
    }

    @Test
    void whatTheRecordingDoesNotProveReachesNobody() throws Exception {
        byte[] bytes = Files.readAllBytes(flight.write(folder.resolve("longer.mcap"), STATES + 5, RATE));
        Path damaged = Files.write(folder.resolve("damaged.mcap"), WrittenFlight.cutInLastChunk(bytes));
        List<VehicleState> proven = new ArrayList<>();
        FlightVerdict verdict = flight.verifier()
                .verify(
                        damaged,
                        record -> record.record().getSamplesList().stream()
                                .filter(sample -> sample.hasVehicleState())
                                .forEach(sample -> proven.add(sample.getVehicleState())));
        assertThat(proven).isNotEmpty().hasSizeLessThan(STATES + 5);
        replay.close();
        replay = open(damaged);
        StreamSubscription watching = watch(replay);
        replay.play(ReplaySpeed.MAX);
        assertThat(replay.ended(WALL).join()).isInstanceOf(FlightVerdict.Rejected.class);
        assertThatThrownBy(() -> watching.ended(WALL).get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TelemetryException.class,
                        e -> assertThat(e.code()).isEqualTo(((FlightVerdict.Rejected) verdict).code()));
        expectStates(0, proven.size());
    }

    @Test
    void aRecordingOfAnotherRootSaysNothing() throws Exception {
        replay.close();
        FlightVerifier stranger =
                FlightVerifier.of(new io.kryla.ground.line.TestLine().rootCertificate(), WrittenFlight.NOW);
        replay = FlightReplay.open(file, stranger, machineNanos::get);
        watch(replay);
        replay.play(ReplaySpeed.MAX);
        assertThat(replay.ended(WALL).join()).isInstanceOf(FlightVerdict.Rejected.class);
        assertThat(replay.airframe(WALL)).isCompletedExceptionally();
        assertThat(seen).isEmpty();
    }

    @Test
    void closingBreaksTheStreamsOff() {
        CompletableFuture<Void> ended = watch(replay).ended(WALL);
        replay.close();
        assertThat(ended)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        TelemetryException.class, e -> assertThat(e.code()).isEqualTo("REPLAY_CLOSED"));
    }

    @Test
    void aFileThatIsNotThereEndsTheReplay() {
        replay.close();
        replay = open(folder.resolve("nowhere.mcap"));
        assertThat(replay.ended(WALL)).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void speedsAreNumbersOrMax() {
        assertThat(ReplaySpeed.parse("max")).contains(ReplaySpeed.MAX);
        assertThat(ReplaySpeed.parse("1")).contains(ReplaySpeed.REAL);
        assertThat(ReplaySpeed.parse("0.25")).contains(new ReplaySpeed(0.25));
        for (String wrong : List.of("0", "-1", "NaN", "Infinity", "1e3", "", "fast", "1.", "0.0000001")) {
            assertThat(ReplaySpeed.parse(wrong)).as(wrong).isEmpty();
        }
    }

    private void pass(Duration time) {
        machineNanos.addAndGet(time.toNanos());
    }

    /** Exactly these come, and the replay then waits for its clock. */
    private void expectStates(int from, int to) {
        List<Integer> expected = IntStream.range(from, to).boxed().toList();
        await().atMost(Duration.ofSeconds(30)).until(() -> List.copyOf(seen).size() >= expected.size());
        assertThat(List.copyOf(seen)).isEqualTo(expected);
    }
}
