package io.kryla.station.demo;

import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.witness.Witness;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.LinePublication;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One more unit of a demonstration's line.
 *
 * @param left units that the license still allows
 * @param files chain, birth record and proof
 */
public record AddedUnit(String line, String serial, long left, Path files) {

    /**
     * Provisions the next unit; one that an earlier run left unfinished goes first.
     *
     * @param lineName the first line of the trust bundle if empty
     * @throws CommandFailure the refusal's code, such as QUOTA_EXHAUSTED or SELF_TEST_FAILED
     */
    public static AddedUnit add(
            Path folder,
            Optional<String> lineName,
            PlantedDefect defect,
            InstantSource clock,
            SecureRandom random,
            Progress progress) {
        Premises premises = DemoFolder.open(folder, clock, random);
        String name = lineName.orElseGet(premises::ownLine);
        try (Witness witness = premises.openWitness();
                ProductionLine line = ProductionLine.open(name, premises, witness)) {
            progress.step(name + ": provisioning a unit over mutual TLS 1.3");
            SimulatedBoard board = nextBoard(premises, name, random);
            String serial = provision(line, board, defect, progress);
            new LinePublication(line).publish();
            long left = line.license().content().getQuota() - line.born();
            return new AddedUnit(
                    name, serial, left, premises.publicFolder().airframe(serial).folder());
        }
    }

    private static SimulatedBoard nextBoard(Premises premises, String line, SecureRandom random) {
        int slot = 1;
        while (Files.exists(premises.privateFolder().airframe(line, slot))) {
            SimulatedBoard made = SimulatedBoard.make(
                    premises.privateFolder().airframe(line, slot), WorldPlan.DESIGN_OID, premises.root(), slot, random);
            if (made.storage().read(StorageEntry.BIRTH_COMMIT).isEmpty()) {
                return made;
            }
            slot++;
        }
        return SimulatedBoard.make(
                premises.privateFolder().airframe(line, slot), WorldPlan.DESIGN_OID, premises.root(), slot, random);
    }

    private static String provision(
            ProductionLine line, SimulatedBoard board, PlantedDefect defect, Progress progress) {
        try (ProvisioningBench bench = ProvisioningBench.open(line, progress)) {
            ProvisioningOutcome outcome = bench.provision(board, defect);
            if (outcome instanceof ProvisioningOutcome.Refused refused) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        refused.code(),
                        refused.detail(),
                        "provisioning at " + line.name(),
                        refused.byAirframe() ? "the airframe refused; look at the line" : "the line refused the unit");
            }
            return ((ProvisioningOutcome.Born) outcome).serial();
        }
    }
}
