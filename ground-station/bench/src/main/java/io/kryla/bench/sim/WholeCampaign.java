package io.kryla.bench.sim;

import com.sun.management.OperatingSystemMXBean;
import io.kryla.hil.campaign.CampaignRun;
import io.kryla.hil.scenario.Campaign;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The handover plan flown many times in wind and with other masses, on all processors, as {@code kryla sim campaign} does it. */
final class WholeCampaign {
    private static final String FILE = """
            format: kryla-campaign/1
            name: Bench
            plan: handover
            flights: %d
            vary:
              - {name: wind, in: plan, at: /wind/speed, uniform: {from: 0 m/s, to: 5 m/s}}
              - {name: mass, in: vehicle, at: /mass, normal: {mean: 1.535 kg, sigma: 0.02 kg}}
            """;
    private static final double MEBIBYTE = 1024 * 1024;

    private WholeCampaign() {}

    /**
     * @param timesRealTime flight time over CPU time of the whole process
     * @param heapGrowthMebibytes what is left on the heap after it, results on disk
     */
    record Measured(double timesRealTime, double heapGrowthMebibytes) {}

    /** @param flights of which a quarter is flown first to warm up */
    static Measured measure(int flights) throws IOException {
        Path folder = Files.createTempDirectory("kryla-bench");
        try {
            run(folder, "warm.jsonl", Math.max(1, flights / 4));
            double heap = heapMebibytes();
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = system.getProcessCpuTime();
            long flown = run(folder, "results.jsonl", flights);
            double times = (double) flown / (system.getProcessCpuTime() - cpu);
            return new Measured(times, Math.max(0, heapMebibytes() - heap));
        } finally {
            WholeFlight.delete(folder);
        }
    }

    private static long run(Path folder, String results, int flights) throws IOException {
        Path file = Files.writeString(folder.resolve("campaign.yaml"), String.format(Locale.ROOT, FILE, flights));
        AtomicLong nanos = new AtomicLong();
        try {
            var unused = new CampaignRun(
                            Campaign.read(file), "bench", Runtime.getRuntime().availableProcessors())
                    .run(folder.resolve(results), (result, done) -> nanos.addAndGet(result.flightNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return nanos.get();
    }

    private static double heapMebibytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEBIBYTE;
    }
}
