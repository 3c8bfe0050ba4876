package io.kryla.bench.factory;

import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.keys.Digest;
import io.kryla.station.trial.TrialLeaves;
import io.kryla.station.trial.TrialLine;
import io.kryla.v1.LedgerLeaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Stations that claim and bear at once, each answer after its commit is on the medium. */
final class LedgerBench {
    private static final int STATIONS = 16;

    /** For each second of wall time. */
    record Rates(double grants, double appends) {}

    private final LineLedger ledger;
    private final String[] serials;

    private LedgerBench(LineLedger ledger, int units) {
        this.ledger = ledger;
        this.serials = new String[units];
    }

    static Rates measure(Path folder, int units) {
        TrialLine line = TrialLine.found(folder, Optional.empty(), units, Clock.systemUTC(), new SecureRandom());
        try (LineLedger ledger = line.open(WitnessClient.none())) {
            LedgerBench bench = new LedgerBench(ledger, units);
            double grants = bench.atOnce(units, bench::claim);
            bench.atOnce(units, bench::install);
            double appends = bench.atOnce(units, bench::bear);
            return new Rates(grants, appends);
        }
    }

    private double atOnce(int units, IntConsumer each) {
        ExecutorService threads = Executors.newFixedThreadPool(STATIONS);
        try {
            List<Future<?>> running = new ArrayList<>();
            long begun = System.nanoTime();
            for (int station = 0; station < STATIONS; station++) {
                int first = station;
                running.add(threads.submit(() -> {
                    for (int unit = first; unit < units; unit += STATIONS) {
                        each.accept(unit);
                    }
                }));
            }
            for (Future<?> station : running) {
                station.get();
            }
            return units * 1e9 / (System.nanoTime() - begun);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Digest digest(String word) {
        return Digest.sha256(word.getBytes(StandardCharsets.US_ASCII));
    }

    private void claim(int unit) {
        ClaimResult claim = ledger.claim(digest("key " + unit), digest("hardware " + unit), "card-1");
        serials[unit] = ((ClaimResult.Granted) claim).unit().serial();
    }

    private void install(int unit) {
        ledger.advance(serials[unit], UnitState.CERTIFIED, "card-1", Map.of());
        ledger.advance(serials[unit], UnitState.INSTALLED, "card-1", Map.of());
    }

    private void bear(int unit) {
        LedgerLeaf leaf = TrialLeaves.born(
                ledger.license().orElseThrow().content(),
                serials[unit],
                digest("key " + unit),
                digest("hardware " + unit));
        AppendResult result = ledger.append(leaf, Map.of("birth-record", new byte[1_024]));
        if (!(result instanceof AppendResult.Appended)) {
            throw new IllegalStateException(result.toString());
        }
    }
}
