package io.kryla.mcap;

/** Record opcodes and the magic (specification: Records, Magic). */
final class Opcode {
    static final int HEADER = 0x01;
    static final int FOOTER = 0x02;
    static final int SCHEMA = 0x03;
    static final int CHANNEL = 0x04;
    static final int MESSAGE = 0x05;
    static final int CHUNK = 0x06;
    static final int MESSAGE_INDEX = 0x07;
    static final int CHUNK_INDEX = 0x08;
    static final int ATTACHMENT = 0x09;
    static final int ATTACHMENT_INDEX = 0x0a;
    static final int STATISTICS = 0x0b;
    static final int METADATA = 0x0c;
    static final int METADATA_INDEX = 0x0d;
    static final int SUMMARY_OFFSET = 0x0e;
    static final int DATA_END = 0x0f;

    /** From here on the specification defines none yet, or they are private: skipped by a reader of any writer's files. */
    static final int FIRST_UNKNOWN = 0x10;

    /** Opcode and length in front of every record. */
    static final int RECORD_HEADER_BYTES = 9;

    static byte[] magic() {
        return new byte[] {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
    }

    static boolean allowedInSummary(int opcode) {
        return switch (opcode) {
            case SCHEMA, CHANNEL, CHUNK_INDEX, ATTACHMENT_INDEX, METADATA_INDEX, STATISTICS, SUMMARY_OFFSET -> true;
            default -> opcode >= FIRST_UNKNOWN;
        };
    }

    private Opcode() {}
}
