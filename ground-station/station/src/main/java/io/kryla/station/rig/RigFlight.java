package io.kryla.station.rig;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.witness.Witness;
import io.kryla.hil.flight.Pacer;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.flight.AcceptanceFlight;
import io.kryla.station.flight.FlightOrder;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.folder.StagedFolder;
import io.kryla.station.founding.Founding;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One flight of a plan, with real sessions, real signatures and a ledger of its own. What it leaves is what an acceptance
 * flight leaves, under a licensor that was made for it.
 *
 * @param order what is flown
 * @param planText its plan's exact text
 * @param out absent, empty, or the result of an earlier flight with {@code replace}
 */
public record RigFlight(FlightOrder order, String planText, Path out, boolean replace) {

    private static final String ROOT = "root.pem";

    /** All that a flight can leave. */
    private static final Set<String> RESULTS = Set.of(
            ROOT,
            "flight.mcap",
            "recording.dsse",
            "flight.tlog-proof",
            "truth.mcap",
            "verdict.json",
            "report.html",
            "report.pdf",
            "verdict.junit.xml",
            "acceptance.dsse",
            "plan.yaml",
            "vehicle.yaml");

    /**
     * A flight of a plan file.
     *
     * @param plan the file; without one, the handover plan that is shipped
     * @param vehicle other than the plan names, if given
     */
    public static RigFlight of(
            Optional<Path> plan, Optional<Path> vehicle, long seed, String simulatorBuild, Path out, boolean replace) {
        plan.ifPresent(AcceptancePlan::read); // says what is wrong with it
        byte[] bytes = plan.map(DocumentFiles::read).orElseGet(AcceptancePlan::handoverPlan);
        Path file = plan.orElse(Path.of("handover.yaml"));
        AcceptancePlan read = AcceptancePlan.parse(String.valueOf(file.getFileName()), bytes);
        VehicleFile flown = vehicle.map(VehicleFile::read).orElseGet(() -> VehicleFile.of(read, file));
        return new RigFlight(
                new FlightOrder(read, flown, seed, simulatorBuild),
                new String(bytes, StandardCharsets.UTF_8),
                out,
                replace);
    }

    /** @param pacer holds flight time back */
    public FlownFlight fly(
            InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Progress progress, Pacer pacer) {
        try (StagedFolder staged = StagedFolder.begin(out, RESULTS, replace)) {
            PublicFolder world = new PublicFolder(staged.workshop().resolve("world"));
            PrivateFolder secrets = new PrivateFolder(staged.workshop().resolve("private"));
            progress.step("A rig of its own: licensor, line, one unit");
            Founding.found(WorldPlan.rig(), world, secrets, random, clock.instant());
            Premises premises = Premises.of(world, secrets, clock, random);
            FlownFlight result;
            try (Witness witness = premises.openWitness();
                    ProductionLine line =
                            ProductionLine.open(WorldPlan.rig().lines().get(0).line(), premises, witness)) {
                SimulatedBoard board = board(line, premises, random);
                progress.step("Flying " + order.plan().name());
                PublicFolder.FlightFiles files = new PublicFolder.FlightFiles(staged.folder());
                DocumentFiles.write(files.plan(), planText.getBytes(StandardCharsets.UTF_8));
                result = new AcceptanceFlight(line, files, monotonicNanos, pacer).fly(board, order);
            }
            DocumentFiles.write(staged.folder().resolve(ROOT), DocumentFiles.read(world.rootCertificate()));
            staged.commit();
            return result;
        }
    }

    private SimulatedBoard board(ProductionLine line, Premises premises, SecureRandom random) {
        SimulatedBoard board = SimulatedBoard.make(
                premises.privateFolder().airframe(line.name(), 1),
                WorldPlan.DESIGN_OID,
                premises.root(),
                order.seed(),
                random);
        try (ProvisioningBench bench = ProvisioningBench.open(line, Progress.silent())) {
            if (bench.provision(board, PlantedDefect.NONE) instanceof ProvisioningOutcome.Refused refused) {
                throw new CommandFailure(
                        ExitStatus.ERROR, refused.code(), refused.detail(), "the rig's own unit", "report this");
            }
        }
        return board;
    }
}
