package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferedSubscriptionTest {
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<Long> heard = new ArrayList<>();
    private final List<AuthenticRecord> records = authenticRecords(BufferedSubscription.CAPACITY + 10);
    private boolean unregistered;

    @Test
    void aSlowSubscriberLosesTheNewestAndCountsThem() {
        BufferedSubscription<AuthenticRecord> subscription = subscribe(record -> heard.add(record.leafIndex()));
        records.forEach(subscription::offer);

        assertThat(subscription.dropped()).isEqualTo(10);
        pool.forEach(Runnable::run);
        assertThat(heard).hasSize(BufferedSubscription.CAPACITY).isSorted().startsWith(0L);
    }

    @Test
    void aClosedSubscriptionIsNotCalledAgain() {
        BufferedSubscription<AuthenticRecord> subscription = subscribe(record -> heard.add(record.leafIndex()));
        subscription.offer(records.get(0));
        subscription.close();
        pool.forEach(Runnable::run);
        assertThat(heard).isEmpty();
        assertThat(unregistered).isTrue();
    }

    @Test
    void aListenerThatThrowsIsEnded() {
        BufferedSubscription<AuthenticRecord> subscription = subscribe(record -> {
            heard.add(record.leafIndex());
            throw new IllegalStateException("for the test");
        });
        subscription.offer(records.get(0));
        subscription.offer(records.get(1));
        pool.forEach(Runnable::run);
        assertThat(heard).containsExactly(0L);
        assertThat(unregistered).isTrue();
    }

    private BufferedSubscription<AuthenticRecord> subscribe(ClaimListener<AuthenticRecord> listener) {
        return new BufferedSubscription<>(AuthenticRecord.class, listener, pool::add, () -> unregistered = true);
    }

    private static List<AuthenticRecord> authenticRecords(int count) {
        FlightLogReceiver log = new FlightLogReceiver(
                new FlightOrigin("kryla.example/flight/KRYL5TEST1", 1, "flight"),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom())
                        .key());
        List<AuthenticRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TelemetryRecord record = TelemetryRecord.newBuilder()
                    .setLeafIndex(i)
                    .addSamples(Sample.newBuilder().setFlightTimeNanos(i))
                    .build();
            LogProgress progress = log.receiveRecord(record.toByteArray());
            Claimed claim = ((LogProgress.Accepted) progress).claims().get(0);
            records.add((AuthenticRecord) claim);
        }
        return records;
    }
}
