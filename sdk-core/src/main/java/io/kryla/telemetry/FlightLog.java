package io.kryla.telemetry;

import io.kryla.keys.Signer;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.CompactRange;
import io.kryla.tlog.NoteSigner;

/**
 * The airframe's side of one flight log: leaves are appended, checkpoints signed, nothing is ever taken back. A boot opens
 * its log once; a log is never resumed. Memory does not grow with the log. Not thread-safe: the flight thread owns it.
 */
public final class FlightLog {
    private final FlightOrigin origin;
    private final NoteSigner signer;
    private final CompactRange leaves = new CompactRange();

    /** @param logKey Ed25519, used for flight logs and nothing else */
    public FlightLog(FlightOrigin origin, Signer logKey) {
        this.origin = origin;
        this.signer = NoteSigner.of(origin.text(), logKey);
    }

    public FlightOrigin origin() {
        return origin;
    }

    /** Appends the leaf of exactly these record bytes. */
    public void append(byte[] recordBytes) {
        leaves.appendLeaf(recordBytes, 0, recordBytes.length);
    }

    /** Appends the leaf of the record that a batch sealed last. Allocates nothing. */
    public void append(RecordBatch sealed) {
        leaves.appendPrefixedLeaf(sealed.buffer(), sealed.recordOffset() - 1, sealed.recordLength() + 1);
    }

    /** Also the index of the next leaf. */
    public long size() {
        return leaves.size();
    }

    /** Signs the log as it is now. */
    public FlightCheckpoint sign() {
        return sign(head());
    }

    /** Size and root as they are now, for {@link #sign(Checkpoint)}: cheap, unlike a signature. */
    public Checkpoint head() {
        return new Checkpoint(origin.text(), leaves.size(), leaves.root());
    }

    /**
     * Signs a head of this log. Any thread, while the owner appends.
     *
     * @param head of {@link #head}
     */
    public FlightCheckpoint sign(Checkpoint head) {
        if (!head.origin().equals(origin.text())) {
            throw new IllegalArgumentException("head: one of " + origin + " expected, got one of " + head.origin());
        }
        return new FlightCheckpoint(
                origin, head.size(), head.root(), signer.sign(head.body()).signature());
    }
}
