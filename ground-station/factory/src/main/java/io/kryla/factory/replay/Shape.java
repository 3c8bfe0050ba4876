package io.kryla.factory.replay;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import java.util.Arrays;

/** Field shapes that a leaf must have before any rule looks at it. */
final class Shape {
    static final int MAX_LEAF_LENGTH = 4096;
    private static final int MAX_ID_LENGTH = 64;

    private Shape() {}

    static boolean isDigest(ByteString bytes) {
        return bytes.size() == Digest.LENGTH;
    }

    static boolean allDigests(ByteString... values) {
        return Arrays.stream(values).allMatch(Shape::isDigest);
    }

    static Digest digest(ByteString bytes) {
        return Digest.of(bytes.toByteArray());
    }

    static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID_LENGTH;
    }
}
