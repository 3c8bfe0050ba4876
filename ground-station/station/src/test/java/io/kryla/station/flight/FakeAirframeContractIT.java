package io.kryla.station.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.fleet.SentCommand;
import io.kryla.ground.stream.SampleKind;
import io.kryla.hil.flight.FreeFlight;
import io.kryla.hil.flight.Pacer;
import io.kryla.hil.physics.Site;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeAirframe;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.Disarm;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlyMission;
import io.kryla.v1.Hold;
import io.kryla.v1.Land;
import io.kryla.v1.ReadParameters;
import io.kryla.v1.ReturnToLaunch;
import io.kryla.v1.Sample;
import io.kryla.v1.TakeOff;
import io.kryla.v1.Waypoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same commands to the fake airframe and to the simulated one: a ground hears the same story from both. */
@Timeout(120)
class FakeAirframeContractIT {
    private static final Duration WALL = Duration.ofSeconds(60);

    private final TestLicensor licensor = new TestLicensor();

    @Test
    void aGroundHearsTheSameStoryFromTheFakeAndTheSimulatedAirframe() throws Exception {
        List<String> fake = storyOf(FakeAirframeContractIT::fake);
        List<String> simulated = storyOf(FakeAirframeContractIT::simulated);
        assertThat(fake).isEqualTo(simulated);
        assertThat(fake)
                .contains("command 2 REFUSED NOT_ARMED", "command 4 PROGRESS 0.5", "command 5 FAILED SUPERSEDED")
                .endsWith("LOG_CLOSED");
    }

    /** Something that flies until told to stop, then closes its log. */
    private interface Airframe {
        void fly(FakeAirframe body, AtomicBoolean stop);
    }

    private static void fake(FakeAirframe body, AtomicBoolean stop) {
        while (!stop.get()) {
            body.fly(Duration.ofMillis(100));
        }
        body.land();
    }

    /** The simulator's flight thread on the agent of a fake body: identity and session are the same, the flight is not. */
    private static void simulated(FakeAirframe body, AtomicBoolean stop) {
        AirframeAgent agent = body.agent();
        Pacer lockstep = now -> {
            if (agent.connected()) {
                agent.awaitRoom(WALL);
            }
        };
        FreeFlight.fly(VehicleFile.shipped("quad-1500g"), Site.reference(), 5, agent, lockstep, stop::get);
    }

    private List<String> storyOf(Airframe kind) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Sample> samples = new CopyOnWriteArrayList<>();
        try (GroundStation station = ground();
                FakeAirframe body = FakeAirframe.of(licensor, "KRYL5TEST1")
                        .parameter("PITCH_GAIN", 2.5)
                        .boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight("KRYL5TEST1", WALL)
                    .thenApply(link -> {
                        link.attested(SampleKind.ANY).failAfter(100_000).listen(sample -> samples.add(sample.body()));
                        return link;
                    });
            body.connect(station.boundAddress());
            CompletableFuture<Void> flight = CompletableFuture.runAsync(() -> kind.fly(body, stop));
            List<SentCommand> sent = command(next.get(60, TimeUnit.SECONDS), samples);
            stop.set(true);
            flight.get(60, TimeUnit.SECONDS);
            await().atMost(WALL).until(() -> samples.get(samples.size() - 1).hasLogClosed());
            return story(samples, sent);
        }
    }

    private GroundStation ground() {
        return GroundStation.builder()
                .identity(licensor.ground("ground-1"))
                .trust(licensor.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> licensor.crls().crls())
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .start();
    }

    private static List<SentCommand> command(AirframeLink airframe, List<Sample> samples) throws Exception {
        // An estimator needs a few seconds of rest.
        await().atMost(WALL)
                .until(() ->
                        !samples.isEmpty() && samples.get(samples.size() - 1).getFlightTimeNanos() > 10_000_000_000L);
        List<SentCommand> sent = new ArrayList<>();
        Command.Builder takeOff =
                Command.newBuilder().setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(4));
        for (Command.Builder command : List.of(
                Command.newBuilder(),
                Command.newBuilder()
                        .setReadParameters(ReadParameters.newBuilder().addNames("PITCH_GAIN")),
                takeOff,
                Command.newBuilder().setArm(Arm.getDefaultInstance()),
                takeOff)) {
            sent.add(send(airframe, command));
            sent.get(sent.size() - 1).outcome().get(60, TimeUnit.SECONDS);
        }
        SentCommand far = send(airframe, Command.newBuilder().setFlyMission(mission(100, 100)));
        far.answer().get(60, TimeUnit.SECONDS);
        sent.add(far);
        for (Command.Builder command : List.of(
                Command.newBuilder().setHold(Hold.getDefaultInstance()),
                Command.newBuilder().setDisarm(Disarm.getDefaultInstance()),
                Command.newBuilder().setFlyMission(mission(3, 6)),
                Command.newBuilder().setReturnToLaunch(ReturnToLaunch.getDefaultInstance()),
                Command.newBuilder().setLand(Land.getDefaultInstance()))) {
            sent.add(send(airframe, command));
            sent.get(sent.size() - 1).outcome().get(60, TimeUnit.SECONDS);
        }
        return sent;
    }

    private static FlyMission.Builder mission(float... norths) {
        FlyMission.Builder mission = FlyMission.newBuilder().setSpeedMetersPerSecond(3);
        for (float north : norths) {
            mission.addWaypoints(Waypoint.newBuilder().setNorthMeters(north).setDownMeters(-4));
        }
        return mission;
    }

    private static SentCommand send(AirframeLink airframe, Command.Builder command) {
        return airframe.send(command.build(), WALL, WALL);
    }

    /** What happened, without when and where. */
    private static List<String> story(List<Sample> samples, List<SentCommand> sent) {
        List<String> story = new ArrayList<>();
        for (Sample sample : samples) {
            switch (sample.getBodyCase()) {
                case VEHICLE_STATE -> {}
                case COMMAND_EVENT -> story.add(tell(sample.getCommandEvent(), sent));
                case FLIGHT_EVENT -> {
                    FlightEvent event = sample.getFlightEvent();
                    // Sensors have their own life.
                    if (!event.getKind().name().contains("GNSS")) {
                        story.add(event.getKind() + " " + event.getDetail());
                    }
                }
                default -> story.add(sample.getBodyCase().name());
            }
        }
        return story;
    }

    private static String tell(CommandEvent event, List<SentCommand> sent) {
        int number = 0;
        while (!sent.get(number).command().getId().equals(event.getCommandId())) {
            number++;
        }
        String stage = event.getStage().name().substring("COMMAND_STAGE_".length());
        String told = event.getProgressRatio() > 0 ? Float.toString(event.getProgressRatio()) : event.getCode();
        return ("command " + number + " " + stage + " " + told + event.getParametersList()).replace("[]", "");
    }
}
