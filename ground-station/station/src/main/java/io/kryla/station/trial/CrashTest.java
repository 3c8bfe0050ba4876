package io.kryla.station.trial;

import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.factory.witness.Witness;
import io.kryla.station.folder.StagedFolder;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Kills a line's service, and takes the power from its airframes, at every step boundary and at random moments; then plugs every board
 * in again, with no more thought than that, and counts what is there.
 *
 * @param out where the line is left; absent, empty, or an earlier test with {@code replace}
 * @param repeats times that each boundary is met
 * @param randomKills of the service, while two benches work
 * @param seed of the random moments
 */
public record CrashTest(Path out, boolean replace, int repeats, int randomKills, long seed) {
    private static final Set<String> RESULTS = Set.of("line", "line.private", "boards", "services.log");
    private static final int QUOTA = 1_000_000;
    private static final int BENCHES = 2;
    private static final int MOST_BOUNDARIES = 200;
    private static final int LONGEST_LIFE_MILLIS = 600;
    private static final int NEVER = 0;

    /** The command of a service over the line in a folder. */
    public interface Services {
        /** @param dieAt step that is its last, counted from its start; 0 for none */
        List<String> command(Path folder, int dieAt);
    }

    /**
     * How it ended.
     *
     * @param granted units that the ledger holds
     * @param duplicates serials, certificates, births and units beyond one a board
     * @param lost what a board was told and the ledger does not hold
     */
    public record Report(
            long granted,
            long refused,
            long duplicates,
            long lost,
            int serviceKills,
            int powerCuts,
            List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    public Report run(Services services, InstantSource clock, SecureRandom random, Progress progress) {
        try (StagedFolder staged = StagedFolder.begin(out, RESULTS, replace)) {
            TrialLine line = TrialLine.found(staged.folder(), Optional.empty(), QUOTA, clock, random);
            Running running = new Running(
                    services,
                    staged.folder(),
                    new CrashBench(line.premises(), staged.folder().resolve("boards")));
            progress.step("Power lost at every boundary of an airframe");
            running.cutPowerEverywhere(repeats);
            progress.step("Service killed behind every step");
            running.killServiceEverywhere(repeats);
            progress.step(randomKills + " services killed at random moments");
            running.killAtRandom(randomKills, new Random(seed));
            progress.step("Every board plugged in again");
            running.finish();
            Report report = judge(line, running);
            staged.commit();
            return report;
        }
    }

    /** The test as far as it got. Confined to one thread, the benches of random kills aside. */
    private static final class Running {
        private final Services services;
        private final Path folder;
        private final CrashBench bench;
        private int serviceKills;
        private int powerCuts;

        Running(Services services, Path folder, CrashBench bench) {
            this.services = services;
            this.folder = folder;
            this.bench = bench;
        }

        private ServiceProcess start(int dieAt) {
            return ServiceProcess.start(services.command(folder, dieAt), folder.resolve("services.log"));
        }

        void cutPowerEverywhere(int repeats) {
            try (ServiceProcess service = start(NEVER)) {
                for (int repeat = 0; repeat < repeats; repeat++) {
                    int unlucky = repeat == 0 ? bench.add() : 0;
                    for (int boundary = 1; boundary <= MOST_BOUNDARIES; boundary++) {
                        // A board of its own that loses its power once, and one that loses it at every boundary in
                        // turn.
                        int once = bench.add();
                        if (bench.plugIn(once, service, PowerCut.at(boundary))) {
                            break; // beyond the last
                        }
                        powerCuts++;
                        bench.plugIn(once, service, PowerCut.at(NEVER));
                        if (unlucky > 0
                                && !bench.isBorn(unlucky)
                                && !bench.plugIn(unlucky, service, PowerCut.at(boundary))) {
                            powerCuts++;
                        }
                    }
                }
            }
        }

        void killServiceEverywhere(int repeats) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                for (int step = 1; step <= MOST_BOUNDARIES; step++) {
                    try (ServiceProcess service = start(step)) {
                        if (bench.plugIn(bench.add(), service, PowerCut.at(NEVER))) {
                            break; // beyond the last
                        }
                        serviceKills++;
                    }
                }
            }
        }

