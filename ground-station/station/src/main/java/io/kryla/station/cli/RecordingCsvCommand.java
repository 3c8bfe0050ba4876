package io.kryla.station.cli;

import io.kryla.ground.record.FlightCsv;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla recording csv}. */
@Command(
        name = "csv",
        description = "Write the attested samples of a recorded flight as tables, for spreadsheets and scripts.",
        mixinStandardHelpOptions = true)
final class RecordingCsvCommand extends KrylaCommand {
    private static final String SUFFIX = ".csv";

    @Mixin
    private RecordedFlightOptions recording = new RecordedFlightOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR|FILE",
            description = "Folder for samples.csv and events.csv; or NAME.csv, with NAME-events.csv beside it.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--replace", description = "Replace earlier tables.")
    private boolean replace;

    @Override
    CommandResult run(FrontDoor door) {
        FlightVerifier verifier = recording.verifier(door);
        boolean file = out.toString().endsWith(SUFFIX) && !Files.isDirectory(out);
        Path samples = file ? out : folder().resolve("samples.csv");
        Path events = file ? beside(out) : out.resolve("events.csv");
        for (Path target : List.of(samples, events)) {
            if (Files.exists(target) && !replace) {
                throw CommandFailure.usage(
                        "FILE_EXISTS", "already there", target.toString(), "choose another with --out, or --replace");
            }
        }
        FlightCsv.Export export = FlightCsv.export(
                recording.flight(),
                verifier,
                samples,
                events,
                verdict -> recording.finding(verdict).isEmpty());
        return result(export, samples, events);
    }

    private Path folder() {
        try {
            return Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path beside(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + "-events" + SUFFIX);
    }

    private CommandResult result(FlightCsv.Export export, Path samples, Path events) {
        List<String> lines = new ArrayList<>(RecordedFlightOptions.lines(export.verdict()));
        Map<String, Object> details = RecordedFlightOptions.details(export.verdict());
        Optional<Finding> finding = recording.finding(export.verdict());
        if (finding.isPresent()) {
            return CommandResult.failed(lines, List.of(finding.get()), List.of(), details);
        }
        lines.add(export.samples() + " states, " + export.events() + " events");
        details.put("states", export.samples());
        details.put("events", export.events());
        return CommandResult.pass(lines, List.of(samples, events), details);
    }
}
