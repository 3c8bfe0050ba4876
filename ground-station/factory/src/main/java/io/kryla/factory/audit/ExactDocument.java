package io.kryla.factory.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * Messages whose every byte counts. A signature covers payload and type alone; an audit also wants the file around them to
 * be as it was written: encoded in the one canonical way, without unknown fields on any level.
 */
final class ExactDocument {
    private ExactDocument() {}

    /** Decodes untrusted bytes; empty unless they are exactly what would be written. */
    static <M extends Message> Optional<M> decode(Parser<M> parser, byte[] untrusted) {
        try {
            M message = parser.parseFrom(untrusted);
            return Arrays.equals(message.toByteArray(), untrusted) && isKnown(message)
                    ? Optional.of(message)
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(Message message) {
        return message.getUnknownFields().asMap().isEmpty()
                && message.getAllFields().entrySet().stream()
                        .filter(field -> field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .allMatch(field -> isKnownValue(field.getValue()));
    }

    private static boolean isKnownValue(Object value) {
        return value instanceof Collection<?> repeated
                ? repeated.stream().allMatch(one -> isKnown((Message) one))
                : isKnown((Message) value);
    }
}