        /** Benches go on through all of it; now and then one of their boards loses its power too. */
        void killAtRandom(int kills, RandomGenerator chance) {
            if (kills == 0) {
                return;
            }
            ExecutorService threads = Executors.newFixedThreadPool(BENCHES);
            ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
            AtomicBoolean ended = new AtomicBoolean();
            try (ServiceProcess service = start(NEVER)) {
                List<Future<Integer>> working = new ArrayList<>();
                for (int i = 0; i < BENCHES; i++) {
                    RandomGenerator own = new Random(chance.nextLong());
                    working.add(threads.submit(() -> work(service, own, ended)));
                }
                for (int kill = 0; kill < kills; kill++) {
                    int life = chance.nextInt(LONGEST_LIFE_MILLIS);
                    later.schedule(service::killAndRestart, life, TimeUnit.MILLISECONDS)
                            .get();
                    serviceKills++;
                }
                ended.set(true);
                for (Future<Integer> each : working) {
                    powerCuts += each.get();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrialException("interrupted while services were killed");
            } finally {
                ended.set(true);
                threads.shutdownNow();
                later.shutdownNow();
            }
        }

        /** Power cuts that were met. */
        private int work(ServiceProcess service, RandomGenerator chance, AtomicBoolean ended) {
            int cuts = 0;
            while (!ended.get()) {
                int board = bench.add();
                boolean born = false;
                while (!born && !ended.get()) {
                    int boundary = chance.nextInt(4) == 0 ? 1 + chance.nextInt(20) : NEVER;
                    born = bench.plugIn(board, service, PowerCut.at(boundary));
                    cuts += !born && boundary != NEVER ? 1 : 0;
                }
            }
            return cuts;
        }

        void finish() {
            try (ServiceProcess service = start(NEVER)) {
                for (int board = 1; board <= bench.boards(); board++) {
                    if (!bench.isBorn(board) && !bench.plugIn(board, service, PowerCut.at(NEVER))) {
                        bench.finding("RESUME_FAILED", board, "plugged in again, it was not born");
                    }
                }
            }
        }
    }

    private static Report judge(TrialLine line, Running running) {
        List<Finding> findings = new ArrayList<>(running.bench.findings());
        long duplicates = 0;
        long lost = 0;
        long granted;
        try (Witness witness = line.premises().openWitness();
                LineLedger ledger = line.open(witness)) {
            List<Unit> units = ledger.units();
            granted = units.size();
            Set<Object> certificates = new HashSet<>();
            for (Unit unit : units) {
                long births = ledger.leaves(unit.serial()).size();
                boolean ownCertificate = certificates.add(
                        UnitDocuments.idevidChain(ledger, unit.serial()).orElse(null));
                if (unit.state() != UnitState.BORN || births != 1 || !ownCertificate) {
                    duplicates += births > 1 || !ownCertificate ? 1 : 0;
                    findings.add(new Finding(
                            "UNIT_WRONG", "", unit.serial(), "is " + unit.state() + " with " + births + " leaves"));
                }
            }
            Set<String> known = new HashSet<>();
            units.forEach(unit -> known.add(unit.serial()));
            for (var told : running.bench.serials().entrySet()) {
                if (!known.contains(told.getValue())) {
                    lost++;
                    findings.add(new Finding(
                            "ACKNOWLEDGED_LOST", "", "board " + told.getKey(), told.getValue() + " was granted"));
                }
            }
            if (granted != running.bench.boards()) {
                duplicates += Math.max(0, granted - running.bench.boards());
                findings.add(new Finding(
                        "UNIT_COUNT", "", "ledger", granted + " units for " + running.bench.boards() + " boards"));
            }
            CosignResult cosigned = ledger.cosign();
            if (cosigned instanceof Refused refused) {
                findings.add(new Finding(refused.code(), "", "witness", refused.reason()));
            }
        }
        return new Report(
                granted, running.bench.refusals(), duplicates, lost, running.serviceKills, running.powerCuts, findings);
    }
}
