package io.kryla.mcap;

/** Where a metadata record stands (specification: Metadata Index). */
record MetadataIndex(long offset, long length, String name) {

    void appendTo(RecordBuffer out) {
        out.beginRecord(Opcode.METADATA_INDEX).u64(offset).u64(length).string(name);
        out.endRecord();
    }
}
