package io.kryla.airframe;

import io.kryla.codec.VehicleSample;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.tlog.Checkpoint;
import io.kryla.v1.Sample;

/**
 * From samples to leaves and checkpoints, on the flight clock alone. Flight thread only, but that signatures are made elsewhere.
 */
final class LogWriter {
    private final TelemetryProfile profile;
    private final FlightLog log;
    private final RecordBatch batch;
    private final LogOutbox outbox;
    private final CheckpointSigning signing;
    private long nowNanos;
    private long checkpointSize;
    private long checkpointNanos;
    private boolean stateWaits;
    private boolean eventWaits;
    private boolean stateSealed;
    /** Whether a checkpoint that covers a state was made; its signature may still be under way. */
    private boolean stateInHead;

    private volatile boolean stateSigned;

    LogWriter(TelemetryProfile profile, FlightLog log, LogOutbox outbox, CheckpointSigning signing) {
        this.signing = signing;
        this.profile = profile;
        this.log = log;
        this.batch = new RecordBatch(profile);
        this.outbox = outbox;
    }

    long nowNanos() {
        return nowNanos;
    }

    long size() {
        return log.size();
    }

    void moveClock(long flightTimeNanos) {
        if (flightTimeNanos < nowNanos) {
            throw new IllegalArgumentException(
                    "flight time " + flightTimeNanos + " ns is before " + nowNanos + " ns, which was already reached");
        }
        nowNanos = flightTimeNanos;
    }

    /** Whether a record of the profile has room for the sample, if it has a record to itself. */
    boolean fits(Sample sample) {
        return fits(sample.getSerializedSize());
    }

    boolean fits(int sampleBytes) {
        return RecordBatch.recordBytes(sampleBytes) <= profile.maxRecordBytes();
    }

    /** State samples wait for company; everything else is sealed at once, together with what waits. */
    void add(Sample sample) {
        if (!batch.tryAdd(sample)) {
            sealBatch();
            batch.add(sample);
        }
        if (sample.hasVehicleState()) {
            stateWaits = true;
        } else {
            eventWaits = true;
            sealBatch();
        }
    }

    void add(VehicleSample sample) {
        if (!batch.tryAdd(sample)) {
            sealBatch();
            batch.add(sample);
        }
        stateWaits = true;
    }

    void sealIfDue() {
        if (batch.isDue(nowNanos)) {
            sealBatch();
        }
    }

    void sealBatch() {
        if (batch.isEmpty()) {
            return;
        }
        batch.sealInPlace(log.size());
        log.append(batch);
        if (eventWaits) {
            outbox.records().addUrgent(batch.buffer(), batch.recordOffset(), batch.recordLength());
        } else {
            outbox.records().add(batch.buffer(), batch.recordOffset(), batch.recordLength());
        }
        eventWaits = false;
        outbox.announce();
        stateSealed |= stateWaits;
    }

    /** Whether a vehicle state is under a signed checkpoint. Any thread. */
    boolean stateSigned() {
        return stateSigned;
    }

    /** The first state does not wait for the interval: what flies is attested from the first moment on. */
    void signIfDue() {
        long newLeaves = log.size() - checkpointSize;
        boolean timeIsUp =
                nowNanos - checkpointNanos >= profile.checkpointInterval().toNanos();
        if ((stateSealed && !stateInHead) || newLeaves >= profile.checkpointLeaves() || (newLeaves > 0 && timeIsUp)) {
            Checkpoint head = head();
            boolean withState = stateInHead;
            signing.add(() -> publish(log.sign(head), withState));
        }
    }

    /** Signs at once, after all that are being signed. */
    FlightCheckpoint sign() {
        Checkpoint head = head();
        signing.await();
        FlightCheckpoint signed = log.sign(head);
        publish(signed, stateInHead);
        return signed;
    }

    private Checkpoint head() {
        Checkpoint head = log.head();
        checkpointSize = head.size();
        checkpointNanos = nowNanos;
        stateInHead = stateSealed;
        return head;
    }

    /** On the thread that signed. */
    private void publish(FlightCheckpoint signed, boolean withState) {
        outbox.checkpoints().add(signed);
        if (withState) {
            stateSigned = true;
        }
        outbox.announce();
    }
}
