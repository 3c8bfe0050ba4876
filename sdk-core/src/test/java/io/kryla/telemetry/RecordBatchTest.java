package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.codec.VehicleSample;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
        TelemetryProfile single =
                new TelemetryProfile("single", 1141, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), 1024);
        RecordBatch each = new RecordBatch(single);
        each.add(state(5));
        assertThat(each.isDue(5)).isTrue();
    }

    @Test
    void neverGrowsBeyondTheProfile() throws Exception {
        int samples = 0;
        while (batch.tryAdd(state(Long.MAX_VALUE))) {
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

    @Test
    void writesTheBytesThatProtobufWrites() {
        for (long leafIndex : new long[] {0, 1, 127, 128, 1_000_000, Long.MAX_VALUE}) {
            batch.add(state(100 * MS));
            batch.add(new VehicleSample().set(state(120 * MS)));
            batch.add(TestLog.event(130 * MS, "touchdown"));
            TelemetryRecord expected = TelemetryRecord.newBuilder()
                    .setLeafIndex(leafIndex)
                    .addSamples(state(100 * MS))
                    .addSamples(state(120 * MS))
                    .addSamples(TestLog.event(130 * MS, "touchdown"))
                    .build();
            assertThat(batch.seal(leafIndex)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void whatIsHashedInPlaceIsTheLeafOfItsBytes() {
        batch.add(state(100 * MS));
        batch.sealInPlace(77);
        FlightLog inPlace = new TestLog().emptyLog();
        FlightLog copied = new TestLog().emptyLog();
        inPlace.append(batch);
        copied.append(
                Arrays.copyOfRange(batch.buffer(), batch.recordOffset(), batch.recordOffset() + batch.recordLength()));
        assertThat(inPlace.sign().root()).isEqualTo(copied.sign().root());
    }

    @Test
    void aNewerStateOfTheSameSpacingSupersedesOneThatWaits() throws Exception {
        RecordBatch thinned = new RecordBatch(THINNED);
        thinned.add(state(100 * MS));
        thinned.add(new VehicleSample().set(state(120 * MS)));
        thinned.add(state(199 * MS));
        thinned.add(state(200 * MS));
        assertThat(times(thinned)).containsExactly(199 * MS, 200 * MS);
    }

    @Test
    void anEventIsNeverSupersededAndEndsWhatMayBe() throws Exception {
        RecordBatch thinned = new RecordBatch(THINNED);
        thinned.add(state(100 * MS));
        thinned.add(TestLog.event(110 * MS, "touchdown"));
        thinned.add(TestLog.event(111 * MS, "disarmed"));
        thinned.add(state(120 * MS));
        assertThat(times(thinned)).containsExactly(100 * MS, 110 * MS, 111 * MS, 120 * MS);
    }

    @Test
    void supersedingDoesNotPostponeTheDeadline() {
        RecordBatch thinned = new RecordBatch(THINNED);
        thinned.add(state(100 * MS));
        thinned.add(state(140 * MS));
        assertThat(thinned.isDue(150 * MS)).isTrue();
    }

    private static final TelemetryProfile THINNED = new TelemetryProfile(
            "thinned", 1141, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(1), 1024);

    private static List<Long> times(RecordBatch batch) throws Exception {
        return TelemetryRecord.parseFrom(batch.seal(1)).getSamplesList().stream()
                .map(Sample::getFlightTimeNanos)
                .toList();
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
