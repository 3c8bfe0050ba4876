package io.kryla.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.fleet.GroundStationBuilder;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeAirframe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A flight, as a Prometheus server would see it. */
@Timeout(60)
class PrometheusScrapeIT {
    private static final Duration WALL = Duration.ofSeconds(30);

    private final TestLicensor licensor = new TestLicensor();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void aFlightShowsInAScrape() {
        MicrometerMetrics metrics = MicrometerMetrics.in(registry, "station", "north");
        try (GroundStation station = builder().metrics(metrics).start();
                FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1").boot()) {
            airframe.connect(station.boundAddress()).fly(Duration.ofMillis(2_000));
            long leaves = airframe.land().head().size();
            System.gc(); // what a registry holds weakly would be gone

            await().atMost(WALL).until(() -> registry.scrape().contains(attested(leaves)));
            assertThat(registry.scrape())
                    .contains("# HELP kryla_records_attested_total Became ATTESTED")
                    .contains("kryla_sessions_open{station=\"north\"} 1.0")
                    .contains("kryla_datagrams_rejected_total{reason=\"AEAD_FAILED\",station=\"north\"} 0.0")
                    .contains("kryla_attestation_delay_seconds_bucket{station=\"north\",le=\"1.0\"}")
                    .doesNotContain("kryla_attestation_delay_seconds_count{station=\"north\"} 0")
                    .contains("kryla_recorder_bytes_total{station=\"north\"} 0.0");
        }
        String scrape = registry.scrape();
        assertThat(Arrays.stream(GroundMetric.values())
                        .filter(metric -> !metric.label().equals("code"))
                        .map(metric -> metric.metricName().replace('.', '_')))
                .allMatch(scrape::contains);
        metrics.close();
        assertThat(registry.scrape()).doesNotContain("kryla");
    }

    @Test
    void twoStationsOfARegistryNeedTagsOfTheirOwn() {
        try (GroundStation north = builder()
                        .metrics(MicrometerMetrics.in(registry, "station", "north"))
                        .start();
                GroundStation south = builder()
                        .metrics(MicrometerMetrics.in(registry, "station", "south"))
                        .start()) {
            assertThat(north.airframes()).isEqualTo(south.airframes());
            assertThat(registry.scrape())
                    .contains("kryla_sessions_open{station=\"north\"}", "kryla_sessions_open{station=\"south\"}");
            assertThatThrownBy(() -> builder()
                            .metrics(MicrometerMetrics.in(registry, "station", "north"))
                            .start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("give each station tags of its own");
        }
    }

    private GroundStationBuilder builder() {
        return GroundStation.builder()
                .identity(licensor.ground("ground-1"))
                .trust(licensor.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> licensor.crls().crls())
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(InstantSource.fixed(TestLicensor.NOW));
    }

    private static String attested(long leaves) {
        return String.format(Locale.ROOT, "kryla_records_attested_total{station=\"north\"} %d.0", leaves);
    }
}
