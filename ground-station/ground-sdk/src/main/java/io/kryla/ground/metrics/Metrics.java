package io.kryla.ground.metrics;

import java.util.function.LongSupplier;

/**
 * Where a station's measurements go. A station registers each of its metrics once, at its start, and each label of a code when it
 * first occurs. Counters and gauges are read whenever whoever implements this likes, from any thread: the station itself only adds
 * to numbers of its own, without locks and without garbage, and never calls from its network's threads.
 */
public interface Metrics {
    /**
     * A number that never falls.
     *
     * @param label value of the metric's {@linkplain GroundMetric#label label}; empty when it has none
     * @param value any thread may ask, and is answered at once
     */
    void counter(GroundMetric metric, String label, LongSupplier value);

    /** A number as it is now; as {@link #counter} otherwise. */
    void gauge(GroundMetric metric, LongSupplier value);

    /** Returns what takes each measured time: called by workers, several at once, and to return at once. */
    LatencySink latency(GroundMetric metric);

    /** Takes measured times. */
    @FunctionalInterface
    interface LatencySink {
        /** @param nanos not negative */
        void record(long nanos);
    }

    /** Watches nothing. */
    static Metrics none() {
        return new Metrics() {
            @Override
            public void counter(GroundMetric metric, String label, LongSupplier value) {}

            @Override
            public void gauge(GroundMetric metric, LongSupplier value) {}

            @Override
            public LatencySink latency(GroundMetric metric) {
                return nanos -> {};
            }
        };
    }
}
