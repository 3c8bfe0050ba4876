package io.kryla.airframe;

import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the newest checkpoint of each log on the medium, for the next boot to name. Those of profiles that this boot does not
 * use stay for a later one. Any thread.
 */
final class DurableCheckpoints {
    private static final int MOST_PROFILES = 64;

    private final AirframeStorage storage;
    private final Map<String, FlightCheckpoint> byProfile;

    private DurableCheckpoints(AirframeStorage storage, Map<String, FlightCheckpoint> byProfile) {
        this.storage = storage;
        this.byProfile = byProfile;
    }

    /** With what earlier boots left; bytes that are no checkpoints count for nothing. */
    static DurableCheckpoints read(AirframeStorage storage, String originPrefix) {
        Map<String, FlightCheckpoint> stored = new TreeMap<>();
        storage.read(StorageEntry.LAST_CHECKPOINT).ifPresent(bytes -> parse(bytes, originPrefix, stored));
        return new DurableCheckpoints(storage, stored);
    }

    private static void parse(byte[] bytes, String originPrefix, Map<String, FlightCheckpoint> into) {
        if (bytes.length == Long.BYTES + FlightCheckpoint.WIRE_BYTES) {
            parse(withName(bytes), originPrefix, into);
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining() && into.size() < MOST_PROFILES) {
            int nameLength = in.get() & 0xff;
            if (in.remaining() < nameLength + Long.BYTES + FlightCheckpoint.WIRE_BYTES) {
                return;
            }
            byte[] name = new byte[nameLength];
            in.get(name);
            long boot = in.getLong();
            byte[] wire = new byte[FlightCheckpoint.WIRE_BYTES];
            in.get(wire);
            String text = originPrefix + "/" + boot + "/" + new String(name, StandardCharsets.US_ASCII);
            FlightOrigin.parse(text)
                    .flatMap(origin -> FlightCheckpoint.parseWire(origin, wire))
                    .ifPresent(checkpoint -> into.put(checkpoint.origin().profile(), checkpoint));
        }
    }

    /** What firmware wrote that knew one profile. */
    private static byte[] withName(byte[] nameless) {
        byte[] name = TelemetryProfile.FLIGHT.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + name.length + nameless.length)
                .put((byte) name.length)
                .put(name)
                .put(nameless)
                .array();
    }

    synchronized Optional<FlightCheckpoint> of(String profile) {
        return Optional.ofNullable(byProfile.get(profile));
    }

    /** Durable when it returns, but for those of which newer ones already are. */
    synchronized void store(Collection<FlightCheckpoint> newest) {
        List<FlightCheckpoint> newer = newest.stream().filter(this::isNewer).toList();
        if (newer.isEmpty()) {
            return;
        }
        Map<String, FlightCheckpoint> next = new TreeMap<>(byProfile);
        newer.forEach(checkpoint -> next.put(checkpoint.origin().profile(), checkpoint));
        storage.write(StorageEntry.LAST_CHECKPOINT, encode(next.values()));
        byProfile.putAll(next);
    }

    private boolean isNewer(FlightCheckpoint checkpoint) {
        FlightCheckpoint known = byProfile.get(checkpoint.origin().profile());
        return known == null
                || checkpoint.origin().boot() > known.origin().boot()
                || (checkpoint.origin().boot() == known.origin().boot() && checkpoint.size() > known.size());
    }

    private static byte[] encode(Collection<FlightCheckpoint> checkpoints) {
        int longest = 1 + 32 + Long.BYTES + FlightCheckpoint.WIRE_BYTES;
        ByteBuffer out = ByteBuffer.allocate(checkpoints.size() * longest);
        for (FlightCheckpoint checkpoint : checkpoints) {
            byte[] name = checkpoint.origin().profile().getBytes(StandardCharsets.US_ASCII);
            out.put((byte) name.length)
                    .put(name)
                    .putLong(checkpoint.origin().boot())
                    .put(checkpoint.wire());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
