package io.kryla.micrometer;

import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A station's metrics as meters of a registry: under their own names, with their label as a tag. Counters and gauges are read when
 * the registry is; times go into a histogram whose buckets end at 50 ms to 60 s. Any thread.
 */
public final class MicrometerMetrics implements Metrics, AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();
    /** The registry itself holds what it reads only weakly. */
    private final List<LongSupplier> values = new CopyOnWriteArrayList<>();

    private MicrometerMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Shows what a station counts in a registry. The one place where this SDK names a type of a library: to adapt to it is what
     * it is for.
     *
     * @param tags of every meter, so that several stations of a process are told apart: names and values in turn
     */
    public static MicrometerMetrics in(MeterRegistry registry, String... tags) {
        return new MicrometerMetrics(registry, Tags.of(tags));
    }

    @Override
    public void counter(GroundMetric metric, String label, LongSupplier value) {
        Tags labelled = label.isEmpty() ? tags : tags.and(metric.label(), label);
        requireNew(metric, labelled);
        values.add(value);
        meters.add(FunctionCounter.builder(metric.metricName(), value, LongSupplier::getAsLong)
                .tags(labelled)
                .baseUnit(baseUnit(metric))
                .description(metric.meaning())
                .register(registry));
    }

    @Override
    public void gauge(GroundMetric metric, LongSupplier value) {
        requireNew(metric, tags);
        meters.add(Gauge.builder(metric.metricName(), value::getAsLong)
                .tags(tags)
                .description(metric.meaning())
                .register(registry));
    }

    @Override
    public LatencySink latency(GroundMetric metric) {
        requireNew(metric, tags);
        Timer timer = Timer.builder(metric.metricName())
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .description(metric.meaning())
                .register(registry);
        meters.add(timer);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A registry would silently go on with the meter that it has, which is another station's. */
    private void requireNew(GroundMetric metric, Tags labelled) {
        boolean there = registry.find(metric.metricName()).meters().stream()
                .anyMatch(meter -> Tags.of(meter.getId().getTagsAsIterable()).equals(labelled));
        if (there) {
            throw new IllegalStateException("metrics: " + metric.metricName() + " with " + labelled
                    + " is in the registry already; give each station tags of its own");
        }
    }

    /** What is only counted has its name for a unit already. */
    private static @Nullable String baseUnit(GroundMetric metric) {
        return metric.unit().equals("bytes") ? metric.unit() : null;
    }

    /** Takes the meters out of the registry; to be called after the station was closed. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
        values.clear();
    }
}
