package io.kryla.station.cli;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.keys.KrylaException;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import io.kryla.station.workbench.Workbench;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code kryla provision} takes when it is a bench. */
final class BenchOptions {
    private static final int MOST_SLOTS = 64;
    private static final int MOST_UNITS = 1_000_000;

    @Option(names = "--bench", paramLabel = "DIR", description = "Folder of the bench, made when missing.")
    private Path folder = Path.of("kryla-bench");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "The licensor's root certificate, burnt into simulated boards.")
    private @Nullable Path root;

    @Option(names = "--firmware", paramLabel = "FILE", description = "Firmware image that is flashed.")
    private @Nullable Path firmware;

    @Option(names = "--slots", paramLabel = "N", description = "Airframes at once (default: ${DEFAULT-VALUE}).")
    private int slots = 1;

    @Option(names = "--units", paramLabel = "N", description = "End after so many units (default: one a slot).")
    private int units;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long a line service may be away before the bench gives up (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds = 600;

    CommandResult work(InetSocketAddress line, FrontDoor door) {
        int altogether = units == 0 ? slots : units;
        within("--slots", slots, MOST_SLOTS);
        within("--units", altogether, MOST_UNITS);
        within("--patience", patienceSeconds, MOST_UNITS);
        Workbench.Order order = new Workbench.Order(
                line,
                folder.resolve("boards"),
                DocumentFiles.readCertificate(given("--root", root)),
                WorldPlan.DESIGN_OID,
                given("--firmware", firmware),
                slots,
                altogether,
                Duration.ofSeconds(patienceSeconds));
        Interruption interruption = Interruption.watch();
        Workbench.Surroundings surroundings = new Workbench.Surroundings(
                door.wallClock(), door.monotonicNanos(), door.random(), new Workbench.Interruptible() {
                    @Override
                    public boolean asked() {
                        return interruption.asked();
                    }

                    @Override
                    public void await(Duration longest) {
                        interruption.await(longest);
                    }
                });
        door.progress()
                .step("Bench with " + slots + " slots works for the line at " + line.getHostString() + ":"
                        + line.getPort() + "; Ctrl-C ends it");
        return result(altogether, Workbench.work(order, surroundings, new SlotText(door.progress())));
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CommandFailure.usage("USAGE", "out of range", option + " " + value, "give 1 to " + most);
        }
    }

    private static Path given(String option, @Nullable Path file) {
        if (file == null) {
            throw CommandFailure.usage("USAGE", "a file is missing", option, "name it: " + option + " FILE");
        }
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage("FILE_MISSING", "no such file", file.toString(), "check the path");
        }
        return file;
    }

    private static CommandResult result(int ordered, Workbench.Result done) {
        List<String> lines = List.of(done.born().size() + " of " + ordered + " units born, "
                + done.refused().size() + " refused");
        Map<String, Object> details = Map.of(
                "granted",
                done.born().size(),
                "refused",
                done.refused().size(),
                "serials",
                done.born().stream().map(Workbench.BornUnit::serial).sorted().toList(),
                "seconds_a_unit",
                done.born().stream()
                        .mapToLong(Workbench.BornUnit::nanos)
                        .mapToObj(nanos -> Math.round(nanos / 1e6) / 1e3)
                        .toList());
        if (done.refused().isEmpty()) {
            return CommandResult.pass(lines, List.of(), details);
        }
        List<Finding> findings = done.refused().stream()
                .map(no -> new Finding(no.code(), "", no.byAirframe() ? "airframe" : "line", no.detail()))
                .toList();
        return CommandResult.failed(lines, findings, List.of(), details);
    }

    /** A line for what happens in a slot. */
    private static final class SlotText implements Workbench.Watch {
        private final Progress progress;

        SlotText(Progress progress) {
            this.progress = progress;
        }

        private void say(int slot, String text) {
            synchronized (progress) {
                progress.detail("slot " + slot + ": " + text);
            }
        }

        @Override
        public void onStart(int slot) {
            say(slot, "a unit is plugged in");
        }

        @Override
        public void onBorn(Workbench.BornUnit unit) {
            say(unit.slot(), String.format(Locale.ROOT, "%s born after %.1f s", unit.serial(), unit.nanos() / 1e9));
        }

        @Override
        public void onRefused(int slot, ProvisioningOutcome.Refused refusal) {
            say(slot, refusal.code() + ": " + refusal.detail());
        }

        @Override
        public void onHeld(int slot, KrylaException why) {
            say(slot, "held: " + why.code() + ": " + why.getMessage());
        }
    }
}
