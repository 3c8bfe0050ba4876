package io.kryla.test;

import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.StorageEntry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Durable over reboots of the same fake airframe, and no longer. Any thread. */
public final class MemoryStorage implements AirframeStorage {
    private final Map<StorageEntry, byte[]> entries = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(StorageEntry entry) {
        return Optional.ofNullable(entries.get(entry)).map(byte[]::clone);
    }

    @Override
    public void write(StorageEntry entry, byte[] content) {
        entries.put(entry, content.clone());
    }

    /** The same content in another storage, as a forger may make it. */
    public MemoryStorage copy() {
        MemoryStorage copy = new MemoryStorage();
        entries.forEach(copy::write);
        return copy;
    }
}
