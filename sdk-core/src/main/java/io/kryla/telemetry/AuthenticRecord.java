package io.kryla.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.codec.RecordView;
import io.kryla.keys.Digest;
import io.kryla.tlog.CompactRange;
import io.kryla.tlog.MerkleHasher;
import io.kryla.v1.TelemetryRecord;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AUTHENTIC: the session's peer sent it to this receiver. Nothing that could be shown to a third party.
 *
 * <p>A record of vehicle states alone is not made into a message before someone asks for one. Any thread may read it.
 */
public final class AuthenticRecord implements Claimed {
    private static final int LEAF_PREFIX_BYTES = 1;

    /** A 0, the leaf's prefix, then the record; never written to. */
    private final byte[] prefixed;

    private final long leafIndex;
    private final int samples;
    private final boolean onlyStates;
    private final long firstFlightTimeNanos;
    private final long lastFlightTimeNanos;
    /** Of the leaf, once {@link #hashLeaf} was called. */
    private byte @Nullable [] leafHash;

    private volatile @Nullable TelemetryRecord message;

    private AuthenticRecord(
            byte[] prefixed,
            long leafIndex,
            int samples,
            boolean onlyStates,
            long firstFlightTimeNanos,
            long lastFlightTimeNanos,
            @Nullable TelemetryRecord message) {
        this.prefixed = prefixed;
        this.leafIndex = leafIndex;
        this.samples = samples;
        this.onlyStates = onlyStates;
        this.firstFlightTimeNanos = firstFlightTimeNanos;
        this.lastFlightTimeNanos = lastFlightTimeNanos;
        if (message != null) {
            this.message = message;
        }
    }

    /**
     * Reads a record and keeps its bytes. Empty when they are none.
     *
     * @param prefixed the record behind one byte, which becomes the leaf's prefix; the array is this record's from now on
     * @param view of the caller, for its use alone
     */
    static Optional<AuthenticRecord> read(byte[] prefixed, RecordView view) {
        int length = prefixed.length - LEAF_PREFIX_BYTES;
        if (length < 1) {
            return Optional.empty();
        }
        prefixed[0] = 0;
        if (view.wrap(prefixed, LEAF_PREFIX_BYTES, length) && view.leafIndex() >= 0 && timesNeverDecrease(view)) {
            return Optional.of(new AuthenticRecord(
                    prefixed,
                    view.leafIndex(),
                    view.samples(),
                    true,
                    view.flightTimeNanos(0),
                    view.flightTimeNanos(view.samples() - 1),
                    null));
        }
        try {
            TelemetryRecord record = TelemetryRecord.parser().parseFrom(prefixed, LEAF_PREFIX_BYTES, length);
            boolean wellFormed = record.getLeafIndex() >= 0 && record.getSamplesCount() > 0;
            return wellFormed
                    ? Optional.of(new AuthenticRecord(
                            prefixed,
                            record.getLeafIndex(),
                            record.getSamplesCount(),
                            false,
                            record.getSamples(0).getFlightTimeNanos(),
                            record.getSamples(record.getSamplesCount() - 1).getFlightTimeNanos(),
                            record))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static boolean timesNeverDecrease(RecordView view) {
        for (int i = 1; i < view.samples(); i++) {
            if (view.flightTimeNanos(i) < view.flightTimeNanos(i - 1)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long leafIndex() {
        return leafIndex;
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public TelemetryRecord record() {
        TelemetryRecord parsed = message;
        if (parsed == null) {
            try {
                parsed = TelemetryRecord.parser()
                        .parseFrom(prefixed, LEAF_PREFIX_BYTES, prefixed.length - LEAF_PREFIX_BYTES);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the view takes nothing that protobuf does not", e);
            }
            message = parsed;
        }
        return parsed;
    }

    @Override
    public byte[] recordBytes() {
        return Arrays.copyOfRange(prefixed, LEAF_PREFIX_BYTES, prefixed.length);
    }

    @Override
    public boolean holdsOnlyStates() {
        return onlyStates;
    }

    @Override
    public boolean readWith(RecordView view) {
        return view.wrap(prefixed, LEAF_PREFIX_BYTES, prefixed.length - LEAF_PREFIX_BYTES);
    }

    /** Flight time of the first sample, if it holds only states; then the others are no earlier. */
    long firstFlightTimeNanos() {
        return firstFlightTimeNanos;
    }

    /** Of the last sample. */
    public long lastFlightTimeNanos() {
        return lastFlightTimeNanos;
    }

    boolean hasBytesOf(AuthenticRecord other) {
        return Arrays.equals(prefixed, other.prefixed);
    }

    /** While the bytes are at hand: whoever attests the record later, perhaps on another core, needs nothing but the hash. */
    void hashLeaf(MerkleHasher hasher) {
        byte[] hash = new byte[Digest.LENGTH];
        hasher.prefixedLeaf(prefixed, 0, prefixed.length, hash, 0);
        leafHash = hash;
    }

    void appendTo(CompactRange leaves) {
        byte[] hash = leafHash;
        if (hash == null) {
            leaves.appendPrefixedLeaf(prefixed, 0, prefixed.length);
        } else {
            leaves.append(hash, 0);
        }
    }
}
