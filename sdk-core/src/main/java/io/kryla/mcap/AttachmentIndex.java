package io.kryla.mcap;

/** Where an attachment stands (specification: Attachment Index). */
record AttachmentIndex(
        long offset, long length, long logTime, long createTime, long dataSize, String name, String mediaType) {

    static AttachmentIndex of(McapAttachment attachment, long offset, long length) {
        return new AttachmentIndex(
                offset,
                length,
                attachment.logTimeNanos(),
                attachment.createTimeNanos(),
                attachment.size(),
                attachment.name(),
                attachment.mediaType());
    }

    void appendTo(RecordBuffer out) {
        out.beginRecord(Opcode.ATTACHMENT_INDEX)
                .u64(offset)
                .u64(length)
                .u64(logTime)
                .u64(createTime)
                .u64(dataSize)
                .string(name)
                .string(mediaType);
        out.endRecord();
    }
}
