package io.kryla.ground.stream;

import static io.kryla.ground.stream.SampleKind.LOG_OPENED;
import static io.kryla.ground.stream.SampleKind.VEHICLE_STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.VehicleState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class TelemetryStreamTest {
    private static final Duration WALL = Duration.ofSeconds(30);

    private final TestFlight flight = new TestFlight(10);
    private final ManualPool pool = new ManualPool();
    private final DropCounters drops = new DropCounters();
    private final TelemetryRelay relay = new TelemetryRelay(pool, drops);
    private final RecordingSubscriber<AttestedSample<VehicleState>> subscriber = new RecordingSubscriber<>();

    @Test
    void latestKeepsTheNewestSampleAlone() {
        subscribe(relay.attested(VEHICLE_STATE).latest());
        offerAll();
        assertThat(leaves(10)).containsExactly(9L);
        assertThat(drops.of(Overflow.LATEST)).isEqualTo(8);
    }

    @Test
    void bufferKeepsTheNewestAndCountsWhatItDropped() {
        TelemetryPublisher<AttestedSample<VehicleState>> publisher =
                relay.attested(VEHICLE_STATE).buffer(3);
        subscribe(publisher);
        offerAll();
        assertThat(leaves(10)).containsExactly(7L, 8L, 9L);
        assertThat(publisher.dropped()).isEqualTo(6);
        assertThat(drops.of(Overflow.BUFFER)).isEqualTo(6);
    }

    @Test
    void failAfterDropsNothingAndFailsInPlaceOfWhatWaits() {
        subscribe(relay.attested(VEHICLE_STATE).failAfter(3));
        relay.offer(TestFlight.ORIGIN, flight.attested.get(1));
        assertThat(leaves(10)).containsExactly(1L);
        offerAll();
        pool.runAll();
        assertThat(subscriber.heard).hasSize(1);
        assertThat(subscriber.errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        TelemetryException.class,
                        failure -> assertThat(failure.code()).isEqualTo("SLOW_SUBSCRIBER"));
        assertThat(drops.of(Overflow.FAIL)).isEqualTo(1);
    }

    @Test
    void aSlowSubscriberLosesForItselfAlone() {
        List<AttestedRecord> all = new ArrayList<>();
        relay.attestedRecords().buffer(100).listen(all::add);
        StreamSubscription slow = relay.attestedRecords().latest().listen(record -> {});
        offerAll();
        pool.runAll();
        assertThat(all).isEqualTo(flight.attested);
        assertThat(slow.dropped()).isEqualTo(9);
    }

    @Test
    void aStreamHoldsItsKindAndItsClaimAlone() {
        List<String> heard = new ArrayList<>();
        relay.attested(LOG_OPENED).buffer(100).listen(sample -> heard.add(sample.toString()));
        relay.authentic(LOG_OPENED).buffer(100).listen(sample -> heard.add(sample.toString()));
        flight.authentic.forEach(record -> relay.offer(TestFlight.ORIGIN, record));
        offerAll();
        pool.runAll();
        assertThat(heard)
                .containsExactly(
                        "ATTESTED kryla.example/flight/KRYL5TEST1/1/flight leaf 0 at 0 ns",
                        "AUTHENTIC kryla.example/flight/KRYL5TEST1/1/flight leaf 0 at 0 ns");
    }

    @Test
    void aSampleSaysWhereItStandsAndWhatCoversIt() {
        List<AttestedSample<VehicleState>> heard = new ArrayList<>();
        relay.attested(VEHICLE_STATE).latest().listen(heard::add);
        relay.offer(TestFlight.ORIGIN, flight.attested.get(4));
        pool.runAll();
        AttestedSample<VehicleState> sample = heard.get(0);
        assertThat(sample.origin()).isEqualTo(TestFlight.ORIGIN);
        assertThat(sample.leafIndex()).isEqualTo(4);
        assertThat(sample.flightTime()).isEqualTo(Duration.ofNanos(4_000));
        assertThat(sample.body().getPositionDownMeters()).isEqualTo(4);
        assertThat(sample.record().checkpoint().size()).isEqualTo(10);
    }

    @Test
    void theEndOfTheLogComesAfterWhatWaits() {
        subscribe(relay.attested(VEHICLE_STATE).buffer(100));
        offerAll();
        relay.complete();
        assertThat(leaves(3)).hasSize(3);
        assertThat(subscriber.completions).isZero();
        assertThat(leaves(100)).hasSize(9);
        assertThat(subscriber.completions).isEqualTo(1);
    }

    @Test
    void aStreamThatBreaksOffSaysWhyOnce() {
        subscribe(relay.attested(VEHICLE_STATE).buffer(100));
        offerAll();
        relay.breakOff(new TelemetryException("NEW_BOOT", "it booted again"));
        relay.complete();
        relay.breakOff(new TelemetryException("STATION_CLOSED", "closed"));
        assertThat(leaves(100)).hasSize(9);
        assertThat(subscriber.errors).extracting(Throwable::getMessage).containsExactly("it booted again");
        assertThat(subscriber.completions).isZero();
    }

    @Test
    void demandBeyondAllNumbersIsEndless() {
        subscribe(relay.attested(VEHICLE_STATE).buffer(100));
        subscriber.subscription.request(Long.MAX_VALUE);
        offerAll();
        assertThat(leaves(Integer.MAX_VALUE)).hasSize(9);
        offerAll();
        pool.runAll();
        assertThat(subscriber.heard).hasSize(18);
        assertThat(subscriber.errors).isEmpty();
    }

    @Test
    void askingForNothingIsAnError() {
        subscribe(relay.attested(VEHICLE_STATE).buffer(100));
        offerAll();
        assertThat(leaves(0)).isEmpty();
        assertThat(subscriber.errors).singleElement().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aThreadIsGivenBackAfterSoManySignals() {
        List<AttestedRecord> heard = new ArrayList<>();
        relay.attestedRecords().buffer(2_000).listen(heard::add);
        pool.runAll();
        for (int i = 0; i < 100; i++) {
            offerAll();
        }
        pool.runOne();
        assertThat(heard).hasSizeBetween(100, 500);
        pool.runAll();
        assertThat(heard).hasSize(1_000);
    }

    @Test
    void allSubscribersHearTheSameInTheSameOrder() {
        List<List<AttestedRecord>> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<AttestedRecord> own = new ArrayList<>();
            heard.add(own);
            relay.attestedRecords().buffer(100).listen(own::add);
        }
        offerAll();
        pool.runAll();
        assertThat(heard).allSatisfy(own -> assertThat(own).isEqualTo(flight.attested));
    }

    @Test
    void whoComesTooLateHearsTheEnd() {
        relay.breakOff(new TelemetryException("NEW_BOOT", "it booted again"));
        subscribe(relay.attested(VEHICLE_STATE).latest());
        pool.runAll();
        assertThat(subscriber.errors).hasSize(1);
    }

    @Test
    void whoCancelledHearsNoMoreAndIsForgotten() {
        subscribe(relay.attested(VEHICLE_STATE).buffer(100));
        offerAll();
        assertThat(leaves(2)).hasSize(2);
        subscriber.subscription.cancel();
        subscriber.subscription.cancel();
        offerAll();
        relay.complete();
        assertThat(leaves(100)).hasSize(2);
        assertThat(subscriber.completions).isZero();
    }

    @Test
    void whatComesBeforeTheSubscriberIsGreetedWaits() {
        relay.attested(VEHICLE_STATE).buffer(100).subscribe(subscriber);
        offerAll();
        pool.runAll();
        assertThat(leaves(100)).hasSize(9);
    }

    @Test
    void aListenerThatThrowsEndsItsSubscriptionAlone() {
        StreamSubscription failing = relay.attestedRecords().buffer(100).listen(record -> {
            throw new IllegalStateException("no");
        });
        List<AttestedRecord> other = new ArrayList<>();
        relay.attestedRecords().buffer(100).listen(other::add);
        offerAll();
        pool.runAll();
        assertThat(failing.ended(WALL)).isCompletedExceptionally();
        assertThat(other).hasSize(10);
    }

    @Test
    void aListenerThatClosesHearsNoMore() {
        List<AttestedRecord> heard = new ArrayList<>();
        StreamSubscription closing = relay.attestedRecords().buffer(100).listen(heard::add);
        closing.close();
        offerAll();
        pool.runAll();
        assertThat(heard).isEmpty();
        assertThat(closing.ended(WALL)).isCompletedExceptionally();
    }

    @Test
    void aStationThatHasEndedSaysSo() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        new TelemetryRelay(ended, drops).attested(VEHICLE_STATE).latest().subscribe(subscriber);
        assertThat(subscriber.errors).hasSize(1);
    }

    @Test
    void buffersAreBoundedAndSubscribersThere() {
        TelemetryStream<AttestedSample<VehicleState>> stream = relay.attested(VEHICLE_STATE);
        assertThatIllegalArgumentException().isThrownBy(() -> stream.buffer(0)).withMessageContaining("got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> stream.failAfter(TelemetryStream.LARGEST_BUFFER + 1));
        Flow.Subscriber<AttestedSample<VehicleState>> nobody = null;
        assertThatNullPointerException().isThrownBy(() -> stream.latest().subscribe(nobody));
    }

    private void subscribe(TelemetryPublisher<AttestedSample<VehicleState>> publisher) {
        publisher.subscribe(subscriber);
        pool.runAll();
    }

    private void offerAll() {
        flight.attested.forEach(record -> relay.offer(TestFlight.ORIGIN, record));
    }

    private List<Long> leaves(int demand) {
        subscriber.subscription.request(demand);
        pool.runAll();
        return subscriber.heard.stream().map(AttestedSample::leafIndex).toList();
    }
}
