package io.kryla.station.demo;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.audit.FolderSummary;
import io.kryla.factory.manifest.PublicFolder.FlightFiles;
import io.kryla.factory.witness.Witness;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.flight.AcceptanceFlight;
import io.kryla.station.flight.FlightOrder;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.StagedFolders;
import io.kryla.station.founding.Founding;
import io.kryla.station.founding.LineSite;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.LineManifest;
import io.kryla.station.line.LinePublication;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Progress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** From an airframe's birth to its handover, for one unit a line, in an empty folder. */
public final class Demo {
    private final DemoOrder order;
    private final InstantSource clock;
    private final LongSupplier monotonicNanos;
    private final SecureRandom random;
    private final Progress progress;

    public Demo(
            DemoOrder order, InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Progress progress) {
        this.order = order;
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
        this.random = random;
        this.progress = progress;
    }

    /** The folder comes into being when everything in it is there; a run that fails leaves nothing behind. */
    public DemoReport run() {
        byte[] plan = order.plan().map(DocumentFiles::read).orElseGet(AcceptancePlan::handoverPlan);
        AcceptancePlan.parse(order.plan().map(path -> path.toString()).orElse("handover.yaml"), plan);
        try (StagedFolders folders = StagedFolders.begin(order.folder(), order.replace())) {
            WorldPlan world = WorldPlan.demo();
            progress.step("Licensor, trust bundle, two lines, licenses of 2-of-3 keys, signed firmware");
            Founding.found(world, folders.publicFolder(), folders.privateFolder(), random, clock.instant());
            Premises premises = Premises.of(folders.publicFolder(), folders.privateFolder(), clock, random);
            List<DemoReport.DemoUnit> units = new ArrayList<>();
            try (Witness witness = premises.openWitness()) {
                for (int i = 0; i < world.lines().size(); i++) {
                    units.add(work(premises, witness, world.lines().get(i), order.seed() + i, plan));
                }
            }
            DemoReport report = new DemoReport(order.folder(), units);
            DocumentFiles.write(
                    folders.publicFolder().summary(),
                    FolderSummary.ofPublished(folders.publicFolder(), premises.bundle()));
            world.lines().forEach(site -> LineManifest.sign(premises, site.line()));
            folders.commit();
            return report;
        }
    }

    private DemoReport.DemoUnit work(Premises premises, Witness witness, LineSite site, long seed, byte[] plan) {
        try (ProductionLine line = ProductionLine.open(site.line(), premises, witness)) {
            progress.step(site.line() + ": provisioning a unit over mutual TLS 1.3");
            SimulatedBoard board = SimulatedBoard.make(
                    premises.privateFolder().airframe(site.line(), 1),
                    WorldPlan.DESIGN_OID,
                    premises.root(),
                    seed,
                    random);
            String serial = provision(line, board);
            LinePublication publication = new LinePublication(line);
            publication.publishBirths();
            FlownFlight flown = fly(line, board, serial, seed, plan);
            if (flown.accepted()) {
                progress.step(site.line() + ": handing " + serial + " over through " + WorldPlan.CENTRE);
                new DemoHandover(line).handOver(serial, board);
            }
            line.exportLedger();
            return new DemoReport.DemoUnit(site.line(), serial, flown);
        }
    }

    private String provision(ProductionLine line, SimulatedBoard board) {
        try (ProvisioningBench bench = ProvisioningBench.open(line, progress)) {
            ProvisioningOutcome outcome = bench.provision(board, PlantedDefect.NONE);
            if (outcome instanceof ProvisioningOutcome.Refused refused) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        refused.code(),
                        refused.detail(),
                        "provisioning at " + line.name(),
                        "see the code");
            }
            return ((ProvisioningOutcome.Born) outcome).serial();
        }
    }

    private FlownFlight fly(ProductionLine line, SimulatedBoard board, String serial, long seed, byte[] planBytes) {
        progress.step(line.name() + ": acceptance flight of " + serial);
        FlightFiles files = line.premises().publicFolder().flight(serial);
        DocumentFiles.write(files.plan(), planBytes);
        AcceptancePlan plan = AcceptancePlan.read(files.plan());
        VehicleFile vehicle = VehicleFile.of(plan, order.plan().orElse(files.plan()));
        FlownFlight flown = new AcceptanceFlight(line, files, monotonicNanos)
                .fly(board, new FlightOrder(plan, vehicle, seed, order.simulatorBuild()));
        double flightSeconds = flown.flightNanos() / 1e9;
        progress.detail(String.format(
                Locale.ROOT,
                "%s after %.1f s of flight in %.1f s",
                flown.verdict().outcome(),
                flightSeconds,
                flown.wallNanos() / 1e9));
        return flown;
    }
}
