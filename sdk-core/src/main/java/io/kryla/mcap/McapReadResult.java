package io.kryla.mcap;

/** How reading a file ended. */
public sealed interface McapReadResult {

    /** The whole file is well formed: every checksum that it carries and every index agrees with the data. */
    record Complete(long messages, long attachments, long metadataRecords, long chunks) implements McapReadResult {}

    /**
     * The file ends early. Everything that was visited stands in whole chunks whose checksums agree.
     *
     * @param readableBytes length of the part that was read
     */
    record CutOff(long readableBytes, long messages) implements McapReadResult {}

    /**
     * The visitor wanted no more. Everything that was visited stands in whole records whose checksums agree.
     *
     * @param readBytes length of the part that was read
     */
    record Stopped(long readBytes, long messages) implements McapReadResult {}

    /** @param offset of the record at fault, from the start of the file */
    record Rejected(Code code, long offset, String reason) implements McapReadResult {}

    /** Why a file was rejected. */
    enum Code {
        /** It does not begin with the MCAP magic. */
        NOT_MCAP,
        /** A record breaks the format, or the records' order does. */
        MALFORMED,
        /** A limit of {@link McapLimits} is exceeded. */
        OVERSIZE,
        /** A checksum does not match, or is absent where it was required. */
        BAD_CRC,
        /** An index, offset or statistic does not match the data. */
        BAD_INDEX,
        /** Compressed with something else than Zstandard or LZ4; strictly, than Zstandard. */
        UNSUPPORTED_COMPRESSION
    }
}
