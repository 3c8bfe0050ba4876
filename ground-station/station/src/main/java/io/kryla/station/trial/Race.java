package io.kryla.station.trial;

import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.ledger.LedgerException;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.folder.StagedFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Many stations that race for a quota, over one service on SQLite or several that share a PostgreSQL database, while services are killed
 * and stand still. What the stations were answered is judged by {@link HistoryChecker}, what the ledger kept by a witness.
 *
 * @param out where the line, its keys and the history are left; absent, empty, or an earlier race with {@code replace}
 * @param database an empty one; the line's own folder if not given
 * @param seed of boards, breaks and faults; which station is first is the machine's affair
 */
public record Race(
        Path out,
        boolean replace,
        Optional<LedgerDatabase> database,
        int stations,
        int quota,
        int services,
        int kills,
        int pauses,
        long seed) {
    public static final String HISTORY = "history.jsonl";
    private static final Set<String> RESULTS = Set.of("line", "line.private", HISTORY, "services.log");
    /** Claim, two steps and a birth. */
    private static final int ANSWERS_A_UNIT = 4;

    /** How it ended. */
    public record Report(RaceVerdict verdict, RaceHistory history, int kills, int pauses, Path folder) {}

    /**
     * @param serviceCommand the command that runs {@link LedgerDoor} as a process over the line in a folder
     */
    public Report run(
            Function<Path, List<String>> serviceCommand,
            InstantSource clock,
            LongSupplier monotonicNanos,
            SecureRandom random,
            Progress progress) {
        try (StagedFolder staged = StagedFolder.begin(out, RESULTS, replace)) {
            Path folder = staged.folder();
            progress.step("A line with a license for " + quota + " units");
            TrialLine line = TrialLine.found(folder, database, quota, clock, random);
            prepare(line);
            progress.step(stations + " stations race");
            RaceRecorder recorder = new RaceRecorder();
            RaceFaults faults = race(serviceCommand.apply(folder), folder, recorder, monotonicNanos);
            progress.step("Judging " + recorder.operations().size() + " operations");
            RaceHistory history;
            List<Finding> found;
            try (Witness witness = line.premises().openWitness();
                    LineLedger ledger = line.open(witness)) {
                history = RaceHistory.of(new RaceHistory.Plan(quota, stations, seed), recorder.operations(), ledger);
                found = new ArrayList<>(witness(ledger));
            }
            history.write(folder.resolve(HISTORY));
            RaceVerdict verdict = HistoryChecker.check(history);
            found.addAll(0, verdict.violations());
            staged.commit();
            return new Report(
                    new RaceVerdict(verdict.granted(), verdict.refused(), verdict.duplicates(), verdict.lost(), found),
                    history,
                    faults.kills(),
                    faults.pauses(),
                    out);
        }
    }

    /** Makes the tables, so that services need not race for that. */
    private static void prepare(TrialLine line) {
        try (LineLedger ledger = line.open(WitnessClient.none())) {
            if (!ledger.units().isEmpty()) {
                throw notEmpty(line);
            }
        } catch (LedgerException e) {
            if (e.code().equals(LedgerException.LEDGER_CORRUPT)) {
                throw notEmpty(line); // signed by the keys of another founding
            }
            throw e;
        }
    }

    private static CommandFailure notEmpty(TrialLine line) {
        return CommandFailure.usage(
                "DATABASE_NOT_EMPTY",
                "it holds another ledger",
                line.database().toString(),
                "name an empty database; nothing was changed in this one");
    }

    private RaceFaults race(List<String> command, Path folder, RaceRecorder recorder, LongSupplier monotonicNanos) {
        RandomGenerator chance = new Random(seed);
        List<ServiceProcess> running = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(stations);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < services; i++) {
                running.add(ServiceProcess.start(command, folder.resolve("services.log")));
            }
            RaceFaults faults = new RaceFaults(running, later, kills, pauses, (long) quota * ANSWERS_A_UNIT, chance);
            List<Future<?>> racing = new ArrayList<>();
            for (int number = 1; number <= stations; number++) {
                RaceStation station = new RaceStation(
                        number, running, faults, recorder, new Random(seed ^ ((long) number << 32)), monotonicNanos);
                racing.add(threads.submit(station::run));
            }
            for (Future<?> station : racing) {
                station.get();
            }
            return faults;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrialException("interrupted while stations raced");
        } finally {
            threads.shutdownNow();
            later.shutdownNow();
            running.forEach(ServiceProcess::close);
        }
    }

    /** A second opinion: every leaf replayed by the rules of the license. */
    private static List<Finding> witness(LineLedger ledger) {
        CosignResult cosigned = ledger.cosign();
        return cosigned instanceof Refused refused
                ? List.of(new Finding(refused.code(), "", "witness", refused.reason()))
                : List.of();
    }
}
