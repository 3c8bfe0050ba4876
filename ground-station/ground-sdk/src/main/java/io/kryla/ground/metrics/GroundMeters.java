package io.kryla.ground.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The numbers of one station: each is registered with its {@link Metrics} when it is first asked for, and then only added to. Any
 * thread; whoever counts often asks once and keeps what it got.
 */
public final class GroundMeters {
    /** Codes may come from peers: more different ones than this are counted as {@value #OTHER}. */
    private static final int MOST_LABELS = 64;

    private static final String OTHER = "OTHER";

    private final Metrics metrics;
    private final Map<GroundMetric, Map<String, LongAdder>> counters = new ConcurrentHashMap<>();

    public GroundMeters(Metrics metrics) {
        this.metrics = metrics;
    }

    /** The counter of a metric without a label. */
    public LongAdder counter(GroundMetric metric) {
        return counter(metric, "");
    }

    /** @param label such as a code; one that is no upper-case word is counted as OTHER */
    public LongAdder counter(GroundMetric metric, String label) {
        Map<String, LongAdder> labelled = counters.computeIfAbsent(metric, m -> new ConcurrentHashMap<>());
        boolean fits = labelled.containsKey(label)
                || (labelled.size() < MOST_LABELS && (label.isEmpty() || label.matches("[A-Z][A-Z0-9_]{0,39}")));
        return labelled.computeIfAbsent(fits ? label : OTHER, fresh -> {
            LongAdder count = new LongAdder();
            metrics.counter(metric, fresh, count::sum);
            return count;
        });
    }

    /** How many so far; 0 of what never occurred. */
    public long of(GroundMetric metric, String label) {
        LongAdder count = counters.getOrDefault(metric, Map.of()).get(label);
        return count == null ? 0 : count.sum();
    }

    /** Registers what is counted elsewhere. */
    public void counter(GroundMetric metric, String label, LongSupplier value) {
        metrics.counter(metric, label, value);
    }

    public void gauge(GroundMetric metric, LongSupplier value) {
        metrics.gauge(metric, value);
    }

    public Metrics.LatencySink latency(GroundMetric metric) {
        return metrics.latency(metric);
    }
}
