package io.kryla.airframe;

import static io.kryla.v1.CommandStage.COMMAND_STAGE_ACCEPTED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_COMPLETED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_FAILED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.FlyMission;
import io.kryla.v1.Waypoint;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class CommandDeskTest {
    private static final Digest GROUND = Digest.sha256();

    private final CommandDesk desk = new CommandDesk();

    @Test
    void givesACommandOutOnceHoweverOftenItComes() {
        receive(arm(1));
        receive(arm(1));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(1));
        receive(arm(1));
        assertThat(desk.poll()).isEmpty();
        desk.report(id(1), COMMAND_STAGE_ACCEPTED, "");
        desk.report(id(1), COMMAND_STAGE_COMPLETED, "");
        receive(arm(1));
        assertThat(desk.poll()).isEmpty();
    }

    @Test
    void awaitingOneLeavesTheOthersInTheirOrder() {
        receive(arm(1));
        receive(arm(2));
        receive(arm(3));
        assertThat(desk.await(id(2), Duration.ZERO).map(ReceivedCommand::command))
                .contains(arm(2));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(1));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(3));
        assertThat(desk.await(id(4), Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void stagesFollowEachOther() {
        assertThatThrownBy(() -> desk.report(id(1), COMMAND_STAGE_ACCEPTED, "")).hasMessageContaining("never taken");
        receive(arm(1));
        assertThatThrownBy(() -> desk.report(id(1), COMMAND_STAGE_ACCEPTED, "")).hasMessageContaining("WAITING");
        desk.poll();
        assertThatThrownBy(() -> desk.report(id(1), COMMAND_STAGE_COMPLETED, ""))
                .hasMessageContaining("TAKEN");
        assertThat(desk.report(id(1), COMMAND_STAGE_ACCEPTED, "").getCommand()).isEqualTo(arm(1).toByteString());
        var failed = desk.report(id(1), COMMAND_STAGE_FAILED, "GNSS_LOST");
        assertThat(failed.getCommand()).isEqualTo(ByteString.EMPTY);
        assertThat(failed.getCode()).isEqualTo("GNSS_LOST");
        assertThatThrownBy(() -> desk.report(id(1), COMMAND_STAGE_COMPLETED, ""))
                .hasMessageContaining("ENDED");
    }

    @Test
    void anEventNamesTheGroundThatAuthorisedTheCommand() {
        receive(arm(1));
        desk.poll();
        assertThat(desk.report(id(1), COMMAND_STAGE_REFUSED, "NOT_NOW")
                        .getGroundCertificateSha256()
                        .toByteArray())
                .isEqualTo(GROUND.bytes());
    }

    @Test
    void refusesWhatItDoesNotKnowAndLogsThatOnce() {
        byte[] unknown = Command.newBuilder().setId(id(1)).build().toByteArray();
        desk.receive(unknown, GROUND);
        desk.receive(unknown, GROUND);
        assertThat(desk.takeRefusals()).singleElement().satisfies(event -> {
            assertThat(event.getStage()).isEqualTo(COMMAND_STAGE_REFUSED);
            assertThat(event.getCode()).isEqualTo("UNKNOWN_ACTION");
        });
        assertThat(desk.takeRefusals()).isEmpty();
        assertThat(desk.poll()).isEmpty();
    }

    @Test
    void refusesWhatWouldNotFitIntoARecord() {
        Command large = Command.newBuilder()
                .setId(id(1))
                .setFlyMission(FlyMission.newBuilder()
                        .addAllWaypoints(Collections.nCopies(
                                60,
                                Waypoint.newBuilder()
                                        .setNorthMeters(1)
                                        .setEastMeters(1)
                                        .setDownMeters(1)
                                        .build())))
                .build();
        receive(large);
        assertThat(desk.takeRefusals()).singleElement().satisfies(event -> {
            assertThat(event.getCode()).isEqualTo("TOO_LARGE");
            assertThat(event.getCommand()).isEqualTo(ByteString.EMPTY);
        });
    }

    @Test
    void whatIsNoCommandIsNotTaken() {
        assertThat(desk.receive(new byte[] {(byte) 0xff}, GROUND)).isFalse();
        assertThat(desk.receive(new byte[0], GROUND)).isFalse();
        assertThat(desk.receive(
                        Command.newBuilder()
                                .setId(ByteString.copyFromUtf8("short"))
                                .build()
                                .toByteArray(),
                        GROUND))
                .isFalse();
    }

    @Test
    void dropsWhatIsTooMuchAtOnceAndTakesItLater() {
        for (int i = 0; i < 65; i++) {
            receive(arm(i));
        }
        for (int i = 0; i < 64; i++) {
            assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(i));
        }
        assertThat(desk.poll()).isEmpty();
        receive(arm(64));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(64));
    }

    @Test
    void rememberingIsBounded() {
        for (int i = 0; i < 5000; i++) {
            receive(arm(i));
            desk.poll();
            desk.report(id(i), COMMAND_STAGE_REFUSED, "NO");
        }
        receive(arm(4999));
        assertThat(desk.poll()).isEmpty();
    }

    private void receive(Command command) {
        assertThat(desk.receive(command.toByteArray(), GROUND)).isTrue();
    }

    private static Command arm(int number) {
        return Command.newBuilder()
                .setId(id(number))
                .setArm(Arm.getDefaultInstance())
                .build();
    }

    private static ByteString id(int number) {
        byte[] id = new byte[16];
        id[0] = (byte) number;
        id[1] = (byte) (number >> 8);
        return ByteString.copyFrom(id);
    }
}
