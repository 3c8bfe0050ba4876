package io.kryla.mcap;

import java.time.Duration;

/**
 * How a file is laid out. The same options and the same calls give the same bytes.
 *
 * @param profile the header's profile; empty for none of the well-known ones
 * @param compression of chunks
 * @param chunkBytes a chunk is closed once its uncompressed records reach this size
 * @param chunkSpan a chunk is closed before a message whose log time lies this far behind the chunk's first: what a
 *     cut-off file loses at most. By log time, never by the wall clock, so that the bytes stay reproducible.
 * @param durability what survives the loss of power; changes no byte
 */
public record McapOptions(
        String profile, Compression compression, int chunkBytes, Duration chunkSpan, Durability durability) {

    /** When the file is forced to the medium. Closed chunks survive the loss of the process under both. */
    public enum Durability {
        /** Once, before the file gets its name: of an unfinished file, what the system had written back survives. */
        WHEN_FINISHED,
        /** After every chunk, too: of an unfinished file, every closed chunk survives. A sync on most disks costs 1–10 ms. */
        EVERY_CHUNK
    }

    public McapOptions {
        if (chunkBytes < 1 || chunkBytes > McapLimits.STANDARD.chunkBytes()) {
            throw new IllegalArgumentException(
                    "chunkBytes must lie in 1.." + McapLimits.STANDARD.chunkBytes() + ", is " + chunkBytes);
        }
        if (chunkSpan.isNegative() || chunkSpan.isZero()) {
            throw new IllegalArgumentException("chunkSpan must be positive, is " + chunkSpan);
        }
    }

    /** Chunks of 256 KiB or one second, in the given compression, forced to the medium when the file is finished. */
    public static McapOptions of(Compression compression) {
        return new McapOptions("", compression, 256 * 1024, Duration.ofSeconds(1), Durability.WHEN_FINISHED);
    }

    /** The same options with another promise about a loss of power. */
    public McapOptions withDurability(Durability other) {
        return new McapOptions(profile, compression, chunkBytes, chunkSpan, other);
    }
}
