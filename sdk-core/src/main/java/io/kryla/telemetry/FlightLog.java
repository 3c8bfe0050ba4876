package io.kryla.telemetry;

import io.kryla.keys.Digest;
import io.kryla.keys.Signer;

/**
 * The airframe's side of one flight log: leaves are appended, checkpoints signed, nothing is ever taken back. A boot
 * opens its log once; a log is never resumed. Not thread-safe: the flight thread owns it.
 */
public final class FlightLog {
    private final FlightOrigin origin;
    private final Signer logKey;

    public FlightLog(FlightOrigin origin, Signer logKey) {
        this.origin = origin;
        this.logKey = logKey;
    }

    /** Appends the leaf of exactly these record bytes; its index must be {@link #size()}. */
    public void append(byte[] recordBytes) {
        throw new UnsupportedOperationException();
    }

    public long size() {
        throw new UnsupportedOperationException();
    }

    /** Signs the log as it is now. */
    public SignedCheckpoint sign() {
        Digest root = root();
        return new SignedCheckpoint(origin, size(), root, logKey.sign(SignedCheckpoint.noteText(origin, size(), root)));
    }

    private Digest root() {
        throw new UnsupportedOperationException();
    }
}
