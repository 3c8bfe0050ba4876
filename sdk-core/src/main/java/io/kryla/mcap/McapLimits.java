package io.kryla.mcap;

/**
 * What a reader accepts at most, checked before anything of that size is allocated.
 *
 * @param recordBytes length of one record outside a chunk, attachments and compressed chunks included
 * @param chunkBytes uncompressed length of one chunk
 * @param schemas number of schemas
 * @param channels number of channels
 * @param entries number of chunks, attachments and metadata records together
 * @param totalBytes uncompressed length of all chunks together
 */
public record McapLimits(int recordBytes, int chunkBytes, int schemas, int channels, int entries, long totalBytes) {

    /** For recordings of any flight: 64 MiB a record and chunk, 8 GiB altogether. */
    public static final McapLimits STANDARD = new McapLimits(64 << 20, 64 << 20, 1_024, 4_096, 1 << 20, 8L << 30);

    public McapLimits {
        if (recordBytes < 1 || chunkBytes < 1 || schemas < 0 || channels < 0 || entries < 0 || totalBytes < 0) {
            throw new IllegalArgumentException("limits must not be negative: recordBytes " + recordBytes
                    + ", chunkBytes " + chunkBytes + ", schemas " + schemas + ", channels " + channels + ", entries "
                    + entries + ", totalBytes " + totalBytes);
        }
    }
}
