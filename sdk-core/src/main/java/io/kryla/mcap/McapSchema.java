package io.kryla.mcap;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the messages of a channel mean: a name and, for protobuf, the descriptors that a reader needs to decode them. */
public final class McapSchema {
    private final String name;
    private final String encoding;
    private final byte[] data;

    private McapSchema(String name, String encoding, byte[] data) {
        this.name = name;
        this.encoding = encoding;
        this.data = data;
    }

    /** The encoding is one of the specification's well-known names, such as {@code protobuf}. */
    public static McapSchema of(String name, String encoding, byte[] data) {
        return new McapSchema(name, encoding, data.clone());
    }

    /**
     * The schema of a generated message: its full name and a FileDescriptorSet that holds its file after everything the
     * file imports.
     *
     * @param message any instance, such as the default one
     */
    public static McapSchema protobuf(Message message) {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        addWithImports(message.getDescriptorForType().getFile(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto()));
        return new McapSchema(
                message.getDescriptorForType().getFullName(),
                "protobuf",
                set.build().toByteArray());
    }

    private static void addWithImports(FileDescriptor file, Set<FileDescriptor> files) {
        if (files.contains(file)) {
            return;
        }
        file.getDependencies().forEach(imported -> addWithImports(imported, files));
        files.add(file);
    }

    public String name() {
        return name;
    }

    /** Of the schema, by the MCAP registry: {@code "protobuf"}, or empty when there is none. */
    public String encoding() {
        return encoding;
    }

    public byte[] data() {
        return data.clone();
    }

    byte[] dataUnshared() {
        return data;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof McapSchema that
                && name.equals(that.name)
                && encoding.equals(that.encoding)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "McapSchema[" + name + ", " + encoding + ", " + data.length + " bytes]";
    }
}
