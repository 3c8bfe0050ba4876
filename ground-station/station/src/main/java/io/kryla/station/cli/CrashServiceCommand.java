package io.kryla.station.cli;

import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.ProvisioningService;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.factory.provisioning.Workbench;
import io.kryla.factory.provisioning.Workbenches;
import io.kryla.factory.witness.Witness;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.testplan.TestPlanFile;
import io.kryla.station.trial.TrialLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line crash-service}: the service of a crash test, started by it, for as long as its standard input is open. */
@Command(
        name = "crash-service",
        hidden = true,
        description = "Provision the boards of a crash test (started by the test).",
        mixinStandardHelpOptions = true)
final class CrashServiceCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Folder of the test.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Option(names = "--die-at", paramLabel = "N", description = "The step that is its last; 0 for none.")
    private int dieAt;

    private static final Set<String> CALIBRATED = Set.of("accelerometer.norm", "gyro.bias");

    private final AtomicInteger steps = new AtomicInteger();

    @Override
    CommandResult run(FrontDoor door) {
        TrialLine trial = TrialLine.in(folder, Optional.empty(), door.wallClock(), door.random());
        try (Witness witness = trial.premises().openWitness();
                ProductionLine line = ProductionLine.open(TrialLine.LINE, trial.premises(), witness);
                ProvisioningService service = ProvisioningService.start(
                        line.forProvisioning(
                                Workbenches.single(Workbench.unattended(line.operatorCardId())), testPlan()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        this::follow)) {
            out().println("LISTENING " + service.boundAddress().getPort());
            out().flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CommandResult.pass(List.of(), List.of(), Map.of());
    }

    /** The shipped plan without poses, and without what holds only behind them: its boards lie on no bench. */
    private static TestPlan testPlan() {
        TestPlan shipped = TestPlanFile.multicopter();
        return new TestPlan(
                shipped.name(),
                shipped.attempts(),
                shipped.flashesAtBench(),
                shipped.labels(),
                List.of(),
                shipped.limits().stream()
                        .filter(limit -> !CALIBRATED.contains(limit.name()))
                        .toList());
    }

    /** The step is durable, and its answer has not left. */
    private void follow(ProvisioningEvent event) {
        if (event instanceof ProvisioningEvent.StepTaken && steps.incrementAndGet() == dieAt) {
            killThisProcess();
        }
    }

    private static void killThisProcess() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
