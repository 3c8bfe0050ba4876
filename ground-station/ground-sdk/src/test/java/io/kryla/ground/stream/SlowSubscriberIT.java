package io.kryla.ground.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers that take their first sample and do not return, beside one that keeps up, on a real link. */
@Timeout(120)
class SlowSubscriberIT {
    private static final Duration WALL = Duration.ofSeconds(30);
    private static final int STATES = 500;

    @TempDir
    Path folder;

    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void neverStallTheLinkAndGetWhatTheirPolicySays() throws Exception {
        TestLine line = new TestLine();
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SLOW1", folder);
        List<Sample> latest = new CopyOnWriteArrayList<>();
        List<Sample> buffered = new CopyOnWriteArrayList<>();
        List<Sample> failing = new CopyOnWriteArrayList<>();
        List<AttestedRecord> healthy = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
            CompletableFuture<List<StreamSubscription>> blocked = next.thenApply(link -> {
                link.attestedRecords().buffer(4_096).listen(healthy::add);
                TelemetryStream<AttestedSample<Sample>> stream = link.attested(SampleKind.ANY);
                return List.of(
                        stream.latest().listen(blocking(latest)),
                        stream.buffer(7).listen(blocking(buffered)),
                        stream.failAfter(7).listen(blocking(failing)));
            });
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 2);
            await().atMost(WALL).until(() -> latest.size() + buffered.size() + failing.size() == 3);
            TestAirframe.fly(agent, 2, STATES);
            ClosedLog closed = TestAirframe.land(agent);

            assertThat(closed.acknowledged())
                    .as("the link ran to the log's end")
                    .isTrue();
            await().atMost(WALL).until(() -> healthy.size() == closed.head().size());
            assertThat(station.dropped(Overflow.LATEST)).isGreaterThan(STATES - 10);
            assertThat(station.dropped(Overflow.FAIL)).isEqualTo(1);

            released.countDown();
            List<StreamSubscription> subscriptions = blocked.get(30, TimeUnit.SECONDS);
            assertThat(subscriptions.get(0).ended(WALL)).succeedsWithin(WALL);
            assertThat(subscriptions.get(1).ended(WALL)).succeedsWithin(WALL);
            assertThat(subscriptions.get(2).ended(WALL))
                    .failsWithin(WALL)
                    .withThrowableThat()
                    .withMessageContaining("more than 7 samples waited");
            assertThat(latest).hasSize(2).last().matches(Sample::hasLogClosed);
            assertThat(buffered).hasSize(8).last().matches(Sample::hasLogClosed);
            assertThat(failing).hasSize(1);
            assertThat(subscriptions.get(1).dropped())
                    .isEqualTo(subscriptions.get(0).dropped() - 6);
        }
    }

    private SampleListener<AttestedSample<Sample>> blocking(List<Sample> taken) {
        return sample -> {
            taken.add(sample.body());
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
