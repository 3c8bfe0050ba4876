package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Numbers boots. A number is durable before it is given out, so that no two boots ever share one. */
final class BootCounter {
    private BootCounter() {}

    /** The number of this boot, from 1. */
    static long next(AirframeStorage storage) {
        Optional<byte[]> last = storage.read(StorageEntry.BOOT_COUNTER);
        if (last.isPresent() && last.get().length != Long.BYTES) {
            throw new KrylaException(
                    "STORAGE_CORRUPT",
                    "boot counter has " + last.get().length + " bytes, 8 were written; the medium is not to be trusted",
                    false);
        }
        if (last.map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .filter(boot -> boot < 1 || boot == Long.MAX_VALUE)
                .isPresent()) {
            throw new KrylaException(
                    "STORAGE_CORRUPT",
                    "boot counter is none that was ever written; the medium is not to be trusted",
                    false);
        }
        long boot = last.map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(0L) + 1;
        storage.write(
                StorageEntry.BOOT_COUNTER,
                ByteBuffer.allocate(Long.BYTES).putLong(boot).array());
        return boot;
    }
}
