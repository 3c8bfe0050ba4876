package io.kryla.station.cli;

import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.line.LineBadges;
import io.kryla.station.line.LineService;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import io.kryla.station.testplan.TestPlanFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--line",
            paramLabel = "LINE",
            description = "Which line of the folder (default: the first whose keys are here).")
    private @Nullable String line;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Address that airframes and benches connect to; port 0 takes a free one (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:14800")
    @SuppressWarnings("NullAway.Init") // has a default
    private String listen;

    @Option(
            names = "--test-plan",
            paramLabel = "FILE",
            description =
                    "What is calibrated and measured, within which limits (default: the shipped plan for multicopters).")
    private @Nullable Path testPlan;

    @Mixin
    private DatabaseOptions ledger = new DatabaseOptions();

    @Option(
            names = "--witness",
            paramLabel = "URL",
            description =
                    "The line's witness, http://localhost:14900 (default: one in this process, keys in DIR.private).")
    private @Nullable String witnessUrl;

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "File with the PIN of the token that holds the line's keys, mode 600.")
    private @Nullable Path pinFile;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds (default: never).")
    private long seconds = A_LIFETIME_SECONDS;

    @Override
    CommandResult run(FrontDoor door) {
        if (seconds < 1 || seconds > A_LIFETIME_SECONDS) {
            throw CommandFailure.usage(
                    "USAGE", "seconds out of range", "--seconds " + seconds, "give 1 to " + A_LIFETIME_SECONDS);
        }
        TestPlan plan = testPlan == null ? TestPlanFile.multicopter() : TestPlanFile.read(testPlan);
        Premises premises = Premises.open(folder, Optional.ofNullable(pinFile), door.wallClock(), door.random());
        if (witnessUrl != null) {
            return serve(door, premises, plan, LineRestoreCommand.witness(witnessUrl));
        }
        try (Witness witness = premises.openWitness()) {
            return serve(door, premises, plan, witness);
        }
    }

    private CommandResult serve(FrontDoor door, Premises premises, TestPlan plan, WitnessClient witness) {
        String name = line == null ? premises.ownLine() : line;
        Interruption interruption = Interruption.watch();
        try (ProductionLine open = ProductionLine.open(name, premises, witness, ledger.database())) {
            ServiceText text = new ServiceText(door.progress());
            LineService service = LineService.start(
                    open, LineBadges.open(premises, name), plan, HostAndPort.toListenAt(listen), text);
            try (service) {
                door.progress()
                        .step("Line " + name + " serves at "
                                + service.boundAddress().getHostString() + ":"
                                + service.boundAddress().getPort() + "; Ctrl-C ends it");
                interruption.await(Duration.ofSeconds(seconds));
            }
            return result(open, service, text.lastFault.get());
        }
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
