package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
    private static final long MS = 1_000_000;

    private final RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);

    @Test
    void isDueWhenItsFirstSampleHasWaitedFor50Milliseconds() {
        assertThat(batch.isDue(1000 * MS)).isFalse();
        batch.add(state(100 * MS));
        batch.add(state(120 * MS));
        assertThat(batch.isDue(149 * MS)).isFalse();
        assertThat(batch.isDue(150 * MS)).isTrue();
    }

    @Test
    void aDeadlineOfZeroMeansOneSampleARecord() {
        TelemetryProfile single = new TelemetryProfile("single", 1141, Duration.ZERO, Duration.ofSeconds(1), 1024);
        RecordBatch each = new RecordBatch(single);
        each.add(state(5));
        assertThat(each.isDue(5)).isTrue();
    }

    @Test
    void neverGrowsBeyondTheProfile() throws Exception {
        int samples = 0;
        while (batch.hasRoomFor(state(Long.MAX_VALUE))) {
            batch.add(state(Long.MAX_VALUE));
            samples++;
        }
        assertThatThrownBy(() -> batch.add(state(Long.MAX_VALUE))).isInstanceOf(IllegalArgumentException.class);
        byte[] record = batch.seal(Long.MAX_VALUE);
        assertThat(record).hasSizeLessThanOrEqualTo(TelemetryProfile.FLIGHT.maxRecordBytes());
        assertThat(record.length).isGreaterThan(TelemetryProfile.FLIGHT.maxRecordBytes() - 200);
        assertThat(TelemetryRecord.parseFrom(record).getSamplesCount()).isEqualTo(samples);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void aSampleThatFitsNoRecordIsTheCallersMistake() {
        assertThatThrownBy(() -> batch.add(TestLog.event(0, "x".repeat(1141))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("room for 1130");
    }

    private static Sample state(long flightTimeNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightTimeNanos)
                .setVehicleState(VehicleState.newBuilder()
                        .setAttitudeW(1)
                        .setLatitudeRadians(0.9)
                        .setLongitudeRadians(0.2)
                        .setPositionDownMeters(-10))
                .build();
    }
}
