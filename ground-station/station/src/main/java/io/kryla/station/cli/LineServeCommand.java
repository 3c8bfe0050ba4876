package io.kryla.station.cli;

import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.keys.PinFile;
import io.kryla.station.line.LineManifest;
import io.kryla.station.line.LineService;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line serve}. */
@Command(
        name = "serve",
        description = "Be the line service: provision airframes that come, publish what is born. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class LineServeCommand extends KrylaCommand {
    private static final long A_LIFETIME_SECONDS = Duration.ofDays(36_500).toSeconds();

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the line.")
    private Path folder = Path.of("kryla-demo");

    @Option(names = "--line", paramLabel = "LINE", description = "Which line of the folder (default: the first one).")
    private @Nullable String line;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address that airframes and benches connect to (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:14800")
    @SuppressWarnings("NullAway.Init") // has a default
    private String listen;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "PostgreSQL database of the ledger, jdbc:postgresql://localhost/ledger, instead of the private folder.")
    private @Nullable String database;

    @Option(names = "--db-user", paramLabel = "USER", description = "Role that owns the ledger's tables.")
    private String databaseUser = "kryla";

    @Option(names = "--db-password-file", paramLabel = "FILE", description = "Its password, in a file of its own.")
    private @Nullable Path databasePassword;

    @Option(
            names = "--witness",
            paramLabel = "URL",
            description =
                    "The line's witness, http://localhost:14900 (default: one in this process, keys in DIR.private).")
    private @Nullable String witnessUrl;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds (default: never).")
    private long seconds = A_LIFETIME_SECONDS;

    @Override
    CommandResult run(FrontDoor door) {
        if (seconds < 1 || seconds > A_LIFETIME_SECONDS) {
            throw CommandFailure.usage(
                    "USAGE", "seconds out of range", "--seconds " + seconds, "give 1 to " + A_LIFETIME_SECONDS);
        }
        Premises premises = Premises.open(folder, door.wallClock(), door.random());
        if (witnessUrl != null) {
            return serve(door, premises, LineRestoreCommand.witness(witnessUrl));
        }
        try (Witness witness = premises.openWitness()) {
            return serve(door, premises, witness);
        }
    }

    private CommandResult serve(FrontDoor door, Premises premises, WitnessClient witness) {
        String name = line == null ? LineManifest.firstLine(premises.bundle()) : line;
        Interruption interruption = Interruption.watch();
        try (ProductionLine open = ProductionLine.open(name, premises, witness, ledger())) {
            ServiceText text = new ServiceText(door.progress());
            LineService service = LineService.start(open, HostAndPort.parse(listen), text);
            try (service) {
                door.progress().step("Line " + name + " serves at " + listen + "; Ctrl-C ends it");
                interruption.await(Duration.ofSeconds(seconds));
            }
            return result(open, service, text.lastFault.get());
        }
    }

    private Optional<LedgerDatabase> ledger() {
        if (database == null) {
            return Optional.empty();
        }
        char[] password = databasePassword == null ? new char[0] : PinFile.read(databasePassword);
        return Optional.of(LedgerDatabase.postgresql(database, databaseUser, password));
    }

    private static CommandResult result(ProductionLine line, LineService service, @Nullable CommandFailure fault) {
        long left = line.license().content().getQuota() - line.born();
        List<String> lines = List.of(line.name() + ": " + service.born() + " born, " + service.refused() + " refused; "
                + left + " of its license left");
        Map<String, Object> details =
                Map.of("line", line.name(), "born", service.born(), "refused", service.refused(), "left", left);
        if (fault == null) {
            return CommandResult.pass(lines, List.of(), details);
        }
        Finding finding = new Finding(fault.code(), "", fault.where(), fault.what() + "; " + fault.remedy());
        return new CommandResult(fault.status(), fault.code(), lines, List.of(finding), List.of(), details);
    }

    /** A line for each step that is durable. */
    private static final class ServiceText implements LineService.Watch {
        private final Progress progress;
        /** Of the last publication; none once it succeeded. */
        private final AtomicReference<@Nullable CommandFailure> lastFault = new AtomicReference<>();

        ServiceText(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void on(ProvisioningEvent event) {
            synchronized (progress) {
                if (event instanceof ProvisioningEvent.StepTaken step) {
                    progress.detail(step.serial() + " " + step.step() + " " + step.detail());
                } else if (event instanceof ProvisioningEvent.ConversationRefused refused) {
                    progress.detail((refused.serial().isEmpty() ? "an airframe" : refused.serial()) + " refused: "
                            + refused.code() + ": " + refused.detail());
                } else if (event instanceof ProvisioningEvent.ConversationCut cut) {
                    progress.detail((cut.serial().isEmpty() ? "an airframe" : cut.serial()) + " went away");
                }
            }
        }

        @Override
        public void onPublished() {
            lastFault.set(null);
        }

        @Override
        public void onFault(Exception fault) {
            CommandFailure failure = Failures.of(fault);
            lastFault.set(failure);
            synchronized (progress) {
                progress.detail("not published: " + failure.code() + ": " + failure.what());
            }
        }
    }
}
