package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kryla.v1.Command;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The fields of a message in one line, as {@code speed_meters_per_second=5 waypoints.0.north_meters=10}. */
final class MessageText {
    private MessageText() {}

    /** What the command's action is given. */
    static String ofAction(Command command) {
        StringJoiner text = new StringJoiner(" ");
        for (Map.Entry<FieldDescriptor, Object> field : command.getAllFields().entrySet()) {
            if (field.getKey().getContainingOneof() != null && field.getValue() instanceof Message action) {
                append(text, "", action);
            }
        }
        return text.toString();
    }

    static String of(List<? extends Message> messages) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < messages.size(); i++) {
            append(text, i + ".", messages.get(i));
        }
        return text.toString();
    }

    private static void append(StringJoiner text, String prefix, Message message) {
        message.getAllFields().forEach((field, value) -> {
            String name = prefix + field.getName();
            if (value instanceof List<?> values) {
                for (int i = 0; i < values.size(); i++) {
                    appendValue(text, name + "." + i, values.get(i));
                }
            } else {
                appendValue(text, name, value);
            }
        });
    }

    private static void appendValue(StringJoiner text, String name, Object value) {
        if (value instanceof Message nested) {
            append(text, name + ".", nested);
        } else {
            text.add(name + "=" + scalar(value));
        }
    }

    private static String scalar(Object value) {
        if (value instanceof Float || value instanceof Double) {
            StringBuilder number = new StringBuilder();
            CsvLine.append(number, ((Number) value).doubleValue(), value instanceof Float);
            return number.toString();
        }
        if (value instanceof ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        return value instanceof EnumValueDescriptor named ? named.getName() : String.valueOf(value);
    }
}
