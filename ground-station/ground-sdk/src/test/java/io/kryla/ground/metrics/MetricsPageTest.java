package io.kryla.ground.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void thePageListsExactlyWhatIsCounted() throws IOException {
        assertThat(Files.readAllLines(Path.of("../../docs/metrics.md")).stream()
                        .filter(line -> line.startsWith("| `kryla.")))
                .containsExactlyElementsOf(Arrays.stream(GroundMetric.values())
                        .map(metric -> String.format(
                                Locale.ROOT,
                                "| `%s` | %s | %s | %s | %s |",
                                metric.metricName(),
                                metric.kind().name().toLowerCase(Locale.ROOT),
                                metric.unit(),
                                metric.label().isEmpty() ? "" : "`" + metric.label() + "`",
                                metric.meaning()))
                        .toList());
    }

    @Test
    void codesThatPeersMakeUpAreCountedTogether() {
        GroundMeters meters = new GroundMeters(Metrics.none());
        for (int i = 0; i < 1_000; i++) {
            meters.counter(GroundMetric.SETUPS_REFUSED, "CODE_" + i).increment();
        }
        meters.counter(GroundMetric.SETUPS_REFUSED, "no code\n").increment();
        long known = 0;
        for (int i = 0; i < 1_000; i++) {
            known += meters.of(GroundMetric.SETUPS_REFUSED, "CODE_" + i);
        }
        assertThat(known).isEqualTo(64);
        assertThat(meters.of(GroundMetric.SETUPS_REFUSED, "OTHER")).isEqualTo(1_000 - 64 + 1);
    }

    @Test
    void eachIsRegisteredOnce() {
        LongAdder registered = new LongAdder();
        GroundMeters meters = new GroundMeters(new Metrics() {
            @Override
            public void counter(GroundMetric metric, String label, LongSupplier value) {
                registered.increment();
            }

            @Override
            public void gauge(GroundMetric metric, LongSupplier value) {}

            @Override
            public LatencySink latency(GroundMetric metric) {
                return nanos -> {};
            }
        });
        meters.counter(GroundMetric.COMMANDS_SENT).increment();
        meters.counter(GroundMetric.COMMANDS_SENT).increment();
        assertThat(registered.sum()).isEqualTo(1);
        assertThat(meters.of(GroundMetric.COMMANDS_SENT, "")).isEqualTo(2);
    }
}
