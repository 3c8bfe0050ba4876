package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kryla.keys.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML text as a JSON tree that remembers where each value stands.
 *
 * <p>Only what JSON can say is taken: anchors, tags, repeated keys and second documents are problems, so nothing can
 * grow beyond the {@value #MAX_BYTES} bytes that were read. Numbers and truth values are those of JSON ({@code yes}
 * and {@code 010} are text).
 */
public final class YamlDocument {
    /** A hundred times the largest plan that we ship. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?");
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP);

    private final String file;
    private final Digest sha256;
    private final String text;
    private final Map<String, Mark> marks = new HashMap<>();
    private final JsonNode root;
    private final String codePrefix;

    /** @param codePrefix such as {@code PLAN} or {@code VEHICLE}: what the codes of problems begin with */
    public YamlDocument(String file, byte[] bytes, String codePrefix) {
        this.file = file;
        this.codePrefix = codePrefix;
        if (bytes.length > MAX_BYTES) {
            throw new ScenarioException(
                    codePrefix + "_TOO_LARGE",
                    file + " has " + bytes.length + " bytes; at most " + MAX_BYTES + " are read; shorten it");
        }
        this.sha256 = Digest.sha256(bytes);
        this.text = decode(bytes);
        this.root = toJson("", compose(text));
    }

    String file() {
        return file;
    }

    Digest sha256() {
        return sha256;
    }

    /** The document itself: its bytes are this text in UTF-8. */
    String text() {
        return text;
    }

    public JsonNode root() {
        return root;
    }

    /** The problem at the value that a JSON pointer names, or at the nearest value around it. */
    public DocumentProblem problem(String pointer, String what, Optional<String> nearest) {
        var at = pointer;
        while (!marks.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        var mark = marks.get(at);
        return new DocumentProblem(
                file, mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, what, nearest);
    }

    /** Ends the reading. */
    public ScenarioException invalid(List<DocumentProblem> problems) {
        return new ScenarioException(codePrefix + "_INVALID", problems);
    }

    private ScenarioException invalid(int line, int column, String what) {
        return invalid(List.of(new DocumentProblem(file, line, column, what, Optional.empty())));
    }

    private ScenarioException invalid(Mark mark, String what) {
        return invalid(mark.getLine() + 1, mark.getColumn() + 1, what);
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(1, 1, "not UTF-8 text");
        }
    }

    private Node compose(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            var node = new Yaml(options).compose(new java.io.StringReader(text));
            if (node == null) {
                throw invalid(1, 1, "the document is empty");
            }
            return node;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            if (mark == null) {
                throw invalid(1, 1, "not YAML: " + e.getProblem());
            }
            throw invalid(mark, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw invalid(1, 1, "not YAML: " + firstLine(e));
        }
    }

    private static String firstLine(YAMLException e) {
        var message = e.getMessage();
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }

    private JsonNode toJson(String pointer, Node node) {
        marks.putIfAbsent(pointer, node.getStartMark());
        if (node.getAnchor() != null) {
            throw invalid(node.getStartMark(), "anchors and aliases are not allowed: write the value out");
        }
        if (node instanceof MappingNode) {
            return toObject(pointer, (MappingNode) node);
        }
        if (node instanceof SequenceNode) {
            return toArray(pointer, (SequenceNode) node);
        }
        return toValue((ScalarNode) node);
    }

    private JsonNode toObject(String pointer, MappingNode mapping) {
        if (!mapping.getTag().equals(Tag.MAP)) {
            throw invalid(mapping.getStartMark(), "tags are not allowed: " + mapping.getTag());
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (var entry : mapping.getValue()) {
            var keyMark = entry.getKeyNode().getStartMark();
            if (!(entry.getKeyNode() instanceof ScalarNode)) {
                throw invalid(keyMark, "a key must be a word");
            }
            var key = ((ScalarNode) entry.getKeyNode()).getValue();
            var child = pointer + "/" + escape(key);
            if (object.has(key)) {
                throw invalid(keyMark, "the key \"" + key + "\" stands here twice");
            }
            marks.put(child, keyMark);
            object.set(key, toJson(child, entry.getValueNode()));
        }
        return object;
    }

    private JsonNode toArray(String pointer, SequenceNode sequence) {
        if (!sequence.getTag().equals(Tag.SEQ)) {
            throw invalid(sequence.getStartMark(), "tags are not allowed: " + sequence.getTag());
        }
        var array = JsonNodeFactory.instance.arrayNode();
        for (var item : sequence.getValue()) {
            array.add(toJson(pointer + "/" + array.size(), item));
        }
        return array;
    }

    private JsonNode toValue(ScalarNode scalar) {
        if (!PLAIN.contains(scalar.getTag())) {
            throw invalid(scalar.getStartMark(), "tags are not allowed: " + scalar.getTag());
        }
        var text = scalar.getValue();
        var json = JsonNodeFactory.instance;
        if (scalar.isPlain()) {
            if (text.isEmpty() || text.equals("null") || text.equals("~")) {
                return json.nullNode();
            }
            if (text.equals("true") || text.equals("false")) {
                return json.booleanNode(text.equals("true"));
            }
            if (NUMBER.matcher(text).matches()) {
                return text.matches("-?[0-9]+")
                        ? json.numberNode(Long.parseLong(text))
                        : json.numberNode(Double.parseDouble(text));
            }
        }
        return json.textNode(text);
    }

    /** A key as a segment of a JSON pointer (RFC 6901 §3). */
    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
