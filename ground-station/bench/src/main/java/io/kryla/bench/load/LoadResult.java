package io.kryla.bench.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What the station made of a load.
 *
 * @param warmUpSeconds flown before at the same rate, and in none of the numbers
 * @param sent samples that airframes published, the warm-up left out
 * @param verified of these, samples that the subscriber was given as AUTHENTIC
 * @param attested of these, samples under a signed checkpoint by the end
 * @param lost sent and not verified
 * @param p50Millis latency from publishing to the subscriber
 * @param heapBeginBytes of the station's process, after garbage collection, when the warm-up had been flown
 * @param heapEndBytes the same at the end
 * @param groundCpuCores CPU time of the station's process for each second of flight
 * @param airframesCpuCores the same of the airframes' process
 */
public record LoadResult(
        LoadPlan plan,
        int warmUpSeconds,
        long sent,
        long verified,
        long attested,
        long lost,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        long heapBeginBytes,
        long heapEndBytes,
        double groundCpuCores,
        double airframesCpuCores) {
    /** What a heap may differ by between two looks without anything growing. */
    private static final double HEAP_TOLERANCE = 1.1;

    private static final long HEAP_TOLERANCE_BYTES = 4 << 20;

    @JsonIgnore
    public boolean nothingLost() {
        return lost == 0 && attested == sent;
    }

    @JsonIgnore
    public boolean inTime() {
        return p99Millis < plan.mostP99Millis();
    }

    @JsonIgnore
    public boolean heapFlat() {
        return heapEndBytes <= heapBeginBytes * HEAP_TOLERANCE + HEAP_TOLERANCE_BYTES;
    }

    @JsonIgnore
    public boolean passed() {
        return nothingLost() && inTime() && heapFlat();
    }

    public void print(PrintWriter out) {
        line(out, "flown", "%d s, after %d s to warm up that do not count", plan.seconds(), warmUpSeconds);
        line(out, "samples", "%,d sent, %,d verified, %,d attested, %,d lost", sent, verified, attested, lost);
        line(out, "latency", "p50 %.2f ms, p99 %.2f ms, max %.2f ms", p50Millis, p99Millis, maxMillis);
        line(out, "heap", "%.1f MiB at the beginning, %.1f MiB at the end", mib(heapBeginBytes), mib(heapEndBytes));
        line(out, "CPU", "station %.2f cores, airframes %.2f cores", groundCpuCores, airframesCpuCores);
        line(
                out,
                "verdict",
                "%s; %s; %s",
                nothingLost() ? "nothing lost" : "LOST",
                (inTime() ? "p99 below " : "P99 NOT BELOW ") + plan.mostP99Millis() + " ms",
                heapFlat() ? "heap flat" : "HEAP GREW");
        out.flush();
    }

    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.println(String.format(Locale.ROOT, "%-8s ", name) + String.format(Locale.ROOT, format, values));
    }

    private static double mib(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
