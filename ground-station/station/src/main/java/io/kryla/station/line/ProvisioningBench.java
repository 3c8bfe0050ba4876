package io.kryla.station.line;

import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.ProvisioningService;
import io.kryla.factory.provisioning.Workbench;
import io.kryla.factory.provisioning.Workbenches;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.outcome.Progress;
import io.kryla.station.testplan.TestPlanFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/** A bench of the line: serves provisioning on the loopback interface and plugs simulated boards in. */
public final class ProvisioningBench implements AutoCloseable {
    private final ProductionLine line;
    private final AtomicReference<SimulatedBoard> onBench;
    private final ProvisioningService server;

    private ProvisioningBench(
            ProductionLine line, AtomicReference<SimulatedBoard> onBench, ProvisioningService server) {
        this.line = line;
        this.onBench = onBench;
        this.server = server;
    }

    /** @param progress hears of every step that is durable */
    public static ProvisioningBench open(ProductionLine line, Progress progress) {
        AtomicReference<SimulatedBoard> onBench = new AtomicReference<>();
        Workbench hands = new SimulatedHands(line.operatorCardId(), onBench::get);
        return new ProvisioningBench(
                line,
                onBench,
                ProvisioningService.start(
                        line.forProvisioning(Workbenches.single(hands), TestPlanFile.multicopter()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        event -> {
                            if (event instanceof ProvisioningEvent.StepTaken step) {
                                progress.detail(step.serial() + " " + step.step() + " " + step.detail());
                            }
                        }));
    }

    /** Takes a board through provisioning, from wherever it stands; one board at a time. */
    public ProvisioningOutcome provision(SimulatedBoard board, PlantedDefect defect) {
        onBench.set(board);
        return ProvisioningClient.of(board.forProvisioning(
                        line.premises().privateFolder().firmwareImage(),
                        defect.faults(),
                        line.premises().clock()))
                .provision(server.boundAddress());
    }

    @Override
    public void close() {
        server.close();
    }
}
