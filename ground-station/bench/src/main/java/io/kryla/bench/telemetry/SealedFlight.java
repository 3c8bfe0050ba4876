package io.kryla.bench.telemetry;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.VehicleSample;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionKeys;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.FrameKind;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A flight as the datagrams of one session, and as many receivers of it as are asked for. Link time stands still at 0. */
final class SealedFlight {
    static final FlightOrigin ORIGIN = new FlightOrigin("kryla.example/flight/KRYLA5BENCH", 1, "flight");

    private final KeyOffer airframeOffer;
    private final KeyOffer groundOffer;
    private final SoftwareSigner logKey;
    private final List<byte[]> datagrams = new ArrayList<>();
    private final SealedSender sender;
    private final FlightLog log;
    private final RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);
    private final VehicleSample sample = new VehicleSample();
    private long samples;

    private SealedFlight() {
        SecureRandom random = new SecureRandom();
        airframeOffer = SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 1);
        groundOffer = SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 2);
        logKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, random);
        log = new FlightLog(ORIGIN, logKey);
        sender = SessionKeys.agree(airframeOffer, groundOffer).orElseThrow().sender(KeyLife.STANDARD, 0);
        batch.add(Sample.newBuilder()
                .setLogOpened(LogOpened.newBuilder()
                        .setSerial(ORIGIN.serial())
                        .setBoot(ORIGIN.boot())
                        .setProfile(ORIGIN.profile()))
                .build());
        sendRecord();
    }

    /**
     * Leaf 0, then so many records of so many samples, with a checkpoint after each {@link TelemetryProfile#checkpointLeaves}
     * and after the last.
     */
    static SealedFlight of(int records, int samplesPerRecord) {
        SealedFlight flight = new SealedFlight();
        for (int i = 1; i <= records; i++) {
            flight.fly(samplesPerRecord);
            if (i % TelemetryProfile.FLIGHT.checkpointLeaves() == 0 || i == records) {
                flight.send(FrameKind.FRAME_KIND_CHECKPOINT, flight.log.sign().wire());
            }
        }
        return flight;
    }

    private void fly(int samplesPerRecord) {
        for (int i = 0; i < samplesPerRecord; i++) {
            batch.add(ReferenceTelemetry.fill(sample, samples++));
        }
        sendRecord();
    }

    private void sendRecord() {
        byte[] record = batch.seal(log.size());
        log.append(record);
        send(FrameKind.FRAME_KIND_RECORD, record);
    }

    private void send(FrameKind kind, byte[] body) {
        datagrams.add(sender.seal(kind, body, 0));
    }

    List<byte[]> datagrams() {
        return datagrams;
    }

    /** All records, leaf 0 included. */
    long leaves() {
        return log.size();
    }

    long samples() {
        return samples;
    }

    /** One that has heard nothing yet. */
    SealedReceiver receiver() {
        return SessionKeys.agree(groundOffer, airframeOffer).orElseThrow().receiver(new RejectCounters(), 0);
    }

    FlightLogReceiver logReceiver() {
        return new FlightLogReceiver(ORIGIN, logKey.key());
    }
}
