package io.kryla.airframe;

import static io.kryla.v1.CommandStage.COMMAND_STAGE_ACCEPTED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_COMPLETED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_FAILED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_PROGRESS;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.Disarm;
import io.kryla.v1.FlyMission;
import io.kryla.v1.ReadParameters;
import io.kryla.v1.Waypoint;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class CommandDeskTest {
    private static final GroundAuthority GROUND = new GroundAuthority(Digest.sha256(), Role.GROUND);
    private static final GroundAuthority STATION = new GroundAuthority(Digest.sha256(), Role.STATION);

    private final CommandDesk desk = new CommandDesk(true);

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
        assertThat(desk.await(id(2), 0, Duration.ZERO).map(ReceivedCommand::command))
                .contains(arm(2));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(1));
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(3));
        assertThat(desk.await(id(4), 0, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void stagesFollowEachOther() {
        assertThatThrownBy(() -> desk.report(id(1), COMMAND_STAGE_ACCEPTED, ""))
                .hasMessageContaining("none that was received");
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
                .isEqualTo(GROUND.certificateSha256().bytes());
    }

    @Test
    void refusesWhatItDoesNotKnowAndLogsThatOnce() {
        byte[] unknown = Command.newBuilder().setId(id(1)).build().toByteArray();
        desk.receive(unknown, GROUND);
        desk.receive(unknown, GROUND);
        assertThat(desk.takeRefusals(0)).singleElement().satisfies(event -> {
            assertThat(event.getStage()).isEqualTo(COMMAND_STAGE_REFUSED);
            assertThat(event.getCode()).isEqualTo("UNKNOWN_ACTION");
        });
        assertThat(desk.takeRefusals(0)).isEmpty();
        assertThat(desk.poll()).isEmpty();
    }

    @Test
    void aStationReadsAndWritesParametersAndFliesNothing() {
        for (Command.ActionCase action : Command.ActionCase.values()) {
            boolean maintenance =
                    action == Command.ActionCase.READ_PARAMETERS || action == Command.ActionCase.WRITE_PARAMETERS;
            assertThat(CommandRights.permit(Role.STATION, action)).isEqualTo(maintenance);
            assertThat(CommandRights.permit(Role.GROUND, action))
                    .isEqualTo(action != Command.ActionCase.ACTION_NOT_SET);
            assertThat(CommandRights.permit(Role.TECHNICIAN, action)).isFalse();
        }
        desk.receive(arm(1).toByteArray(), STATION);
        assertThat(desk.takeRefusals(0))
                .singleElement()
                .extracting(CommandEvent::getCode)
                .isEqualTo("NOT_AUTHORISED");
        assertThat(desk.poll()).isEmpty();
    }

    @Test
    void aCommandThatHasExpiredIsRefusedAndNotGivenOut() {
        receive(arm(1).toBuilder().setExpiresAtFlightTimeNanos(1_000).build());
        receive(arm(2).toBuilder().setExpiresAtFlightTimeNanos(2_000).build());
        assertThat(desk.takeRefusals(999)).isEmpty();
        assertThat(desk.await(id(1), 1_000, Duration.ZERO)).isEmpty();
        assertThat(desk.takeRefusals(1_000)).singleElement().satisfies(event -> {
            assertThat(event.getCommandId()).isEqualTo(id(1));
            assertThat(event.getCode()).isEqualTo("EXPIRED");
        });
        assertThat(desk.poll().map(ReceivedCommand::command).map(Command::getId))
                .contains(id(2));
        assertThat(desk.takeRefusals(5_000))
                .as("one that was taken does not expire")
                .isEmpty();
    }

    @Test
    void progressGoesOnlyForward() {
        receive(arm(1));
        desk.poll();
        assertThatThrownBy(() -> desk.progress(id(1), 0.5f)).hasMessageContaining("cannot follow TAKEN");
        desk.report(id(1), COMMAND_STAGE_ACCEPTED, "");
        CommandEvent half = desk.progress(id(1), 0.5f);
        assertThat(half.getStage()).isEqualTo(COMMAND_STAGE_PROGRESS);
        assertThat(half.getProgressRatio()).isEqualTo(0.5f);
        assertThatThrownBy(() -> desk.progress(id(1), 0.4f)).hasMessageContaining("from 0.5");
        assertThatThrownBy(() -> desk.progress(id(1), 1.1f)).hasMessageContaining("got 1.1");
        assertThatThrownBy(() -> desk.progress(id(1), Float.NaN)).hasMessageContaining("NaN");
        desk.report(id(1), COMMAND_STAGE_COMPLETED, "");
        assertThatThrownBy(() -> desk.progress(id(1), 1)).hasMessageContaining("cannot follow ENDED");
    }

    @Test
    void parameterCommandsAreTheAgentsAndUnknownWithoutAStore() {
        Command read = Command.newBuilder()
                .setId(id(1))
                .setReadParameters(ReadParameters.newBuilder().addNames("GAIN"))
                .build();
        receive(read);
        assertThat(desk.poll()).isEmpty();
        assertThat(desk.pollMaintenance().map(ReceivedCommand::command)).contains(read);
        CommandDesk without = new CommandDesk(false);
        without.receive(read.toByteArray(), GROUND);
        assertThat(without.takeRefusals(0))
                .singleElement()
                .extracting(CommandEvent::getCode)
                .isEqualTo("UNKNOWN_ACTION");
    }

    @Test
    void anIdThatCameWithOtherBytesChangesNothing() {
        receive(arm(1));
        receive(Command.newBuilder()
                .setId(id(1))
                .setDisarm(Disarm.getDefaultInstance())
                .build());
        assertThat(desk.poll().map(ReceivedCommand::command)).contains(arm(1));
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
        assertThat(desk.takeRefusals(0)).singleElement().satisfies(event -> {
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
