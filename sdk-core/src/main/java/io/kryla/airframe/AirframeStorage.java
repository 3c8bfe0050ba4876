package io.kryla.airframe;

import java.util.Optional;

/**
 * Small durable entries by name ({@link StorageEntry}). A write is atomic and on the medium when it returns: after a
 * power cut an entry holds the old bytes or the new ones. Any thread may call it; a medium that fails throws {@link
 * io.kryla.keys.KrylaException} with code {@code STORAGE_FAILED}.
 */
public interface AirframeStorage {
    Optional<byte[]> read(StorageEntry entry);

    void write(StorageEntry entry, byte[] content);
}
