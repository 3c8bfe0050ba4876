package io.kryla.factory.birth;

import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.StorageEntry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** An airframe's storage that outlives its process. */
public final class MemoryStorage implements AirframeStorage {
    private final Map<StorageEntry, byte[]> entries = new EnumMap<>(StorageEntry.class);

    @Override
    public Optional<byte[]> read(StorageEntry entry) {
        return Optional.ofNullable(entries.get(entry)).map(byte[]::clone);
    }

    @Override
    public void write(StorageEntry entry, byte[] content) {
        entries.put(entry, content.clone());
    }
}
