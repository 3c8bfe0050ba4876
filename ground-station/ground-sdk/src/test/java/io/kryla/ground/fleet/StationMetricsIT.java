package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.ClosedLog;
import io.kryla.ground.line.TestLine;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.metrics.Metrics;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.ground.stream.SampleKind;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.link.Impairment;
import io.kryla.test.FakeAirframe;
import io.kryla.test.FakeIdentity;
import io.kryla.v1.Command;
import io.kryla.v1.Hold;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens at a station is counted, each in its place. */
@Timeout(120)
class StationMetricsIT {
    private static final Duration WALL = Duration.ofSeconds(30);

    private final TestLicensor licensor = new TestLicensor();
    private final Map<String, LongSupplier> values = new ConcurrentHashMap<>();
    private final List<Long> delays = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private final Metrics metrics = new Metrics() {
        @Override
        public void counter(GroundMetric metric, String label, LongSupplier value) {
            assertThat(metric.kind()).isEqualTo(GroundMetric.Kind.COUNTER);
            assertThat(label.isEmpty()).isEqualTo(metric.label().isEmpty());
            assertThat(values.put(metric + label, value)).isNull();
        }

        @Override
        public void gauge(GroundMetric metric, LongSupplier value) {
            assertThat(metric.kind()).isEqualTo(GroundMetric.Kind.GAUGE);
            assertThat(values.put(metric.toString(), value)).isNull();
        }

        @Override
        public LatencySink latency(GroundMetric metric) {
            assertThat(metric.kind()).isEqualTo(GroundMetric.Kind.LATENCY);
            assertThat(values.put(metric.toString(), delays::size)).isNull();
            return delays::add;
        }
    };

    @Test
    void everythingIsThereFromTheStartButCodes() throws IOException {
        try (DatagramSocket listening = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                GroundStation station = builder()
                        .beacon((InetSocketAddress) listening.getLocalSocketAddress())
                        .start()) {
            assertThat(station.airframes()).isEmpty();
            assertThat(values.keySet().stream()
                            .map(key -> Arrays.stream(GroundMetric.values())
                                    .filter(metric -> metric.label().isEmpty()
                                            ? key.equals(metric.name())
                                            : key.startsWith(metric.name()))
                                    .findFirst()
                                    .orElseThrow())
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(GroundMetric.values())
                            .filter(metric -> !metric.label().equals("code"))
                            .toList());
            await().atMost(WALL).until(() -> of("BEACONS_SENT") > 0);
        }
    }

    @Test
    void aFlightOverALossyLinkIsCounted() {
        CountDownLatch released = new CountDownLatch(1);
        try (GroundStation station = builder().start();
                FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1")
                        .impaired(new Impairment(0.2, 0.2, 0.1), 3)
                        .boot()) {
            station.onAirframe(link -> FlightRecorder.recordInto(folder, link));
            station.attested(SampleKind.ANY).buffer(1).listen(sample -> hold(released));
            airframe.connect(station.boundAddress()).fly(Duration.ofSeconds(3));
            AirframeLink link = station.airframe("KRYL5TEST1", WALL).join();
            SentCommand sent = link.send(
                    Command.newBuilder().setHold(Hold.getDefaultInstance()).build(), WALL, WALL);
            airframe.flyOn();
            assertThat(sent.outcome().join()).isInstanceOf(CommandOutcome.Refused.class);
            ClosedLog closed = airframe.land();
            await().atMost(WALL).until(() -> of("RECORDINGS_COMPLETED") == 1);

            long leaves = closed.head().size();
            assertThat(of("RECORDS_ATTESTED")).isEqualTo(leaves);
            assertThat(of("RECORDS_AUTHENTIC")).isEqualTo(leaves);
            assertThat(of("SAMPLES_ATTESTED"))
                    .isEqualTo(of("SAMPLES_AUTHENTIC"))
                    .isGreaterThan(leaves);
            assertThat(of("DATAGRAMS_OPENED")).isGreaterThan(leaves);
            assertThat(of("DATAGRAMS_REJECTEDREPLAYED")).isPositive();
            assertThat(of("DATAGRAMS_REJECTEDAEAD_FAILED")).isZero();
            assertThat(of("RECORDS_REJECTEDDUPLICATE")).isPositive();
            assertThat(of("REQUESTS_SENT")).isPositive();
            assertThat(of("LEAVES_REQUESTED")).isGreaterThanOrEqualTo(of("REQUESTS_SENT"));
            assertThat(of("SESSIONS_ESTABLISHED")).isEqualTo(1);
            assertThat(of("SESSIONS_OPEN")).isEqualTo(1);
            assertThat(of("CONNECTIONS_OPEN")).isEqualTo(1);
            assertThat(of("CONNECTIONS_UNJUDGED")).isZero();
            assertThat(of("AIRFRAMES_KNOWN")).isEqualTo(1);
            assertThat(of("COMMANDS_SENT")).isEqualTo(1);
            assertThat(of("COMMANDS_ANSWEREDREFUSED")).isEqualTo(1);
            assertThat(of("RECORDINGS_STARTED")).isEqualTo(1);
            assertThat(of("RECORDER_RECORDS")).isEqualTo(leaves);
            assertThat(of("RECORDER_BYTES")).isGreaterThan(leaves);
            assertThat(of("SUBSCRIBERS_OPEN")).isEqualTo(1);
            assertThat(of("SUBSCRIBERS_LAG")).isEqualTo(1);
            assertThat(of("SUBSCRIBERS_OVERFLOWEDBUFFER")).isPositive();
            assertThat(delays).isNotEmpty().allMatch(nanos -> nanos >= 0 && nanos < WALL.toNanos());
        } finally {
            released.countDown();
        }
    }

    private static void hold(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusalsAreCountedByTheirCode() {
        try (GroundStation station = builder().start();
                FakeAirframe unseen = FakeAirframe.of(FakeIdentity.bornAtTheLineOnly(licensor, "KRYL5TEST2"))
                        .boot()) {
            assertThatThrownBy(() -> unseen.connect(station.boundAddress())).isInstanceOf(KrylaException.class);
            await().atMost(WALL).until(() -> values.containsKey("SETUPS_REFUSEDNO_QUORUM"));
            assertThat(of("SETUPS_REFUSEDNO_QUORUM")).isEqualTo(1);
            assertThat(station.refused("NO_QUORUM")).isEqualTo(1);
            await().atMost(WALL).until(() -> of("CONNECTIONS_OPEN") == 0);
        }
    }

    private long of(String key) {
        return values.get(key).getAsLong();
    }

    private GroundStationBuilder builder() {
        return GroundStation.builder()
                .identity(licensor.ground("ground-1"))
                .trust(licensor.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> licensor.crls().crls())
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(TestLine.CLOCK)
                .metrics(metrics);
    }
}
