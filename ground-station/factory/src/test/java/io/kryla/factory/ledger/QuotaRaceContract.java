package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.testline.TestLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that race for the last units. */
abstract class QuotaRaceContract {
    private static final int THREADS = 16;
    private static final int QUOTA = 20;

    @TempDir
    Path folder;

    /** An empty one. */
    abstract LedgerDatabase database();

    @Test
    void sixteenThreadsShareAQuotaToTheLastUnit() throws Exception {
        try (TestLine line = TestLine.withQuota(folder, database(), QUOTA)) {
            List<ClaimResult> results = claimFromEveryThread(line, 3, "");

            assertThat(results).hasSize(THREADS * 3);
            assertThat(serials(results)).hasSize(QUOTA).doesNotHaveDuplicates();
            assertThat(results)
                    .filteredOn(result -> result instanceof Refused)
                    .allSatisfy(result -> assertThat(((Refused) result).code()).isEqualTo("QUOTA_EXHAUSTED"));
            assertThat(line.ledger.units()).hasSize(QUOTA);
        }
    }

    @Test
    void sixteenThreadsWithTheSameKeyGetOneUnit() throws Exception {
        try (TestLine line = TestLine.withQuota(folder, database(), QUOTA)) {
            List<ClaimResult> results = claimFromEveryThread(line, 1, "the same");

            assertThat(serials(results)).hasSize(THREADS).containsOnly("KRY08DE100001");
            assertThat(line.ledger.units()).hasSize(1);
        }
    }

    private static List<ClaimResult> claimFromEveryThread(TestLine line, int each, String sameName) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Future<List<ClaimResult>>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = sameName.isEmpty() ? "board " + thread + " " : "";
                running.add(threads.submit(() -> {
                    start.await();
                    List<ClaimResult> results = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        results.add(line.claim(sameName.isEmpty() ? prefix + i : sameName));
                    }
                    return results;
                }));
            }
            List<ClaimResult> all = new ArrayList<>();
            for (Future<List<ClaimResult>> results : running) {
                all.addAll(results.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> serials(List<ClaimResult> results) {
        return results.stream()
                .filter(result -> result instanceof ClaimResult.Granted)
                .map(result -> ((ClaimResult.Granted) result).unit().serial())
                .collect(Collectors.toList());
    }
}
