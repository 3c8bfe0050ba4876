package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;

/** Schemas, channels and messages, which may stand in chunks or outside of them. */
final class Streams {
    private final McapLimits limits;
    private final McapVisitor visitor;
    private final Summary summary;
    private final boolean strict;

    /** @param strict messages stand in chunks, schemas and channels outside of them and once, and there is nothing else */
    Streams(McapLimits limits, McapVisitor visitor, Summary summary, boolean strict) {
        this.limits = limits;
        this.visitor = visitor;
        this.summary = summary;
        this.strict = strict;
    }

    void record(int opcode, RecordCursor cursor, boolean insideChunk) throws MalformedMcap {
        boolean known = opcode == Opcode.SCHEMA || opcode == Opcode.CHANNEL || opcode == Opcode.MESSAGE;
        boolean unknown = opcode >= Opcode.FIRST_UNKNOWN;
        boolean misplaced = strict && (unknown || insideChunk != (opcode == Opcode.MESSAGE));
        if (misplaced || !known && !unknown) {
            throw new MalformedMcap(
                    Code.MALFORMED,
                    "a record of type " + opcode + (insideChunk ? " in a chunk" : " in the data section"));
        }
        switch (opcode) {
            case Opcode.SCHEMA -> schema(cursor);
            case Opcode.CHANNEL -> channel(cursor);
            case Opcode.MESSAGE -> message(cursor);
            default -> {
                // Of a later version or of another program: passed over.
            }
        }
    }

    private void schema(RecordCursor cursor) throws MalformedMcap {
        int id = cursor.u16();
        McapSchema schema = McapSchema.of(cursor.string(), cursor.string(), cursor.raw(cursor.u32()));
        if (id == 0 && !strict) {
            return; // "is invalid and should be ignored"
        }
        McapSchema known = summary.schemas.putIfAbsent(id, schema);
        if (id == 0 || known != null && (strict || !known.equals(schema))) {
            throw new MalformedMcap(Code.MALFORMED, "schema " + id + " is not one that may be defined here");
        }
        if (summary.schemas.size() > limits.schemas()) {
            throw new MalformedMcap(Code.OVERSIZE, "more than " + limits.schemas() + " schemas");
        }
        if (known == null) {
            visitor.onSchema(id, schema);
        }
    }

    private void channel(RecordCursor cursor) throws MalformedMcap {
        McapChannel channel =
                new McapChannel(cursor.u16(), cursor.u16(), cursor.string(), cursor.string(), cursor.stringMap(strict));
        if (channel.schemaId() != 0 && !summary.schemas.containsKey(channel.schemaId())) {
            throw new MalformedMcap(Code.MALFORMED, "channel " + channel.id() + " has a schema not yet defined");
        }
        McapChannel known = summary.channels.putIfAbsent(channel.id(), channel);
        if (known != null && (strict || !known.equals(channel))) {
            throw new MalformedMcap(Code.MALFORMED, "channel " + channel.id() + " is defined twice");
        }
        if (summary.channels.size() > limits.channels()) {
            throw new MalformedMcap(Code.OVERSIZE, "more than " + limits.channels() + " channels");
        }
        if (known == null) {
            visitor.onChannel(channel);
        }
    }

    private void message(RecordCursor cursor) throws MalformedMcap {
        int channelId = cursor.u16();
        McapChannel channel = summary.channels.get(channelId);
        if (channel == null) {
            throw new MalformedMcap(Code.MALFORMED, "a message on channel " + channelId + ", not yet defined");
        }
        McapMessage message = new McapMessage(cursor.u32(), cursor.u64(), cursor.u64(), cursor.raw(cursor.remaining()));
        summary.countMessage(channelId, message.logTimeNanos());
        visitor.onMessage(channel, message);
    }
}
