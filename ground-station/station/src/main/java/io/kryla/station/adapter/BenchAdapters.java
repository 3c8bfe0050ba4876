package io.kryla.station.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.scenario.DocumentProblem;
import io.kryla.hil.scenario.DocumentSchema;
import io.kryla.hil.scenario.NearestWord;
import io.kryla.hil.scenario.ScenarioFiles;
import io.kryla.hil.scenario.YamlDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The programs of a bench.
 *
 * @param flash writes {@code {image}} into the airframe in slot {@code {slot}}
 * @param readBack reads {@code {size}} bytes of the airframe's image into the new file {@code {output}}
 * @param print prints {@code {pdf}} or {@code {png}} of {@code {serial}}
 * @param scan prints the text of the label that it sees, or writes a picture into {@code {output}} where it names one
 */
public record BenchAdapters(
        Optional<CommandAdapter> flash,
        Optional<CommandAdapter> readBack,
        Optional<CommandAdapter> print,
        Optional<CommandAdapter> scan) {
    private static final String CODE = "ADAPTERS";
    private static final DocumentSchema SCHEMA = DocumentSchema.load(BenchAdapters.class, "bench-adapters.schema.json");

    /** Nothing is attached: the airframe flashes itself, labels stay files. */
    public static BenchAdapters none() {
        return new BenchAdapters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @throws io.kryla.hil.scenario.ScenarioException ADAPTERS_… with every problem and its place */
    public static BenchAdapters read(Path file) {
        return parse(file.getFileName().toString(), ScenarioFiles.read(file, CODE));
    }

    static BenchAdapters parse(String file, byte[] bytes) {
        YamlDocument document = new YamlDocument(file, bytes, CODE);
        List<DocumentProblem> problems = new ArrayList<>(SCHEMA.check(document));
        if (!problems.isEmpty()) {
            throw document.invalid(problems);
        }
        BenchAdapters adapters = new BenchAdapters(
                adapter(document, "flash", Set.of("image", "slot", "serial"), problems),
                adapter(document, "read-back", Set.of("output", "size", "slot", "serial"), problems),
                adapter(document, "print", Set.of("pdf", "png", "slot", "serial"), problems),
                adapter(document, "scan", Set.of("output", "slot", "serial"), problems));
        if (!problems.isEmpty()) {
            throw document.invalid(problems);
        }
        return adapters;
    }

    private static Optional<CommandAdapter> adapter(
            YamlDocument document, String name, Set<String> known, List<DocumentProblem> problems) {
        JsonNode node = document.root().path(name);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        node.path("command").forEach(argument -> arguments.add(argument.asText()));
        CommandAdapter adapter = new CommandAdapter(
                name, arguments, Duration.ofSeconds(node.path("timeout-seconds").asInt(60)));
        for (String placeholder : adapter.placeholders()) {
            if (!known.contains(placeholder)) {
                problems.add(document.problem(
                        "/" + name + "/command",
                        "unknown placeholder {" + placeholder + "}",
                        NearestWord.to(placeholder, known)));
            }
        }
        return Optional.of(adapter);
    }
}
