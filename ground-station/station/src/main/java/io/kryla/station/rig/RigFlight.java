package io.kryla.station.rig;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.witness.Witness;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.flight.AcceptanceFlight;
import io.kryla.station.flight.FlightOrder;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.StagedFolder;
import io.kryla.station.folder.WorkFolder;
import io.kryla.station.founding.Founding;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Progress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One flight of a plan, with real sessions, real signatures and a ledger of its own. What it leaves is what an acceptance
 * flight leaves, under a licensor that was made for it.
 *
 * @param plan the plan's file
 * @param vehicle other than the plan names, if given
 * @param out absent, empty, or the result of an earlier flight with {@code replace}
 */
public record RigFlight(
        Path plan, Optional<Path> vehicle, long seed, String simulatorBuild, Path out, boolean replace) {

    public FlownFlight fly(InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Progress progress) {
        AcceptancePlan read = AcceptancePlan.read(plan);
        VehicleFile flown = vehicle.map(VehicleFile::read).orElseGet(() -> VehicleFile.of(read, plan));
        try (StagedFolder staged = StagedFolder.begin(out, "verdict.json", replace);
                WorkFolder work = WorkFolder.beside(out)) {
            PublicFolder world = new PublicFolder(work.root().resolve("world"));
            Premises premises = found(world, work, clock, random, progress);
            FlownFlight result;
            try (Witness witness = premises.openWitness();
                    ProductionLine line =
                            ProductionLine.open(WorldPlan.rig().lines().get(0).line(), premises, witness)) {
                SimulatedBoard board = board(line, premises, random);
                progress.step("Flying " + read.name());
                PublicFolder.FlightFiles files = new PublicFolder.FlightFiles(staged.folder());
                DocumentFiles.write(files.plan(), DocumentFiles.read(plan));
                result = new AcceptanceFlight(line, files, monotonicNanos)
                        .fly(board, new FlightOrder(read, flown, seed, simulatorBuild));
            }
            DocumentFiles.write(staged.folder().resolve("root.pem"), DocumentFiles.read(world.rootCertificate()));
            staged.commit();
            return result;
        }
    }

    private static Premises found(
            PublicFolder world, WorkFolder work, InstantSource clock, SecureRandom random, Progress progress) {
        progress.step("A rig of its own: licensor, line, one unit");
        Founding.found(WorldPlan.rig(), world, work.privateFolder(), random, clock.instant());
        return Premises.of(world, work.privateFolder(), clock, random);
    }

    private SimulatedBoard board(ProductionLine line, Premises premises, SecureRandom random) {
        SimulatedBoard board = SimulatedBoard.make(
                premises.privateFolder().airframe(line.name(), 1), WorldPlan.DESIGN_OID, premises.root(), seed, random);
        try (ProvisioningBench bench = ProvisioningBench.open(line, Progress.silent())) {
            if (bench.provision(board, PlantedDefect.NONE) instanceof ProvisioningOutcome.Refused refused) {
                throw new CommandFailure(
                        ExitStatus.ERROR, refused.code(), refused.detail(), "the rig's own unit", "report this");
            }
        }
        return board;
    }
}
