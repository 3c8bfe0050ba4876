package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.hil.physics.Site;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlyMission;
import io.kryla.v1.Hold;
import io.kryla.v1.Land;
import io.kryla.v1.Sample;
import io.kryla.v1.TakeOff;
import io.kryla.v1.Waypoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class FreeFlightTest {
    private static final long SECOND = 1_000_000_000L;

    private final LoopbackPort port = new LoopbackPort();
    private final AtomicLong paced = new AtomicLong();

    @Test
    void doesWhatAGroundCommands() {
        flyUntil(40, now -> {
            at(now, 10, command("arm").setArm(Arm.getDefaultInstance()));
            at(now, 12, command("up").setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(3)));
            at(now, 20, command("down").setLand(Land.getDefaultInstance()));
        });

        assertThat(stagesOf("up"))
                .containsExactly(CommandStage.COMMAND_STAGE_ACCEPTED, CommandStage.COMMAND_STAGE_COMPLETED);
        assertThat(stagesOf("down"))
                .containsExactly(CommandStage.COMMAND_STAGE_ACCEPTED, CommandStage.COMMAND_STAGE_COMPLETED);
        assertThat(paced).hasValue(40 * SECOND);
        assertThat(port.samples.get(port.samples.size() - 1).hasLogClosed()).isTrue();
    }

    @Test
    void tellsHowFarACommandHasCome() {
        var route = FlyMission.newBuilder().setSpeedMetersPerSecond(4);
        for (int i = 1; i <= 4; i++) {
            route.addWaypoints(Waypoint.newBuilder().setNorthMeters(3 * i).setDownMeters(-3));
        }
        flyUntil(60, now -> {
            at(now, 10, command("arm").setArm(Arm.getDefaultInstance()));
            at(now, 12, command("up").setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(3)));
            at(now, 22, command("route").setFlyMission(route));
            at(now, 50, command("down").setLand(Land.getDefaultInstance()));
        });

        assertThat(progressOf("arm")).isEmpty();
        assertThat(progressOf("up")).containsExactly(0.25f, 0.5f, 0.75f);
        assertThat(progressOf("route")).containsExactly(0.25f, 0.5f, 0.75f);
        assertThat(progressOf("down")).containsExactly(0.25f, 0.5f, 0.75f);
    }

    private List<Float> progressOf(String name) {
        return port.samples.stream()
                .filter(sample -> isEventOf(sample, name))
                .map(Sample::getCommandEvent)
                .filter(event -> event.getStage() == CommandStage.COMMAND_STAGE_PROGRESS)
                .map(CommandEvent::getProgressRatio)
                .toList();
    }

    @Test
    void aCommandThatAnotherReplacesHasFailed() {
        flyUntil(16, now -> {
            at(now, 10, command("arm").setArm(Arm.getDefaultInstance()));
            at(now, 12, command("up").setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(50)));
            at(now, 15, command("stop").setHold(Hold.getDefaultInstance()));
        });

        assertThat(port.samples)
                .filteredOn(sample -> isEventOf(sample, "up"))
                .last()
                .satisfies(
                        sample -> assertThat(sample.getCommandEvent().getCode()).isEqualTo("SUPERSEDED"));
        assertThat(stagesOf("stop"))
                .containsExactly(CommandStage.COMMAND_STAGE_ACCEPTED, CommandStage.COMMAND_STAGE_COMPLETED);
    }

    @Test
    void refusesWhatMakesNoSense() {
        var nowhere = Waypoint.newBuilder().setNorthMeters(Float.NaN);
        flyUntil(3, now -> {
            at(now, 1, command("empty"));
            at(now, 2, command("nan").setFlyMission(FlyMission.newBuilder().addWaypoints(nowhere)));
        });

        assertThat(stagesOf("empty")).containsExactly(CommandStage.COMMAND_STAGE_REFUSED);
        assertThat(stagesOf("nan")).containsExactly(CommandStage.COMMAND_STAGE_REFUSED);
    }

    private void flyUntil(long seconds, LongConsumer pilot) {
        FreeFlight.fly(
                VehicleFile.shipped("quad-1500g"),
                Site.reference(),
                3,
                port,
                now -> {
                    paced.set(now);
                    pilot.accept(now);
                },
                () -> paced.get() >= seconds * SECOND);
    }

    private void at(long now, long seconds, Command.Builder command) {
        if (now == seconds * SECOND) {
            port.arrive(command.build());
        }
    }

    private static Command.Builder command(String id) {
        return Command.newBuilder().setId(ByteString.copyFromUtf8(id));
    }

    private static boolean isEventOf(Sample sample, String id) {
        return sample.getCommandEvent().getCommandId().equals(ByteString.copyFromUtf8(id));
    }

    private List<CommandStage> stagesOf(String id) {
        return port.samples.stream()
                .filter(sample -> isEventOf(sample, id))
                .map(sample -> sample.getCommandEvent().getStage())
                .filter(stage -> stage != CommandStage.COMMAND_STAGE_PROGRESS)
                .toList();
    }
}
