package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A committed JSON schema (2020-12), with its findings put into words that someone who writes a plan understands. */
public final class DocumentSchema {
    private final Schema schema;
    private final JsonNode definitions;

    private DocumentSchema(Schema schema, JsonNode definitions) {
        this.schema = schema;
        this.definitions = definitions;
    }

    /** Loads a schema that lies beside this class. */
    static DocumentSchema load(String resource) {
        return load(DocumentSchema.class, resource);
    }

    /** Loads a schema that lies beside a class. */
    public static DocumentSchema load(Class<?> beside, String resource) {
        try (var in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("schema missing from the jar: " + resource);
            }
            var json = new ObjectMapper().readTree(in);
            var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            return new DocumentSchema(registry.getSchema(json), json.path("$defs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All problems in the order of the document; empty when it conforms. */
    public List<DocumentProblem> check(YamlDocument document) {
        var problems = new ArrayList<DocumentProblem>();
        for (var error : schema.validate(document.root())) {
            problems.add(describe(document, error));
        }
        problems.sort(Comparator.comparingInt(DocumentProblem::line).thenComparingInt(DocumentProblem::column));
        return problems;
    }

    private DocumentProblem describe(YamlDocument document, Error error) {
        var pointer = pointerOf(document, error);
        var written = document.root().at(pointer);
        switch (error.getKeyword()) {
            case "additionalProperties": {
                var key = String.valueOf(error.getProperty());
                return document.problem(
                        pointer + "/" + YamlDocument.escape(key),
                        "unknown key \"" + key + "\"",
                        NearestWord.to(key, keysBeside(error)));
            }
            case "required":
                return document.problem(pointer, "\"" + error.getProperty() + "\" is missing", Optional.empty());
            case "enum": {
                var valid = new ArrayList<String>();
                error.getSchemaNode().forEach(value -> valid.add(value.asText()));
                return document.problem(
                        pointer,
                        "unknown " + nameOf(pointer) + " \"" + written.asText() + "\"; valid are "
                                + String.join(", ", valid),
                        NearestWord.to(written.asText(), valid));
            }
            case "pattern":
                return document.problem(pointer, nameOf(pointer) + ": " + hint(error, written), Optional.empty());
            case "type":
                return document.problem(pointer, nameOf(pointer) + ": " + hint(error, written), Optional.empty());
            default:
                return document.problem(pointer, nameOf(pointer) + ": " + plainMessage(error), Optional.empty());
        }
    }

    /** What the failing definition says of itself, such as "a length such as 10 m". */
    private String hint(Error error, JsonNode written) {
        for (var part : error.getSchemaLocation().toString().split("/")) {
            var described = definitions.path(part).path("description");
            if (described.isTextual() && error.getKeyword().equals("pattern")) {
                return "expected " + described.asText() + ", found \"" + shown(written) + "\"";
            }
        }
        var parts = error.getEvaluationPath().toString().split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (parts[i].equals("$ref")) {
                return plainMessage(error) + ", found \"" + shown(written) + "\"";
            }
        }
        return plainMessage(error);
    }

    private static String shown(JsonNode written) {
        var text = written.isValueNode() ? written.asText() : written.toString();
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    private static String plainMessage(Error error) {
        var message = error.getMessage();
        int colon = message.indexOf(": ");
        return colon >= 0 && message.startsWith("/") ? message.substring(colon + 2) : message;
    }

    private static String nameOf(String pointer) {
        var parts = pointer.split("/");
        for (int i = parts.length - 1; i > 0; i--) {
            if (!parts[i].matches("[0-9]+")) {
                return parts[i];
            }
        }
        return "document";
    }

    private static String pointerOf(YamlDocument document, Error error) {
        var pointer = new StringBuilder();
        var path = error.getInstanceLocation();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer.append('/').append(YamlDocument.escape(String.valueOf(path.getElement(i))));
        }
        return pointer.toString();
    }

    private List<String> keysBeside(Error error) {
        var keys = new ArrayList<String>();
        var location = error.getSchemaLocation().getFragment();
        var node = schema.getSchemaNode();
        for (int i = 0; i < location.getNameCount() - 1; i++) {
            var element = location.getElement(i);
            node = element instanceof Integer ? node.path((Integer) element) : node.path(String.valueOf(element));
        }
        node.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
