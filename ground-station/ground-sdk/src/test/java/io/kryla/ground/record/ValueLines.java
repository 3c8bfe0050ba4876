package io.kryla.ground.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Every value of a message as a line of text, as {@code src/test/node/values.mjs} has them. */
final class ValueLines {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(Message message) {
        ValueLines values = new ValueLines();
        values.add(message, "");
        return values.lines;
    }

    private void add(Message message, String path) {
        message.getAllFields().forEach((field, value) -> {
            String here = path + "." + field.getNumber();
            if (field.isRepeated()) {
                List<?> each = (List<?>) value;
                for (int i = 0; i < each.size(); i++) {
                    add(field, each.get(i), here + "[" + i + "]");
                }
            } else {
                add(field, value, here);
            }
        });
    }

    private void add(FieldDescriptor field, Object value, String path) {
        if (value instanceof Message nested) {
            lines.add(path + " {");
            add(nested, path);
        } else {
            lines.add(path + " " + text(field, value));
        }
    }

    private static String text(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case FLOAT -> bits(((Float) value).doubleValue());
            case DOUBLE -> bits((Double) value);
            case BYTE_STRING -> HexFormat.of().formatHex(((ByteString) value).toByteArray());
            case STRING -> HexFormat.of().formatHex(((String) value).getBytes(UTF_8));
            case BOOLEAN -> (Boolean) value ? "1" : "0";
            case ENUM -> Integer.toString(((EnumValueDescriptor) value).getNumber());
            case LONG -> Long.toUnsignedString((Long) value);
            default -> value.toString();
        };
    }

    private static String bits(double value) {
        return HexFormat.of().toHexDigits(Double.doubleToLongBits(value));
    }
}
