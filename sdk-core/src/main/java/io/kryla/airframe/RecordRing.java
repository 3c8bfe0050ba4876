package io.kryla.airframe;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest record bodies one behind the other in a ring of bytes, in blocks that are made as they are needed and never again
 * after: what the flight adds costs no garbage, and memory has a bound whatever the records' lengths. Not thread-safe.
 */
final class RecordRing {
    private static final int BLOCK_BYTES = 1 << 16;

    private final int capacity;
    private final int mostBytes;
    private final List<byte[]> blocks = new ArrayList<>();
    /** Where each record begins, counted in bytes from the first record ever. */
    private final long[] starts;

    private long oldest;
    private long size;
    private long end;

    /**
     * @param capacity records at most
     * @param mostBytes of all bodies together; a multiple of 64 KiB
     */
    RecordRing(int capacity, int mostBytes) {
        if (mostBytes % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(
                    "mostBytes: a multiple of " + BLOCK_BYTES + " expected, got " + mostBytes);
        }
        this.capacity = capacity;
        this.mostBytes = mostBytes;
        this.starts = new long[capacity];
    }

    /** Index of the next record. */
    long size() {
        return size;
    }

    /** Index of the oldest record still here. */
    long oldest() {
        return oldest;
    }

    boolean has(long index) {
        return index >= oldest && index < size;
    }

    /** Whether a body of that length has room without another leaving. */
    boolean hasRoomFor(int length) {
        return size - oldest < capacity && (oldest == size || end + length - start(oldest) <= mostBytes);
    }

    /** There has to be room. */
    void add(byte[] record, int offset, int length) {
        if (length > mostBytes || !hasRoomFor(length)) {
            throw new IllegalArgumentException("length: no room for " + length + " bytes");
        }
        starts[(int) (size % capacity)] = end;
        for (int done = 0; done < length; ) {
            int at = (int) ((end + done) % mostBytes);
            int part = Math.min(length - done, BLOCK_BYTES - at % BLOCK_BYTES);
            System.arraycopy(record, offset + done, blockAt(at), at % BLOCK_BYTES, part);
            done += part;
        }
        end += length;
        size++;
    }

    void removeOldest() {
        oldest++;
    }

    int length(long index) {
        return (int) ((index + 1 == size ? end : start(index + 1)) - start(index));
    }

    /** Copies a body that is here and returns its length. */
    int copy(long index, byte[] into, int offset) {
        int length = length(index);
        for (int done = 0; done < length; ) {
            int at = (int) ((start(index) + done) % mostBytes);
            int part = Math.min(length - done, BLOCK_BYTES - at % BLOCK_BYTES);
            System.arraycopy(blockAt(at), at % BLOCK_BYTES, into, offset + done, part);
            done += part;
        }
        return length;
    }

    /** What the bodies occupy. */
    long bytes() {
        return (long) blocks.size() * BLOCK_BYTES;
    }

    private long start(long index) {
        return starts[(int) (index % capacity)];
    }

    private byte[] blockAt(int position) {
        int number = position / BLOCK_BYTES;
        if (number == blocks.size()) {
            blocks.add(new byte[BLOCK_BYTES]);
        }
        return blocks.get(number);
    }
}
