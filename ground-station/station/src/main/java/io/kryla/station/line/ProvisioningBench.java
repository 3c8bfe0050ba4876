package io.kryla.station.line;

import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.ProvisioningService;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.outcome.Progress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A bench of the line: serves provisioning on the loopback interface and plugs simulated boards in. */
public final class ProvisioningBench implements AutoCloseable {
    private final ProductionLine line;
    private final ProvisioningService server;

    private ProvisioningBench(ProductionLine line, ProvisioningService server) {
        this.line = line;
        this.server = server;
    }

    /** @param progress hears of every step that is durable */
    public static ProvisioningBench open(ProductionLine line, Progress progress) {
        return new ProvisioningBench(
                line,
                ProvisioningService.start(
                        line.forProvisioning(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), event -> {
                            if (event instanceof ProvisioningEvent.StepTaken step) {
                                progress.detail(step.serial() + " " + step.step() + " " + step.detail());
                            }
                        }));
    }

    /** Takes a board through provisioning, from wherever it stands. */
    public ProvisioningOutcome provision(SimulatedBoard board, PlantedDefect defect) {
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
