package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.metrics.Metrics;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeCountersTest {
    private static final int ROUNDS = 20_000;

    @Test
    void countingMakesNoGarbage() {
        GroundMeters meters = new GroundMeters(Metrics.none());
        IntakeCounters counters = new IntakeCounters(meters);
        List<Claimed> claims = claims();
        for (int i = 0; i < ROUNDS; i++) {
            counters.accepted(claims, i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            counters.accepted(claims, i);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes in %s rounds", ROUNDS).isLessThan(ROUNDS);
        assertThat(meters.of(GroundMetric.SAMPLES_AUTHENTIC, "")).isEqualTo(2L * 3 * ROUNDS);
    }

    private static List<Claimed> claims() {
        TelemetryRecord.Builder record = TelemetryRecord.newBuilder();
        for (int i = 0; i < 3; i++) {
            record.addSamples(
                    Sample.newBuilder().setFlightTimeNanos(i).setVehicleState(VehicleState.getDefaultInstance()));
        }
        FlightLogReceiver receiver = new FlightLogReceiver(
                FlightOrigin.parse("kryla.example/flight/KRYL5TEST1/1/flight").orElseThrow(),
                TestLicensor.ed25519().key());
        LogProgress progress = receiver.receiveRecord(record.build().toByteArray());
        return ((LogProgress.Accepted) progress).claims();
    }
}
