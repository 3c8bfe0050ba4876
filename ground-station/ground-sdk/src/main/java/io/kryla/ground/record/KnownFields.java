package io.kryla.ground.record;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.Arrays;
import java.util.Optional;

/** Messages of a recording in their one form: fields in ascending order, and none that this version does not know. */
final class KnownFields {
    private KnownFields() {}

    /** The message without unknown fields on any level. */
    static <M extends Message> M of(Parser<M> parser, M message) {
        try {
            return DiscardUnknownFieldsParser.wrap(parser).parseFrom(message.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("what was encoded can be decoded", e);
        }
    }

    /** Decodes untrusted bytes; empty unless they are the message's one form. */
    static <M extends Message> Optional<M> decode(Parser<M> parser, byte[] untrusted) {
        try {
            M known = DiscardUnknownFieldsParser.wrap(parser).parseFrom(untrusted);
            return Arrays.equals(known.toByteArray(), untrusted) ? Optional.of(known) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
