package io.kryla.hil.campaign;

import io.kryla.hil.flight.FlightSetup;
import io.kryla.hil.flight.RigError;
import io.kryla.hil.flight.UnsignedFlight;
import io.kryla.hil.scenario.Campaign;
import io.kryla.hil.scenario.CampaignFlight;
import io.kryla.hil.verdict.Judge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Flies what a campaign's results still lack, on several threads. The results depend on campaign and build alone: not on the
 * number of threads, nor on how often the run was interrupted.
 */
public final class CampaignRun {
    private final Campaign campaign;
    private final String build;
    private final int threads;
    private int done;

    /** Hears of each flight as it ends; called by one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        /** @param done how many have ended, those of earlier runs included */
        void onFlight(FlightResult result, int done);
    }

    /** @param build of the simulator, as verdicts name it */
    public CampaignRun(Campaign campaign, String build, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: at least 1 expected, got " + threads);
        }
        this.campaign = campaign;
        this.build = build;
        this.threads = threads;
    }

    /**
     * Flies them all; returns when none is left.
     *
     * @param results {@code results.jsonl}, continued if it is there
     * @throws CampaignException CAMPAIGN_CHANGED, CAMPAIGN_BUSY, RESULTS_INVALID, RESULTS_NOT_WRITTEN
     */
    public List<FlightResult> run(Path results, Listener listener) throws InterruptedException {
        try (ResultsFile file = ResultsFile.open(results, campaign, build)) {
            BitSet flown = file.flown();
            done = flown.cardinality();
            AtomicInteger next = new AtomicInteger(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
                Thread thread = new Thread(task, "kryla-campaign");
                thread.setDaemon(true);
                return thread;
            });
            try {
                List<Future<?>> workers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    workers.add(pool.submit(() -> flyUntilDone(next, flown, file, listener)));
                }
                for (Future<?> worker : workers) {
                    await(worker);
                }
            } finally {
                pool.shutdownNow();
            }
            return file.readAll();
        }
    }

    private void flyUntilDone(AtomicInteger next, BitSet flown, ResultsFile file, Listener listener) {
        for (int i = next.getAndIncrement(); i <= campaign.flights(); i = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (!flown.get(i)) {
                FlightResult result = fly(campaign.flight(i));
                synchronized (listener) {
                    file.add(result);
                    listener.onFlight(result, ++done);
                }
            }
        }
    }

    private FlightResult fly(CampaignFlight flight) {
        try {
            UnsignedFlight.Flown flown =
                    UnsignedFlight.fly(new FlightSetup(flight.plan(), flight.vehicle(), flight.seed()));
            return FlightResult.judged(
                    flight,
                    Judge.judge(flight.plan(), flight.seed(), build, flown.truth(), flown.telemetry()),
                    flown.flightNanos());
        } catch (RigError e) {
            return FlightResult.broken(flight, e.code());
        }
    }

    private static void await(Future<?> worker) throws InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException("a flight ended without a result", e.getCause());
        }
    }
}
