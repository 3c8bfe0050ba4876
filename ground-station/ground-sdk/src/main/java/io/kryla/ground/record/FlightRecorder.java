package io.kryla.ground.record;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.FlightFollower;
import io.kryla.ground.fleet.Subscription;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.stream.TimeLimit;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.mcap.McapOptions.Durability;
import io.kryla.mcap.McapWriter;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a flight log as it is attested: the exact bytes of every record, the checkpoints, and the evidence that proves
 * them from the root certificate. Records are acknowledged to the airframe only after they were written. The file gets
 * its name when the log is closed and attested to its last leaf; until then, and if that never comes, it is called
 * {@code <name>.partial} and is readable up to its last whole second. Memory does not grow with the flight.
 */
public final class FlightRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);

    private final AirframeLink link;
    private final Path file;
    private final RecordingFile recording;
    private final LongAdder records;
    private final LongAdder bytes;
    private final CompletableFuture<FinishedRecording> completed = new CompletableFuture<>();
    private volatile @Nullable Subscription following;

    private FlightRecorder(AirframeLink link, Path file, Durability durability) throws IOException {
        this.link = link;
        this.file = file;
        this.recording = RecordingFile.create(file, link.origin(), link.evidence(), durability);
        link.meters().counter(GroundMetric.RECORDINGS_STARTED).increment();
        this.records = link.meters().counter(GroundMetric.RECORDER_RECORDS);
        this.bytes = link.meters().counter(GroundMetric.RECORDER_BYTES);
    }

    /** As {@link #record(AirframeLink, Path, Durability)}, forced to the medium when the flight is complete. */
    public static FlightRecorder record(AirframeLink link, Path file) {
        return record(link, file, Durability.WHEN_FINISHED);
    }

    /**
     * As {@link #record(AirframeLink, Path)}, to a file of the flight's own name, {@code <serial>-<boot>-<profile>.mcap}: no boot
     * replaces another's.
     *
     * @param folder an existing one
     */
    public static FlightRecorder recordInto(Path folder, AirframeLink link) {
        FlightOrigin origin = link.origin();
        return record(link, folder.resolve(link.serial() + "-" + origin.boot() + "-" + origin.profile() + ".mcap"));
    }

    /**
     * Begins to record.
     *
     * @param link just announced to an {@code AirframeListener}: a recording that missed leaf 0 fails
     * @param file in an existing folder; an older one is replaced when the recording is complete
     * @param durability what of an unfinished recording survives the loss of power; records are acknowledged to the
     *     airframe once they were handed to the operating system, under both
     * @throws KrylaException STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED
     */
    public static FlightRecorder record(AirframeLink link, Path file, Durability durability) {
        try {
            FlightRecorder recorder = new FlightRecorder(link, file, durability);
            recorder.following = link.follow(recorder.new Writing());
            return recorder;
        } catch (IOException e) {
            throw StorageFault.writing(file, e);
        }
    }

    /**
     * Completes when the file is whole and durable; exceptionally with a {@link KrylaException} whose code is
     * STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED, INCOMPLETE, OVERSIZE, or why the log ended early, such as ROOT_MISMATCH or
     * NEW_BOOT. The partial file is then readable, and {@link FlightRepair} makes a recording of it.
     *
     * @param within exceptionally with DEADLINE then, and the recording goes on: a flight lasts as long as it lasts
     */
    public CompletableFuture<FinishedRecording> completed(Duration within) {
        return TimeLimit.of(completed, within, "the recording " + file);
    }

    /** Ends the recording; does nothing once it is complete. */
    @Override
    public void close() {
        Subscription attached = following;
        if (attached != null) {
            attached.close();
        }
        fail("INCOMPLETE", "the recording of " + link.origin() + " was ended before its log was closed");
    }

    private synchronized void fail(String code, String what) {
        end(new KrylaException(code, what + "; see " + McapWriter.partialOf(file), false));
    }

    /** Completes with the failure, and leaves what was written so far as the partial file. */
    private synchronized void end(KrylaException failure) {
        if (completed.isDone()) {
            return;
        }
        try {
            recording.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        link.meters().counter(GroundMetric.RECORDINGS_FAILED, failure.code()).increment();
        LOG.warn("{}: {}", failure.code(), failure.getMessage());
        completed.completeExceptionally(failure);
    }

    /** The link's side; called by its worker. */
    private final class Writing implements FlightFollower {
        @Override
        public void onAttested(List<AttestedRecord> attested, FlightCheckpoint checkpoint) {
            synchronized (FlightRecorder.this) {
                if (completed.isDone()) {
                    return;
                }
                try {
                    write(attested, checkpoint);
                } catch (IOException e) {
                    end(StorageFault.writing(file, e));
                }
            }
        }

        private void write(List<AttestedRecord> attested, FlightCheckpoint checkpoint) throws IOException {
            for (AttestedRecord record : attested) {
                if (record.leafIndex() != recording.leaves()) {
                    fail("INCOMPLETE", "the recording of " + link.origin() + " lacks leaf " + recording.leaves());
                    return;
                }
                if (!recording.hasRoom()) {
                    fail("OVERSIZE", "the recording of " + link.origin() + " is as long as a recording may be");
                    return;
                }
                byte[] content = record.recordBytes();
                recording.record(FlightLayout.timeNanos(record.record()), content);
                records.increment();
                bytes.add(content.length);
            }
            recording.checkpoint(checkpoint);
        }

        @Override
        public void onClosed(FlightCheckpoint head) {
            synchronized (FlightRecorder.this) {
                if (completed.isDone()) {
                    return;
                }
                try {
                    recording.finish();
                    link.meters().counter(GroundMetric.RECORDINGS_COMPLETED).increment();
                    completed.complete(new FinishedRecording(file, Files.size(file), sha256(file), head));
                } catch (IOException e) {
                    end(StorageFault.writing(file, e));
                }
            }
        }

        @Override
        public void onAbandoned(String code) {
            fail(code, "the log " + link.origin() + " ended before it was closed");
        }
    }

    private static Digest sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream hashing = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            hashing.transferTo(java.io.OutputStream.nullOutputStream());
            return Digest.of(hashing.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
