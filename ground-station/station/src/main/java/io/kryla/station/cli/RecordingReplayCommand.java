package io.kryla.station.cli;

import io.kryla.ground.record.FlightReplay;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.ground.record.ReplaySpeed;
import io.kryla.ground.stream.StreamSubscription;
import io.kryla.keys.KrylaException;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla recording replay}. */
@Command(
        name = "replay",
        description =
                "Replay a recorded flight: its samples at the times at which they were flown, verified as they come.",
        mixinStandardHelpOptions = true)
final class RecordingReplayCommand extends KrylaCommand {
    private static final int BUFFERED_RECORDS = 1_024;
    /** Whoever watches ends it earlier. */
    private static final Duration LONGEST_REPLAY = Duration.ofDays(365);

    @Mixin
    private RecordedFlightOptions recording = new RecordedFlightOptions();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Seconds of flight a second, such as 0.5 or 10 (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    @SuppressWarnings("NullAway.Init") // has a default
    private String speed;

    @Option(names = "--from", paramLabel = "SECONDS", description = "Begin at that flight time (default: 0).")
    private double fromSeconds;

    private final ReplayPrinter printer = new ReplayPrinter();

    @Override
    CommandResult run(FrontDoor door) {
        ReplaySpeed chosen = ReplaySpeed.parse(speed)
                .orElseThrow(() -> CommandFailure.usage(
                        "USAGE", "not a speed", "--speed " + speed, "give a number more than 0, or max"));
        if (!(fromSeconds >= 0 && fromSeconds < 1e9)) {
            throw CommandFailure.usage(
                    "USAGE", "not a flight time", "--from " + fromSeconds, "give seconds since boot");
        }
        FlightVerifier verifier = recording.verifier(door);
        printer.begin(out(), name(), json());
        try (FlightReplay replay = FlightReplay.open(recording.flight(), verifier, door.monotonicNanos())) {
            StreamSubscription printed =
                    replay.attestedRecords().buffer(BUFFERED_RECORDS).listen(printer::print);
            if (fromSeconds > 0) {
                replay.seek(Duration.ofNanos((long) (fromSeconds * 1e9)));
            }
            replay.play(chosen);
            FlightVerdict verdict = await(replay);
            settle(printed);
            return result(verdict);
        }
    }

    private static FlightVerdict await(FlightReplay replay) {
        try {
            return replay.ended(LONGEST_REPLAY).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KrylaException known ? known : e;
        }
    }

    /** Everything that came was printed; how the stream ended is in the verdict. */
    private static void settle(StreamSubscription printed) {
        try {
            printed.ended(LONGEST_REPLAY).join();
        } catch (CompletionException | CancellationException e) {
            // As the verdict says.
        }
    }

    private CommandResult result(FlightVerdict verdict) {
        List<String> lines = RecordedFlightOptions.lines(verdict);
        Map<String, Object> details = RecordedFlightOptions.details(verdict);
        Optional<Finding> finding = recording.finding(verdict);
        return finding.isPresent()
                ? CommandResult.failed(lines, List.of(finding.get()), List.of(), details)
                : CommandResult.pass(lines, List.of(recording.flight()), details);
    }

    @Override
    void print(CommandResult result) {
        printer.end(result);
    }
}
