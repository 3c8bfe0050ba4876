package io.kryla.published;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a peer in any language relies on: each message and enum of {@code kryla.v1} with names, numbers and types. */
final class MessageSignature {
    private final List<String> lines = new ArrayList<>();

    private MessageSignature() {}

    static List<String> of(FileDescriptorSet descriptors) {
        MessageSignature signature = new MessageSignature();
        List<FileDescriptorProto> own = descriptors.getFileList().stream()
                .filter(file -> file.getPackage().startsWith("kryla."))
                .toList();
        own.stream()
                .map(FileDescriptorProto::getPackage)
                .distinct()
                .sorted()
                .forEach(name -> signature.lines.add("package " + name));
        own.stream()
                .flatMap(file -> file.getMessageTypeList().stream())
                .sorted(Comparator.comparing(DescriptorProto::getName))
                .forEach(message -> signature.message("", message));
        own.stream()
                .flatMap(file -> file.getEnumTypeList().stream())
                .sorted(Comparator.comparing(EnumDescriptorProto::getName))
                .forEach(choice -> signature.choice("", choice));
        return signature.lines;
    }

    private void message(String prefix, DescriptorProto message) {
        lines.add("");
        lines.add("message " + prefix + message.getName());
        message.getFieldList().stream()
                .sorted(Comparator.comparingInt(FieldDescriptorProto::getNumber))
                .forEach(field -> lines.add("    " + field.getNumber() + " " + field.getName() + ": " + type(field)
                        + (field.hasOneofIndex()
                                ? " in "
                                        + message.getOneofDecl(field.getOneofIndex())
                                                .getName()
                                : "")));
        String inner = prefix + message.getName() + ".";
        message.getNestedTypeList().forEach(nested -> message(inner, nested));
        message.getEnumTypeList().forEach(nested -> choice(inner, nested));
    }

    private void choice(String prefix, EnumDescriptorProto choice) {
        lines.add("");
        lines.add("enum " + prefix + choice.getName());
        choice.getValueList().forEach(value -> lines.add("    " + value.getNumber() + " " + value.getName()));
    }

    private static String type(FieldDescriptorProto field) {
        String name = field.getTypeName().isEmpty()
                ? field.getType().name().replaceFirst("^TYPE_", "").toLowerCase(java.util.Locale.ROOT)
                : field.getTypeName().replaceFirst("^\\.(kryla\\.v1\\.)?", "");
        return (field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED ? "repeated " : "") + name;
    }
}
