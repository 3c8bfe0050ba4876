package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.link.Impairment;
import io.kryla.link.LinkPace;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.telemetry.UnattestedReason;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Every record that arrives is ATTESTED within 5 s, or the ground says which leaves are missing and why; at 30 % loss, 5 %
 * duplicates and 10 % reordering, both ways, whichever datagrams the seed picks.
 */
class AttestationBoundProperties {
    private static final Impairment BAD = new Impairment(0.3, 0.05, 0.1);
    /** As the serial radio says. */
    private static final LinkPace RADIO = new LinkPace(Duration.ofMillis(500), 24, 2, 8, 242);

    private static final long RADIO_BYTES_PER_SECOND = 5_760;
    private static final Duration BOUND = Duration.ofSeconds(5);

    @Property(tries = 40)
    void whatArrivesIsAttestedInTime(@ForAll long seed) {
        SteppedFlight flight = new SteppedFlight(seed, BAD, TelemetryProfile.FLIGHT);
        for (int second = 0; second < 20; second++) {
            flight.fly(Duration.ofSeconds(1));
            flight.assertAttestedInTime(BOUND);
            SteppedFlight.assertEveryOtherLeafHasAReason(flight.ground);
        }
        assertEverythingIsDelivered(flight);
    }

    @Property(tries = 20)
    void soItIsAfterTheGroundWasRestarted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int secondsBefore) {
        SteppedFlight flight = new SteppedFlight(seed, BAD, TelemetryProfile.FLIGHT);
        flight.fly(Duration.ofSeconds(secondsBefore));
        flight.disconnect();
        flight.fly(Duration.ofSeconds(3));
        flight.restartGround();
        for (int second = 0; second < 10; second++) {
            flight.fly(Duration.ofSeconds(1));
            flight.assertAttestedInTime(BOUND);
        }
        assertEverythingIsDelivered(flight);
    }

    @Property(tries = 20)
    void soItIsAfterTheAirframeWasRestartedAndTheOldLogSaysWhatItLacks(@ForAll long seed) {
        SteppedFlight flight = new SteppedFlight(seed, BAD, TelemetryProfile.FLIGHT);
        flight.fly(Duration.ofMillis(5_500));
        SteppedGround old = flight.ground;
        flight.rebootAirframe();
        assertThat(old.unattested())
                .isNotEmpty()
                .extracting(UnattestedLeaves::reason)
                .containsOnly(UnattestedReason.LOG_ABANDONED);
        SteppedFlight.assertEveryOtherLeafHasAReason(old);
        for (int second = 0; second < 10; second++) {
            flight.fly(Duration.ofSeconds(1));
            flight.assertAttestedInTime(BOUND);
        }
        assertEverythingIsDelivered(flight);
    }

    @Property(tries = 20)
    void whatWaitsForAnAirframeThatIsAwayIsNamedAndAttestedWhenItIsBack(@ForAll long seed) {
        SteppedFlight flight = new SteppedFlight(seed, BAD, TelemetryProfile.FLIGHT);
        flight.fly(Duration.ofMillis(3_300));
        flight.disconnect();
        flight.fly(Duration.ofSeconds(20));
        List<UnattestedLeaves> waiting = flight.ground.unattested();
        assertThat(waiting)
                .extracting(UnattestedLeaves::reason)
                .isNotEmpty()
                .containsAnyOf(UnattestedReason.NO_SESSION)
                .isSubsetOf(UnattestedReason.NO_SESSION, UnattestedReason.BEHIND_HOLE);
        SteppedFlight.assertEveryOtherLeafHasAReason(flight.ground);
        flight.connect();
        flight.fly(BOUND);
        long oldest = waiting.get(waiting.size() - 1).to();
        assertThat(flight.ground.link.state().attestedSize()).isGreaterThanOrEqualTo(oldest);
        assertEverythingIsDelivered(flight);
    }

    /** At 10 % loss: within half of what 57,600 baud carry, in datagrams that fit its frames. */
    @Property(tries = 10)
    void overARadioItTakesLongerAndFitsTheLine(@ForAll long seed) {
        SteppedFlight flight = new SteppedFlight(seed, new Impairment(0.1, 0.05, 0.05), TelemetryProfile.RADIO, RADIO);
        int seconds = 30;
        for (int second = 0; second < seconds; second++) {
            flight.fly(Duration.ofSeconds(1));
            flight.assertAttestedInTime(Duration.ofSeconds(10));
        }
        assertThat(flight.down.bytes() / seconds).isLessThan(RADIO_BYTES_PER_SECOND / 2);
        assertThat(flight.up.bytes() / seconds).isLessThan(RADIO_BYTES_PER_SECOND / 10);
        flight.closeAndDeliver(Duration.ofSeconds(10));
        assertThat(flight.ground.link.state().closed()).isTrue();
    }

    @Example
    void overARadioHashesOfWhatIsGoneFitItsDatagrams() {
        SteppedFlight flight = new SteppedFlight(3, Impairment.NONE, TelemetryProfile.RADIO, RADIO);
        flight.fly(Duration.ofSeconds(2));
        flight.disconnect();
        flight.publishEvents(30_000);
        flight.connect();
        flight.closeAndDeliver(Duration.ofMinutes(30));
        assertThat(flight.ground.link.state().closed()).isTrue();
        assertThat(flight.ground.unattested())
                .extracting(UnattestedLeaves::reason)
                .containsExactly(UnattestedReason.HASH_ONLY);
    }

    /** More leaves than the airframe keeps bodies and single hashes of. */
    @Example
    void aGroundThatWasOutrunSaysSoAndIsFollowedByOneThatAttestsTheRest() {
        SteppedFlight flight = new SteppedFlight(7, BAD, TelemetryProfile.FLIGHT);
        flight.fly(Duration.ofMillis(3_300));
        flight.disconnect();
        flight.publishEvents(90_000);
        SteppedGround outrun = flight.ground;
        long attested = outrun.link.state().attestedSize();
        flight.connect();
        flight.fly(Duration.ofSeconds(1));
        assertThat(outrun.link.outrun()).isTrue();
        assertThat(outrun.unattested())
                .extracting(UnattestedLeaves::reason)
                .contains(UnattestedReason.GONE_FROM_AIRFRAME);
        assertThat(outrun.link.state().attestedSize()).isEqualTo(attested);

        flight.restartGround();
        flight.fly(Duration.ofSeconds(5));
        flight.assertAttestedInTime(BOUND);
        flight.closeAndDeliver(Duration.ofSeconds(60));
        assertThat(flight.ground.link.state().closed()).isTrue();
        long gone = flight.ground.arrivedAtNanos.keySet().stream()
                .mapToLong(leaf -> leaf)
                .min()
                .orElseThrow();
        assertThat(flight.ground.unattested())
                .containsExactly(new UnattestedLeaves(0, gone, UnattestedReason.HASH_ONLY));
        assertThat(flight.ground.attestedAtNanos).hasSize((int) (flight.airframe.leaves() - gone));
    }

    private static void assertEverythingIsDelivered(SteppedFlight flight) {
        flight.closeAndDeliver(BOUND);
        assertThat(flight.ground.link.state().closed()).isTrue();
        assertThat(flight.ground.unattested()).isEmpty();
        assertThat(flight.ground.attestedAtNanos).hasSize((int) flight.airframe.leaves());
    }
}
