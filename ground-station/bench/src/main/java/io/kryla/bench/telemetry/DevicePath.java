package io.kryla.bench.telemetry;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.VehicleSample;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionKeys;
import io.kryla.sframe.KeyLife;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.FrameKind;
import java.security.SecureRandom;

/** The airframe's way from values to datagrams. */
final class DevicePath {
    private final SecureRandom random = new SecureRandom();
    private final SealedSender sender = SessionKeys.agree(
                    SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 1),
                    SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 2))
            .orElseThrow()
            .sender(KeyLife.STANDARD, 0);
    private final FlightLog log =
            new FlightLog(SealedFlight.ORIGIN, SoftwareSigner.generate(SignatureAlgorithm.ED25519, random));
    private final VehicleSample sample = new VehicleSample();
    private final RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);
    private final byte[] datagram = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private long samples;

    /** Encodes seven samples, appends their record to the log and seals it; returns the datagram's length. */
    int sendRecord() {
        for (int i = 0; i < ReferenceTelemetry.SAMPLES_PER_DATAGRAM; i++) {
            if (!batch.tryAdd(ReferenceTelemetry.fill(sample, samples++))) {
                throw new IllegalStateException("seven samples fit a record");
            }
        }
        batch.sealInPlace(log.size());
        log.append(batch);
        return sender.seal(
                FrameKind.FRAME_KIND_RECORD,
                batch.buffer(),
                batch.recordOffset(),
                batch.recordLength(),
                datagram,
                0,
                0);
    }

    /** Signs and seals a checkpoint if it is time for one; returns its datagram's length, or 0. */
    int sendCheckpointIfDue() {
        if (log.size() % TelemetryProfile.FLIGHT.checkpointLeaves() != 0) {
            return 0;
        }
        byte[] checkpoint = log.sign().wire();
        return sender.seal(FrameKind.FRAME_KIND_CHECKPOINT, checkpoint, 0, checkpoint.length, datagram, 0, 0);
    }
}
