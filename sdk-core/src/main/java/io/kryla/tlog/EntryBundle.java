package io.kryla.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Log entries one after the other, each after its length in two bytes, big-endian (C2SP tlog-tiles). */
final class EntryBundle {
    static final int LARGEST_ENTRY = 65_535;
    static final int LARGEST = TilePaths.FULL_WIDTH * (2 + LARGEST_ENTRY);

    private EntryBundle() {}

    static void write(byte[] entry, ByteArrayOutputStream out) {
        if (entry.length > LARGEST_ENTRY) {
            throw new IllegalArgumentException("entry: at most 65535 bytes expected, got " + entry.length);
        }
        out.write(entry.length >> 8);
        out.write(entry.length);
        out.writeBytes(entry);
    }

    /** Reads an untrusted bundle; empty unless it holds exactly that number of entries and nothing more. */
    static Optional<List<byte[]>> parse(byte[] untrusted, int width) {
        ByteBuffer buffer = ByteBuffer.wrap(untrusted);
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < width && buffer.remaining() >= 2) {
            byte[] entry = new byte[Math.min(Short.toUnsignedInt(buffer.getShort()), buffer.remaining() + 1)];
            if (entry.length > buffer.remaining()) {
                return Optional.empty();
            }
            buffer.get(entry);
            entries.add(entry);
        }
        return entries.size() == width && !buffer.hasRemaining() ? Optional.of(entries) : Optional.empty();
    }
}
