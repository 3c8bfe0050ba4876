package io.kryla.telemetry;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** An airframe's log for tests: every record and a checkpoint wherever one is wanted. */
final class TestLog {
    static final FlightOrigin ORIGIN = new FlightOrigin("kryla.example/flight/KRYLA5TEST1", 3, "flight");

    final SoftwareSigner logKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
    final List<byte[]> records = new ArrayList<>();
    private final FlightLog log = new FlightLog(ORIGIN, logKey);

    /** Leaf 0 and as many more. */
    static TestLog of(int leaves) {
        TestLog log = new TestLog();
        log.append(opened(ORIGIN));
        for (int i = 1; i < leaves; i++) {
            log.append(event(i, "event " + i));
        }
        return log;
    }

    static Sample opened(FlightOrigin origin) {
        return Sample.newBuilder()
                .setLogOpened(LogOpened.newBuilder()
                        .setSerial(origin.serial())
                        .setBoot(origin.boot())
                        .setProfile(origin.profile()))
                .build();
    }

    static Sample event(long flightTimeNanos, String detail) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightTimeNanos)
                .setFlightEvent(FlightEvent.newBuilder().setDetail(detail))
                .build();
    }

    static Sample state(long flightTimeNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightTimeNanos)
                .setVehicleState(VehicleState.newBuilder().setAttitudeW(1))
                .build();
    }

    static Sample closed(long flightTimeNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightTimeNanos)
                .setLogClosed(LogClosed.getDefaultInstance())
                .build();
    }

    /** Another log under the same key. */
    FlightLog emptyLog() {
        return new FlightLog(ORIGIN, logKey);
    }

    byte[] append(Sample... samples) {
        byte[] record = TelemetryRecord.newBuilder()
                .setLeafIndex(records.size())
                .addAllSamples(List.of(samples))
                .build()
                .toByteArray();
        records.add(record);
        log.append(record);
        return record;
    }

    byte[] checkpoint() {
        return log.sign().wire();
    }

    FlightLogReceiver receiver() {
        return new FlightLogReceiver(ORIGIN, logKey.key());
    }
}
