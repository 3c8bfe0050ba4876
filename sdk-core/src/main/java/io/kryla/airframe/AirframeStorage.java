package io.kryla.airframe;

import java.util.Optional;

/**
 * Small durable entries by name ({@link StorageEntry}). A write is atomic and on the medium when it returns: after a
 * power cut an entry holds the old bytes or the new ones. Any thread may call it; a medium that fails throws {@link
 * io.kryla.keys.KrylaException} with code {@code STORAGE_FAILED}.
 */
public interface AirframeStorage {
    /** What {@link #write} stored last, whole; empty when nothing was stored yet. */
    Optional<byte[]> read(StorageEntry entry);

    /** Replaces the entry as a whole and durably: after a loss of power it is the old one or the new one. */
    void write(StorageEntry entry, byte[] content);
}
