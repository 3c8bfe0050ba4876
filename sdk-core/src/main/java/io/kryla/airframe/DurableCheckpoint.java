package io.kryla.airframe;

import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Keeps the newest checkpoint of a log on the medium, for the next boot to name. Any thread. */
final class DurableCheckpoint {
    private final AirframeStorage storage;
    private long storedSize;

    DurableCheckpoint(AirframeStorage storage) {
        this.storage = storage;
    }

    /** The one that an earlier boot left; empty when there is none or its bytes are none. */
    static Optional<FlightCheckpoint> ofEarlierBoot(AirframeStorage storage, String originPrefix, String profile) {
        Optional<byte[]> stored = storage.read(StorageEntry.LAST_CHECKPOINT)
                .filter(bytes -> bytes.length == Long.BYTES + FlightCheckpoint.WIRE_BYTES);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        long boot = ByteBuffer.wrap(stored.get()).getLong();
        byte[] wire = Arrays.copyOfRange(stored.get(), Long.BYTES, stored.get().length);
        return boot < 1
                ? Optional.empty()
                : FlightCheckpoint.parseWire(new FlightOrigin(originPrefix, boot, profile), wire);
    }

    /** Durable when it returns, unless a newer one of this boot already is. */
    synchronized void store(FlightCheckpoint checkpoint) {
        if (checkpoint.size() <= storedSize) {
            return;
        }
        storage.write(
                StorageEntry.LAST_CHECKPOINT,
                ByteBuffer.allocate(Long.BYTES + FlightCheckpoint.WIRE_BYTES)
                        .putLong(checkpoint.origin().boot())
                        .put(checkpoint.wire())
                        .array());
        storedSize = checkpoint.size();
    }
}
