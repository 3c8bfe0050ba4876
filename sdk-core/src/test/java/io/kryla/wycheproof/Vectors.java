package io.kryla.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The vectors of one file, each with its group. */
public final class Vectors {
    private Vectors() {}

    /** Those of {@code wycheproof/<name>.json}. */
    public static List<Vector> of(String name) {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode group : read("/wycheproof/" + name + ".json")) {
            for (JsonNode test : group.get("tests")) {
                vectors.add(new Vector(name, group.get("group"), test));
            }
        }
        return vectors;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Vectors.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the vector's authors say of it. */
    public enum Result {
        VALID,
        INVALID,
        ACCEPTABLE
    }

    /** One vector. */
    public record Vector(String file, JsonNode group, JsonNode test) {
        public Result result() {
            return Result.valueOf(test.get("result").asText().toUpperCase(Locale.ROOT));
        }

        public String comment() {
            return test.get("comment").asText();
        }

        public boolean has(String flag) {
            for (JsonNode each : test.get("flags")) {
                if (each.asText().equals(flag)) {
                    return true;
                }
            }
            return false;
        }

        /** A member in hexadecimal. */
        public byte[] bytes(String member) {
            return parse(test.get(member)).orElseThrow(() -> new IllegalArgumentException(this + " has no " + member));
        }

        /** A member of the group in hexadecimal. */
        public byte[] groupBytes(String member) {
            return parse(group.get(member)).orElseThrow(() -> new IllegalArgumentException(this + " has no " + member));
        }

        private static Optional<byte[]> parse(JsonNode hex) {
            return Optional.ofNullable(hex).map(node -> HexFormat.of().parseHex(node.asText()));
        }

        @Override
        public String toString() {
            return file + " " + test.get("tcId") + " (" + comment() + ")";
        }
    }
}
