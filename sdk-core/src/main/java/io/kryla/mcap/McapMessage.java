package io.kryla.mcap;

import java.util.Arrays;

/** One message of a channel. The data is this message's own; it is handed out as a copy. */
public final class McapMessage {
    private final long sequence;
    private final long logTimeNanos;
    private final long publishTimeNanos;
    private final byte[] data;

    McapMessage(long sequence, long logTimeNanos, long publishTimeNanos, byte[] unshared) {
        this.sequence = sequence;
        this.logTimeNanos = logTimeNanos;
        this.publishTimeNanos = publishTimeNanos;
        this.data = unshared;
    }

    /** The producer's counter, 32 bits. */
    public long sequence() {
        return sequence;
    }

    public long logTimeNanos() {
        return logTimeNanos;
    }

    public long publishTimeNanos() {
        return publishTimeNanos;
    }

    public byte[] data() {
        return data.clone();
    }

    public int size() {
        return data.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof McapMessage that
                && sequence == that.sequence
                && logTimeNanos == that.logTimeNanos
                && publishTimeNanos == that.publishTimeNanos
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(logTimeNanos) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "McapMessage[sequence " + sequence + ", logged at " + logTimeNanos + " ns, " + data.length + " bytes]";
    }
}
