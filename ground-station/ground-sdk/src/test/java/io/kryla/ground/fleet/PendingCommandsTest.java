package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final Command COMMAND =
            Command.newBuilder().setId(ByteString.copyFrom(new byte[16])).build();

    private final PendingCommands commands = new PendingCommands();
    private final List<Command> sent = new ArrayList<>();
    private final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();

    @Test
    void aCommandIsRepeatedUntilItIsAnswered() {
        commands.add(COMMAND, outcome, 0, 1_000);
        for (int tick = 0; tick < 3 * PendingCommands.RETRANSMIT_TICKS; tick++) {
            commands.transmit(tick, sent::add);
        }
        assertThat(sent).hasSize(3).containsOnly(COMMAND);
        commands.observe(event(CommandStage.COMMAND_STAGE_ACCEPTED, ""));
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.Accepted(12));
        commands.transmit(900, sent::add);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aRefusalCarriesTheAirframesCode() {
        commands.add(COMMAND, outcome, 0, 1_000);
        commands.observe(event(CommandStage.COMMAND_STAGE_REFUSED, "NOT_ARMED"));
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.Refused("NOT_ARMED", 12));
    }

    @Test
    void whatBecomesOfItLaterIsNoAnswer() {
        commands.add(COMMAND, outcome, 0, 1_000);
        commands.observe(event(CommandStage.COMMAND_STAGE_COMPLETED, ""));
        assertThat(outcome).isNotDone();
    }

    @Test
    void theDeadlineEndsTheRepetition() {
        commands.add(COMMAND, outcome, 0, 5);
        commands.transmit(4, sent::add);
        assertThat(outcome).isNotDone();
        commands.transmit(5, sent::add);
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.NoAnswer(CommandOutcome.Reason.DEADLINE));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aClosedLinkAnswersNothing() {
        commands.add(COMMAND, outcome, 0, 5);
        commands.abandon();
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.NoAnswer(CommandOutcome.Reason.LINK_CLOSED));
    }

    private static TelemetryRecord event(CommandStage stage, String code) {
        return TelemetryRecord.newBuilder()
                .setLeafIndex(12)
                .addSamples(Sample.newBuilder()
                        .setCommandEvent(CommandEvent.newBuilder()
                                .setCommandId(COMMAND.getId())
                                .setStage(stage)
                                .setCode(code)))
                .build();
    }
}
