package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.airframe.SteppedAirframe;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.link.Impairment;
import io.kryla.link.LinkPace;
import io.kryla.link.MemoryLink;
import io.kryla.session.AirframeSetup;
import io.kryla.session.GroundSetup;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.FlightMode;
import io.kryla.v1.Hello;
import io.kryla.v1.Sample;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import io.kryla.v1.VehicleState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An airframe at 100 Hz and its ground over an impaired path, stepped in 10 ms on one clock. Which datagrams suffer follows from
 * the seed.
 */
final class SteppedFlight {
    static final Duration STEP = Duration.ofMillis(10);
    private static final SecureRandom KEYS = new SecureRandom();

    final Signer logKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, KEYS);
    final List<SteppedGround> grounds = new ArrayList<>();
    private final SplittableRandom random;
    private final Impairment impairment;
    private final TelemetryProfile profile;
    private final LinkPace pace;
    CountedLink down;
    CountedLink up;
    SteppedAirframe airframe;
    SteppedGround ground;
    long nowNanos = STEP.toNanos();
    private long boot;
    private long flightNanos;

    SteppedFlight(long seed, Impairment impairment, TelemetryProfile profile) {
        this(seed, impairment, profile, LinkPace.NETWORK);
    }

    SteppedFlight(long seed, Impairment impairment, TelemetryProfile profile, LinkPace pace) {
        this.pace = pace;
        this.random = new SplittableRandom(seed);
        this.impairment = impairment;
        this.profile = profile;
        rebootAirframe();
    }

    /** A new boot, followed by a new link of the same ground. */
    void rebootAirframe() {
        boot++;
        flightNanos = 0;
        airframe = new SteppedAirframe(origin(), logKey, profile);
        if (ground != null) {
            ground.link.abandon("NEW_BOOT");
        }
        restartGround();
    }

    /** A ground that knows nothing of the log so far. */
    void restartGround() {
        ground = new SteppedGround(origin(), logKey.key(), nowNanos);
        grounds.add(ground);
        connect();
    }

    private FlightOrigin origin() {
        return FlightOrigin.parse("kryla.example/flight/KRYL5STEP/" + boot + "/" + profile.name())
                .orElseThrow();
    }

    /** A new session over a new path. */
    void connect() {
        MemoryLink.Pair pair = MemoryLink.pair(impairment, random.split(), random.split());
        down = new CountedLink(pair.here(), pace);
        up = new CountedLink(pair.there(), pace);
        AirframeSetup setup = new AirframeSetup(
                Hello.newBuilder()
                        .setSerial("KRYL5STEP")
                        .addLogs(FlightLogInfo.newBuilder().setProfile(profile.name()))
                        .build(),
                KEYS);
        Subscribe subscribe = Subscribe.newBuilder()
                .setProfile(profile.name())
                .setUdpPort(4_000)
                .setNonce(ByteString.copyFrom(new byte[32]))
                .setLedgerCheckpointSha256(ByteString.copyFrom(new byte[32]))
                .build();
        GroundSetup desk = new GroundSetup(hello -> new GroundSetup.Answer.Admit(subscribe), 77, KEYS);
        List<SessionMessage> offered = sent(desk.receive(setup.start().toByteArray()));
        List<SessionMessage> answer = sent(setup.receive(offered.get(0).toByteArray()));
        SessionTerms onAirframe = terms(setup.receive(offered.get(1).toByteArray()));
        SessionTerms onGround = terms(desk.receive(answer.get(0).toByteArray()));
        airframe.connect(down, onAirframe, nowNanos);
        ground.connect(up, onGround);
    }

    private static List<SessionMessage> sent(SetupStep step) {
        return ((SetupStep.Send) step).messages();
    }

    private static SessionTerms terms(SetupStep step) {
        return ((SetupStep.Established) step).terms();
    }

    /** The path is gone and both sides have noticed. */
    void disconnect() {
        airframe.disconnect();
        ground.disconnect();
    }

    void fly(Duration time) {
        for (long end = nowNanos + time.toNanos(); nowNanos < end; ) {
            step(true);
        }
    }

    /** Each a record of its own, without a look at the path. */
    void publishEvents(int events) {
        for (int i = 0; i < events; i++) {
            airframe.publish(Sample.newBuilder()
                    .setFlightTimeNanos(flightNanos)
                    .setFlightEvent(FlightEvent.newBuilder().setDetail("event " + i))
                    .build());
        }
    }

    /** Until the ground has all of a closed log, for so long at most. */
    void closeAndDeliver(Duration most) {
        airframe.close();
        for (long end = nowNanos + most.toNanos();
                nowNanos < end && !ground.link.state().closed(); ) {
            step(false);
        }
    }

    private void step(boolean publishing) {
        nowNanos += STEP.toNanos();
        if (publishing) {
            flightNanos += STEP.toNanos();
            airframe.publish(state(flightNanos));
            airframe.advanceTo(flightNanos);
        }
        airframe.pump(nowNanos);
        ground.pump(nowNanos);
    }

    static Sample state(long flightNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightNanos)
                .setVehicleState(VehicleState.newBuilder()
                        .setMode(FlightMode.FLIGHT_MODE_HOLD)
                        .setAttitudeW(1)
                        .setPositionDownMeters(-flightNanos * 1e-9f))
                .build();
    }

    /** Asserts that what arrived more than 5 s ago is attested. */
    void assertAttestedInTime(Duration bound) {
        ground.arrivedAtNanos.forEach((leaf, arrived) -> {
            long until = ground.attestedAtNanos.getOrDefault(leaf, nowNanos);
            assertThat(Duration.ofNanos(until - arrived))
                    .as("leaf %s, at %s ns, of which is said %s", leaf, nowNanos, ground.unattested())
                    .isLessThanOrEqualTo(bound);
        });
    }

    /** Asserts that every leaf that is known and not attested has a reason, and no other. */
    static void assertEveryOtherLeafHasAReason(SteppedGround ground) {
        List<UnattestedLeaves> unattested = ground.unattested();
        long known = ground.arrivedAtNanos.keySet().stream()
                .mapToLong(leaf -> leaf + 1)
                .max()
                .orElse(0);
        for (long leaf = 0; leaf < known; leaf++) {
            long number = leaf;
            assertThat(unattested.stream().anyMatch(range -> range.from() <= number && number < range.to()))
                    .as("leaf %s of %s", leaf, unattested)
                    .isNotEqualTo(ground.attestedAtNanos.containsKey(leaf));
        }
    }
}
