package io.kryla.station.cli;

import io.kryla.identity.Role;
import io.kryla.station.adapter.BenchAdapters;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.OpenKey;
import io.kryla.station.keys.PinFile;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.station.prompts.Language;
import io.kryla.station.prompts.Prompts;
import io.kryla.station.workbench.OperatorSession;
import io.kryla.station.workbench.SlotWatch;
import io.kryla.station.workbench.TaskHands;
import io.kryla.station.workbench.Workbench;
import java.io.BufferedReader;
import java.io.Console;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code kryla provision} takes when it is a bench. */
final class BenchOptions {
    private static final int MOST_SLOTS = 64;
    private static final int MOST_UNITS = 1_000_000;

    @Option(names = "--bench", paramLabel = "DIR", description = "Folder of the bench, made when missing.")
    private Path folder = Path.of("kryla-bench");

    @Option(
            names = "--badge",
            paramLabel = "FILE|URI",
            description = "The operator's badge: a key file, or a token as pkcs11:slot-id=N?module-path=LIBRARY.")
    private @Nullable String badge;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "File with the badge's PIN, mode 600.")
    private @Nullable Path pinFile;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Role to sign on with: technician, tester or engineer (default: technician).")
    private String role = "technician";

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "The licensor's root certificate: what line and airframes are verified from.")
    private @Nullable Path root;

    @Option(names = "--firmware", paramLabel = "FILE", description = "Firmware image that is flashed.")
    private @Nullable Path firmware;

    @Option(
            names = "--adapters",
            paramLabel = "FILE",
            description = "YAML file that names the bench's programmer, printer and scanner.")
    private @Nullable Path adapters;

    @Option(names = "--slots", paramLabel = "N", description = "Airframes at once (default: ${DEFAULT-VALUE}).")
    private int slots = 1;

    @Option(names = "--units", paramLabel = "N", description = "End after so many units (default: one a slot).")
    private int units;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long a line service may be away before the bench gives up (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds = 600;

    @Option(
            names = "--attended",
            description =
                    "Ask at the terminal for each pose and label, and go on at Enter; a board does not turn by itself.")
    private boolean attended;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "en, de or uk (default: that of the system's locale).")
    private @Nullable Language language;

    CommandResult work(InetSocketAddress line, FrontDoor door, boolean json) {
        int altogether = units == 0 ? slots : units;
        within("--slots", slots, MOST_SLOTS);
        within("--units", altogether, MOST_UNITS);
        within("--patience", patienceSeconds, MOST_UNITS);
        Prompts prompts = Prompts.in(language == null ? Language.of(Locale.getDefault()) : language);
        X509Certificate trusted = DocumentFiles.readCertificate(given("--root", root));
        Workbench.Order order = new Workbench.Order(
                folder.resolve("boards"),
                trusted,
                given("--firmware", firmware),
                slots,
                altogether,
                Duration.ofSeconds(patienceSeconds));
        BenchAdapters programs = adapters == null ? BenchAdapters.none() : BenchAdapters.read(adapters);
        TaskHands hands = new TaskHands(folder.resolve("labels"), order.firmware(), programs, person(prompts, json));
        char[] pin = PinFile.read(given("--pin-file", pinFile));
        SlotText plain = new SlotText(door.progress(), prompts);
        SlotRows rows = new SlotRows(slots, prompts, door.monotonicNanos());
        plain.opened(slots, line.getHostString() + ":" + line.getPort(), role);
        Optional<SlotScreen> screen = json || attended ? Optional.empty() : SlotScreen.open(rows);
        SlotWatch text = screen.isPresent() ? rows : plain;
        Interruption interruption = Interruption.watch();
        try (OpenKey key = KeyPlace.parse(badge(), "badge").open(pin);
                OperatorSession operator = new OperatorSession(
                        new OperatorSession.Standing(line, trusted, key.signer(), role(), door.wallClock()),
                        hands,
                        text)) {
            Workbench.Surroundings surroundings = new Workbench.Surroundings(
                    door.wallClock(), door.monotonicNanos(), door.random(), untilAsked(interruption));
            return result(prompts, altogether, Workbench.work(order, operator, surroundings, text));
        } finally {
            screen.ifPresent(SlotScreen::close);
            Arrays.fill(pin, '\0');
        }
    }

    private TaskHands.Person person(Prompts prompts, boolean json) {
        if (!attended) {
            return TaskHands.Person.nobody();
        }
        Console console = System.console();
        if (console == null || json) {
            throw CommandFailure.usage(
                    "NO_TERMINAL", "nobody can be asked here", "--attended", "run it at a terminal without --json");
        }
        return new AskedPerson(new BufferedReader(console.reader()), console.writer(), prompts);
    }

    private static Workbench.Interruptible untilAsked(Interruption interruption) {
        return new Workbench.Interruptible() {
            @Override
            public boolean asked() {
                return interruption.asked();
            }

            @Override
            public void await(Duration longest) {
                interruption.await(longest);
            }
        };
    }

    private String badge() {
        if (badge == null) {
            throw CommandFailure.usage(
                    "USAGE",
                    "a badge is missing",
                    "--badge",
                    "name it: --badge FILE; 'kryla line badge issue' makes one");
        }
        return badge;
    }

    private Role role() {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "technician" -> Role.TECHNICIAN;
            case "tester" -> Role.TESTER;
            case "engineer" -> Role.ENGINEER;
            default ->
                throw CommandFailure.usage(
                        "ROLE_UNKNOWN",
                        "no role at a bench",
                        "--role " + role,
                        "choose technician, tester or engineer");
        };
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

    private CommandResult result(Prompts prompts, int ordered, Workbench.Result done) {
        List<String> lines = List.of(prompts.text(
                "result", done.born().size(), ordered, done.refused().size()));
        List<Path> labels = done.born().stream()
                .map(unit -> folder.resolve("labels").resolve(unit.serial() + ".pdf"))
                .filter(Files::exists)
                .toList();
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
            return CommandResult.pass(lines, labels, details);
        }
        List<Finding> findings = done.refused().stream()
                .map(no -> new Finding(no.code(), "", no.byAirframe() ? "airframe" : "line", no.detail()))
                .toList();
        return CommandResult.failed(lines, findings, labels, details);
    }
}
