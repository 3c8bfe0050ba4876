package io.kryla.ground.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A message as text in which every value that is set has a line of its own: {@code samples[0].vehicle_state.mode = …}. */
final class FieldLines {
    private final List<String> lines = new ArrayList<>();

    private FieldLines() {}

    static List<String> of(Message message) {
        FieldLines text = new FieldLines();
        text.add("", message);
        return text.lines;
    }

    private void add(String prefix, Message message) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            String name = prefix + field.getKey().getName();
            if (field.getValue() instanceof List<?> values) {
                for (int i = 0; i < values.size(); i++) {
                    addValue(name + "[" + i + "]", values.get(i));
                }
            } else {
                addValue(name, field.getValue());
            }
        }
    }

    private void addValue(String name, Object value) {
        if (value instanceof Message nested) {
            lines.add(name);
            add(name + ".", nested);
        } else if (value instanceof ByteString bytes) {
            lines.add(name + " = " + HexFormat.of().formatHex(bytes.toByteArray()));
        } else {
            lines.add(name + " = " + value);
        }
    }
}
