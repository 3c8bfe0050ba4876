package io.kryla.ground.stream;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A flight log of so many leaves, received and attested: the only way to records that a relay takes. */
final class TestFlight {
    static final FlightOrigin ORIGIN = new FlightOrigin("kryla.example/flight/KRYL5TEST1", 1, "flight");

    final List<AuthenticRecord> authentic = new ArrayList<>();
    final List<AttestedRecord> attested = new ArrayList<>();

    /** Leaf 0 opens the log; every other one is a vehicle state, as many metres down as its index. */
    TestFlight(int leaves) {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
        FlightLog log = new FlightLog(ORIGIN, key);
        FlightLogReceiver receiver = new FlightLogReceiver(ORIGIN, key.key());
        for (int leaf = 0; leaf < leaves; leaf++) {
            byte[] record = record(leaf);
            log.append(record);
            take(receiver.receiveRecord(record));
        }
        take(receiver.receiveCheckpoint(log.sign().wire()));
    }

    private static byte[] record(int leaf) {
        Sample.Builder sample = Sample.newBuilder().setFlightTimeNanos(leaf * 1_000L);
        if (leaf == 0) {
            sample.setLogOpened(LogOpened.newBuilder()
                    .setSerial(ORIGIN.serial())
                    .setBoot(ORIGIN.boot())
                    .setProfile(ORIGIN.profile()));
        } else {
            sample.setVehicleState(VehicleState.newBuilder().setPositionDownMeters(leaf));
        }
        return TelemetryRecord.newBuilder()
                .setLeafIndex(leaf)
                .addSamples(sample)
                .build()
                .toByteArray();
    }

    private void take(LogProgress progress) {
        for (Claimed claim : ((LogProgress.Accepted) progress).claims()) {
            if (claim instanceof AuthenticRecord record) {
                authentic.add(record);
            } else {
                attested.add((AttestedRecord) claim);
            }
        }
    }
}
