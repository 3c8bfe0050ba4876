package io.kryla.ground.fleet;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by their ids. To look one up boxes nothing and waits for nobody: chains are replaced, never changed. Any thread.
 */
final class SessionTable<S> {
    /** A power of two; with ten thousand airframes most chains have one entry or none. */
    private static final int CHAINS = 1 << 14;

    private record Entry<S>(
            int id, @Nullable S session, @Nullable Entry<S> next) {}

    private final AtomicReferenceArray<@Nullable Entry<S>> chains = new AtomicReferenceArray<>(CHAINS);

    /** Keeps an id for a session to come; false if it is taken. */
    synchronized boolean reserve(int id) {
        if (find(id) != null) {
            return false;
        }
        add(id, null);
        return true;
    }

    synchronized void put(int id, S session) {
        remove(id);
        add(id, session);
    }

    private void add(int id, @Nullable S session) {
        chains.set(chainOf(id), new Entry<>(id, session, chains.get(chainOf(id))));
    }

    synchronized void remove(int id) {
        Entry<S> kept = null;
        for (Entry<S> entry = chains.get(chainOf(id)); entry != null; entry = entry.next) {
            kept = entry.id == id ? kept : new Entry<>(entry.id, entry.session, kept);
        }
        chains.set(chainOf(id), kept);
    }

    /** Null when there is none, or only one to come. */
    @Nullable
    S get(int id) {
        Entry<S> entry = find(id);
        return entry == null ? null : entry.session;
    }

    private @Nullable Entry<S> find(int id) {
        Entry<S> entry = chains.get(chainOf(id));
        while (entry != null && entry.id != id) {
            entry = entry.next;
        }
        return entry;
    }

    /** Those that are there, perhaps without some that come or go meanwhile. */
    void forEach(Consumer<S> call) {
        for (int chain = 0; chain < CHAINS; chain++) {
            for (Entry<S> entry = chains.get(chain); entry != null; entry = entry.next) {
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
