package io.kryla.ground.record;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages of a recording in their one form: fields in ascending order, and none that this version does not know. */
final class KnownFields {
    private KnownFields() {}

    /** The message without unknown fields on any level. */
    @SuppressWarnings("unchecked") // a builder builds its own message
    static <M extends Message> M of(M message) {
        Message.Builder known = message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() != JavaType.MESSAGE) {
                continue;
            }
            if (field.getKey().isRepeated()) {
                List<?> all = (List<?>) field.getValue();
                for (int i = 0; i < all.size(); i++) {
                    known.setRepeatedField(field.getKey(), i, of((Message) all.get(i)));
                }
            } else {
                known.setField(field.getKey(), of((Message) field.getValue()));
            }
        }
        return (M) known.build();
    }

    /** Decodes untrusted bytes; empty unless they are the message's one form. */
    static <M extends Message> Optional<M> decode(Parser<M> parser, byte[] untrusted) {
        try {
            M message = parser.parseFrom(untrusted);
            return Arrays.equals(of(message).toByteArray(), untrusted) ? Optional.of(message) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
