package io.kryla.ground.record;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.kryla.mcap.McapSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the descriptors in a recording say nothing else than this version's: a viewer names values by them, and a
 * recording that calls north east would be a signed lie. Descriptors of an earlier version have less in them; what they
 * have must be here, too. Whatever is not here, of a later version perhaps, nobody here can vouch for.
 */
final class SchemaCheck {
    private final FileDescriptorSet known;

    private SchemaCheck(FileDescriptorSet known) {
        this.known = known;
    }

    /** Whether every file, message, field and value of the untrusted schema is one of the known schema. */
    static boolean agrees(McapSchema untrusted, McapSchema known) {
        if (untrusted.equals(known)) {
            return true;
        }
        if (!untrusted.name().equals(known.name()) || !untrusted.encoding().equals(known.encoding())) {
            return false;
        }
        Optional<FileDescriptorSet> found = KnownFields.decode(FileDescriptorSet.parser(), untrusted.data());
        return found.isPresent() && new SchemaCheck(knownSet(known)).contains(found.get());
    }

    private static FileDescriptorSet knownSet(McapSchema schema) {
        return KnownFields.decode(FileDescriptorSet.parser(), schema.data())
                .orElseThrow(() -> new IllegalStateException("the schema of this version is in its one form"));
    }

    private boolean contains(FileDescriptorSet found) {
        return pairs(found.getFileList(), known.getFileList(), FileDescriptorProto::getName, SchemaCheck::fileIsIn);
    }

    private static boolean fileIsIn(FileDescriptorProto found, FileDescriptorProto known) {
        FileDescriptorProto rest = known.toBuilder()
                .clearMessageType()
                .clearEnumType()
                .clearDependency()
                .addAllDependency(found.getDependencyList())
                .build();
        return found.toBuilder().clearMessageType().clearEnumType().build().equals(rest)
                && known.getDependencyList().containsAll(found.getDependencyList())
                && messagesAreIn(found.getMessageTypeList(), known.getMessageTypeList())
                && enumsAreIn(found.getEnumTypeList(), known.getEnumTypeList());
    }

    private static boolean messagesAreIn(List<DescriptorProto> found, List<DescriptorProto> known) {
        return pairs(found, known, DescriptorProto::getName, SchemaCheck::messageIsIn);
    }

    private static boolean messageIsIn(DescriptorProto found, DescriptorProto known) {
        boolean bare = found.toBuilder()
                .clearField()
                .clearNestedType()
                .clearEnumType()
                .clearOneofDecl()
                .build()
                .equals(DescriptorProto.newBuilder().setName(known.getName()).build());
        return bare
                && pairs(
                        found.getFieldList(),
                        known.getFieldList(),
                        FieldDescriptorProto::getNumber,
                        (one, other) -> named(one, found).equals(named(other, known)))
                && messagesAreIn(found.getNestedTypeList(), known.getNestedTypeList())
                && enumsAreIn(found.getEnumTypeList(), known.getEnumTypeList());
    }

    /** The field, with the name of its oneof in place of an index, which shifts when a oneof is added. */
    private static Map.Entry<FieldDescriptorProto, String> named(FieldDescriptorProto field, DescriptorProto of) {
        int oneof = field.getOneofIndex();
        boolean inside = field.hasOneofIndex() && oneof >= 0 && oneof < of.getOneofDeclCount();
        return Map.entry(
                field.toBuilder().clearOneofIndex().build(),
                inside ? of.getOneofDecl(oneof).toString() : field.hasOneofIndex() ? "?" : "");
    }

    private static boolean enumsAreIn(List<EnumDescriptorProto> found, List<EnumDescriptorProto> known) {
        return pairs(
                found,
                known,
                EnumDescriptorProto::getName,
                (one, other) -> one.toBuilder()
                                .clearValue()
                                .build()
                                .equals(EnumDescriptorProto.newBuilder()
                                        .setName(other.getName())
                                        .build())
                        && pairs(
                                one.getValueList(),
                                other.getValueList(),
                                EnumValueDescriptorProto::getNumber,
                                EnumValueDescriptorProto::equals));
    }

    private interface Within<T> {
        boolean test(T found, T known);
    }

    /** Whether each of the found has one of the known with its key, each at most once, and is within it. */
    private static <T, K> boolean pairs(List<T> found, List<T> known, Function<T, K> key, Within<T> within) {
        Map<K, T> byKey = known.stream().collect(Collectors.toMap(key, it -> it, (first, second) -> first));
        for (T one : found) {
            T other = byKey.remove(key.apply(one));
            if (other == null || !within.test(one, other)) {
                return false;
            }
        }
        return true;
    }
}
