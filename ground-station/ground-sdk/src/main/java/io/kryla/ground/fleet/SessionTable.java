package io.kryla.ground.fleet;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by their ids. To look one up boxes nothing and waits for nobody: chains are replaced, never changed. Any thread.
 */
final class SessionTable {
    /** A power of two; with ten thousand airframes most chains have one entry or none. */
    private static final int CHAINS = 1 << 14;

    private record Entry(int id, @Nullable AirframeSession session, @Nullable Entry next) {}

    private final AtomicReferenceArray<@Nullable Entry> chains = new AtomicReferenceArray<>(CHAINS);

    /** Keeps an id for a session to come; false if it is taken. */
    synchronized boolean reserve(int id) {
        if (find(id) != null) {
            return false;
        }
        add(id, null);
        return true;
    }

    synchronized void put(int id, AirframeSession session) {
        remove(id);
        add(id, session);
    }

    private void add(int id, @Nullable AirframeSession session) {
        chains.set(chainOf(id), new Entry(id, session, chains.get(chainOf(id))));
    }

    synchronized void remove(int id) {
        Entry kept = null;
        for (Entry entry = chains.get(chainOf(id)); entry != null; entry = entry.next) {
            kept = entry.id == id ? kept : new Entry(entry.id, entry.session, kept);
        }
        chains.set(chainOf(id), kept);
    }

    /** Null when there is none, or only one to come. */
    @Nullable
    AirframeSession get(int id) {
        Entry entry = find(id);
        return entry == null ? null : entry.session;
    }

    private @Nullable Entry find(int id) {
        Entry entry = chains.get(chainOf(id));
        while (entry != null && entry.id != id) {
            entry = entry.next;
        }
        return entry;
    }

    /** Those that are there, perhaps without some that come or go meanwhile. */
    void forEach(Consumer<AirframeSession> call) {
        for (int chain = 0; chain < CHAINS; chain++) {
            for (Entry entry = chains.get(chain); entry != null; entry = entry.next) {
                if (entry.session != null) {
                    call.accept(entry.session);
                }
            }
        }
    }

    /** How many there are. */
    long open() {
        long[] count = {0};
        forEach(session -> count[0]++);
        return count[0];
    }

    private static int chainOf(int id) {
        return id & (CHAINS - 1);
    }
}
