package io.kryla.telemetry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for a checkpoint: those before the first hole in a queue, those beyond it in a ring by leaf index. Both
 * grow to what is needed and are used again. Nothing is boxed or sorted. Not thread-safe.
 */
final class WaitingRecords {
    private static final int FIRST_CAPACITY = 16;

    /** In order from {@code first} on, {@code queued} of them; the length is a power of two, as that of the ring is. */
    private @Nullable AuthenticRecord[] queue = new AuthenticRecord[FIRST_CAPACITY];

    private int first;
    private int queued;
    private @Nullable AuthenticRecord[] ring = new AuthenticRecord[FIRST_CAPACITY];
    private int beyond;
    private long newestBeyond = -1;

    int size() {
        return queued + beyond;
    }

    boolean hasBeyond() {
        return beyond > 0;
    }

    /** Highest leaf index ever put beyond a hole. */
    long newestBeyond() {
        return newestBeyond;
    }

    /** Adds the next record before the first hole. */
    void append(AuthenticRecord record) {
        if (queued == queue.length) {
            @Nullable AuthenticRecord[] larger = Arrays.copyOfRange(queue, first, first + 2 * queued);
            System.arraycopy(queue, 0, larger, queued - first, first);
            queue = larger;
            first = 0;
        }
        queue[(first + queued) & (queue.length - 1)] = record;
        queued++;
    }

    /** Takes the oldest before the first hole away; null when there is none. */
    @Nullable
    AuthenticRecord poll() {
        if (queued == 0) {
            return null;
        }
        AuthenticRecord oldest = queue[first];
        queue[first] = null;
        first = (first + 1) & (queue.length - 1);
        queued--;
        return oldest;
    }

    /** The record with that index before the first hole, found by bisection: there may be gaps. */
    @Nullable
    AuthenticRecord find(long leafIndex) {
        int low = 0;
        int high = queued - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            AuthenticRecord record = queue[(first + middle) & (queue.length - 1)];
            if (record == null) {
                return null;
            }
            if (record.leafIndex() == leafIndex) {
                return record;
            }
            if (record.leafIndex() < leafIndex) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Keeps a record beyond the first hole; all of those are less than {@code MOST_AHEAD} from the hole. */
    void putBeyond(AuthenticRecord record, long hole) {
        while (record.leafIndex() - hole >= ring.length) {
            growRing();
        }
        ring[slot(record.leafIndex())] = record;
        beyond++;
        newestBeyond = Math.max(newestBeyond, record.leafIndex());
    }

    @Nullable
    AuthenticRecord beyond(long leafIndex) {
        AuthenticRecord record = beyond == 0 ? null : ring[slot(leafIndex)];
        return record != null && record.leafIndex() == leafIndex ? record : null;
    }

    /** Moves the record with that index, if it is here, behind the others before the first hole. */
    boolean advance(long leafIndex) {
        AuthenticRecord record = beyond(leafIndex);
        if (record == null) {
            return false;
        }
        ring[slot(leafIndex)] = null;
        beyond--;
        append(record);
        return true;
    }

    void clear() {
        Arrays.fill(queue, null);
        Arrays.fill(ring, null);
        queued = 0;
        beyond = 0;
    }

    private void growRing() {
        @Nullable AuthenticRecord[] smaller = ring;
        ring = new AuthenticRecord[2 * smaller.length];
        for (AuthenticRecord record : smaller) {
            if (record != null) {
                ring[slot(record.leafIndex())] = record;
            }
        }
    }

    private int slot(long leafIndex) {
        return (int) leafIndex & (ring.length - 1);
    }
}
