package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Message;
import io.kryla.v1.Sample;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A sample as names and values, for programs that read JSON: names as in the {@code .proto} files, units included; what has
 * its default value is absent.
 */
public final class SampleFields {
    private SampleFields() {}

    /** Strings, numbers, booleans, lists and maps, in the order of the fields; bytes are hexadecimal, enums by name. */
    public static Map<String, Object> of(Sample sample) {
        return fields(sample);
    }

    private static Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> fields.put(field.getName(), value(value)));
        return fields;
    }

    private static Object value(Object value) {
        if (value instanceof Message nested) {
            return fields(nested);
        }
        if (value instanceof List<?> values) {
            return values.stream().map(SampleFields::value).collect(Collectors.toList());
        }
        if (value instanceof ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        return value instanceof EnumValueDescriptor named ? named.getName() : value;
    }
}
