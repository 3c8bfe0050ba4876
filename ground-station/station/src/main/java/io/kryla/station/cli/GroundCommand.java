package io.kryla.station.cli;

import io.kryla.ground.record.FinishedRecording;
import io.kryla.link.SharedLine;
import io.kryla.radio.SerialRadio;
import io.kryla.station.demo.DemoFolder;
import io.kryla.station.flight.OwnerGround;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Progress;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.UnattestedLeaves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla ground}. */
@Command(
        name = "ground",
        description = "Be the ground of an owner: show, and record, what its airframes attest.",
        mixinStandardHelpOptions = true)
final class GroundCommand extends KrylaCommand {
    private static final long A_LIFETIME_SECONDS = Duration.ofDays(36_500).toSeconds();

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of a demo.")
    private Path folder = Path.of("kryla-demo");

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            description = "Party or line whose ground this is (default: ${DEFAULT-VALUE}).",
            defaultValue = "end-user-1")
    @SuppressWarnings("NullAway.Init") // has a default
    private String owner;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address that airframes connect to (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:14700")
    @SuppressWarnings("NullAway.Init") // has a default
    private String listen;

    @Option(
            names = "--serial",
            paramLabel = "DEVICE[:BAUD]",
            description =
                    "Serial radio that leads to an airframe (57600 baud unless said); all airframes are then asked for the"
                            + " profile of the radio.")
    private @Nullable String serial;

    @Option(names = "--record", paramLabel = "DIR", description = "Existing folder for a recording of each flight log.")
    private @Nullable Path recordings;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds (default: never).")
    private long seconds = A_LIFETIME_SECONDS;

    @Override
    CommandResult run(FrontDoor door) {
        if (seconds < 1 || seconds > A_LIFETIME_SECONDS) {
            throw CommandFailure.usage(
                    "USAGE", "seconds out of range", "--seconds " + seconds, "give 1 to " + A_LIFETIME_SECONDS);
        }
        if (recordings != null && !Files.isDirectory(recordings)) {
            throw CommandFailure.usage(
                    "FOLDER_MISSING", "no such folder", recordings.toString(), "make it, or name another");
        }
        Heard heard = new Heard(door.progress());
        Interruption interruption = Interruption.watch();
        try (OwnerGround ground = OwnerGround.listen(
                DemoFolder.open(folder, door.wallClock(), door.random()),
                owner,
                new OwnerGround.Doors(HostAndPort.parse(listen), radio(door)),
                Optional.ofNullable(recordings),
                heard)) {
            String where = serial == null ? listen : listen + " and at " + serial;
            door.progress().step("Ground of " + owner + " listens at " + where + "; Ctrl-C ends it");
            interruption.await(Duration.ofSeconds(seconds));
        }
        return heard.result();
    }

    private Optional<SharedLine> radio(FrontDoor door) {
        if (serial == null) {
            return Optional.empty();
        }
        SerialLine line = SerialLine.parse(serial);
        return Optional.of(SerialRadio.ofGround(line.port(), line.settings(), door.monotonicNanos()));
    }

    /** Prints a line for each second of flight, and counts. */
    private static final class Heard implements OwnerGround.Listener {
        private final Progress progress;
        private final Map<String, AttestedText> texts = new ConcurrentHashMap<>();
        private final Queue<Path> files = new ConcurrentLinkedQueue<>();
        private final LongAdder records = new LongAdder();
        private final LongAdder samples = new LongAdder();
        /** Of each log, as of the last standstill or the end. */
        private final Map<String, Long> unattested = new ConcurrentHashMap<>();

        Heard(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void onAttested(FlightOrigin flight, AttestedRecord attested) {
            records.increment();
            samples.add(attested.record().getSamplesCount());
            List<String> lines = texts.computeIfAbsent(flight.text(), text -> new AttestedText(flight.serial()))
                    .linesOf(attested.record());
            synchronized (progress) {
                lines.forEach(progress::detail);
            }
            unattested.remove(flight.text());
        }

        @Override
        public void onUnattested(FlightOrigin flight, List<UnattestedLeaves> leaves) {
            long count = leaves.stream()
                    .mapToLong(range -> range.to() - range.from())
                    .sum();
            unattested.put(flight.text(), count);
            String first = leaves.stream().limit(3).map(UnattestedLeaves::text).collect(Collectors.joining("; "));
            synchronized (progress) {
                progress.detail(flight.serial() + " not attested: " + first + (leaves.size() > 3 ? "; ..." : ""));
            }
        }

        @Override
        public void onRecorded(FinishedRecording recording) {
            files.add(recording.file());
        }

        CommandResult result() {
            long missing =
                    unattested.values().stream().mapToLong(Long::longValue).sum();
            return CommandResult.pass(
                    List.of(texts.size() + " flight logs, " + records.sum() + " records attested, " + samples.sum()
                            + " samples" + (missing == 0 ? "" : ", " + missing + " records not attested")),
                    List.copyOf(files),
                    Map.of(
                            "flight_logs",
                            texts.size(),
                            "records",
                            records.sum(),
                            "samples",
                            samples.sum(),
                            "unattested_records",
                            missing));
        }
    }
}
