package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;

/** Schemas, channels and messages, which may stand in chunks or outside of them. */
final class Streams {
    private final McapLimits limits;
    private final McapVisitor visitor;
    private final Summary summary;

    Streams(McapLimits limits, McapVisitor visitor, Summary summary) {
        this.limits = limits;
        this.visitor = visitor;
        this.summary = summary;
    }

    void record(int opcode, RecordCursor cursor) throws MalformedMcap {
        switch (opcode) {
            case Opcode.SCHEMA -> schema(cursor);
            case Opcode.CHANNEL -> channel(cursor);
            case Opcode.MESSAGE -> message(cursor);
            default -> {
                if (opcode < Opcode.FIRST_PRIVATE) {
                    throw new MalformedMcap(Code.MALFORMED, "record of type " + opcode + " in the data section");
                }
            }
        }
    }

    private void schema(RecordCursor cursor) throws MalformedMcap {
        int id = cursor.u16();
        McapSchema schema = McapSchema.of(cursor.string(), cursor.string(), cursor.raw(cursor.u32()));
        McapSchema known = summary.schemas.putIfAbsent(id, schema);
        if (id == 0 || known != null && !known.equals(schema)) {
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
                new McapChannel(cursor.u16(), cursor.u16(), cursor.string(), cursor.string(), cursor.stringMap());
        if (channel.schemaId() != 0 && !summary.schemas.containsKey(channel.schemaId())) {
            throw new MalformedMcap(Code.MALFORMED, "channel " + channel.id() + " has a schema not yet defined");
        }
        McapChannel known = summary.channels.putIfAbsent(channel.id(), channel);
        if (known != null && !known.equals(channel)) {
            throw new MalformedMcap(Code.MALFORMED, "channel " + channel.id() + " is defined twice, differently");
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
