package io.kryla.ground.fleet;

import static io.kryla.v1.CommandStage.COMMAND_STAGE_ACCEPTED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_COMPLETED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_FAILED;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_PROGRESS;
import static io.kryla.v1.CommandStage.COMMAND_STAGE_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.Metrics;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Hold;
import io.kryla.v1.Land;
import io.kryla.v1.Parameter;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final Command COMMAND = command(1);

    private final PendingCommands commands = new PendingCommands(Runnable::run, new GroundMeters(Metrics.none()));
    private final List<Command> transmitted = new ArrayList<>();
    private final List<Double> progress = new ArrayList<>();

    @Test
    void aCommandIsRepeatedUntilItIsAnswered() {
        SentCommand sent = commands.add(COMMAND, 0, 1_000, 1_000);
        for (int tick = 0; tick < 3 * PendingCommands.RETRANSMIT_TICKS; tick++) {
            commands.transmit(tick, transmitted::add);
        }
        assertThat(transmitted).hasSize(3).containsOnly(COMMAND);
        observe(COMMAND_STAGE_ACCEPTED, "", 12);
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.Accepted(12));
        assertThat(sent.outcome()).isNotDone();
        commands.transmit(900, transmitted::add);
        assertThat(transmitted).hasSize(3);
    }

    @Test
    void acceptanceThenProgressThenOutcome() {
        SentCommand sent = commands.add(COMMAND, 0, 10, 1_000).onProgress((ratio, leaf) -> progress.add(ratio));
        observe(COMMAND_STAGE_ACCEPTED, "", 1);
        observeProgress(0.25f, 2);
        observeProgress(0.75f, 3);
        commands.transmit(500, transmitted::add);
        assertThat(progress).containsExactly(0.25, 0.75);
        assertThat(sent.outcome()).isNotDone();
        commands.observe(record(
                event(COMMAND_STAGE_COMPLETED, "")
                        .addParameters(Parameter.newBuilder().setName("GAIN").setValue(2)),
                4));
        assertThat(sent.outcome())
                .isCompletedWithValue(new CommandOutcome.Completed(
                        4,
                        List.of(Parameter.newBuilder()
                                .setName("GAIN")
                                .setValue(2)
                                .build())));
    }

    @Test
    void recordsMayArriveInAnyOrder() {
        SentCommand sent = commands.add(COMMAND, 0, 10, 1_000).onProgress((ratio, leaf) -> progress.add(ratio));
        observeProgress(0.5f, 3);
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.Accepted(3));
        observeProgress(0.25f, 2);
        observe(COMMAND_STAGE_FAILED, "SUPERSEDED", 4);
        observe(COMMAND_STAGE_ACCEPTED, "", 1);
        observeProgress(0.75f, 5);
        assertThat(progress).containsExactly(0.5);
        assertThat(sent.outcome()).isCompletedWithValue(new CommandOutcome.Failed("SUPERSEDED", 4));
    }

    @Test
    void aRefusalCarriesTheAirframesCode() {
        SentCommand sent = commands.add(COMMAND, 0, 1_000, 1_000);
        observe(COMMAND_STAGE_REFUSED, "NOT_ARMED", 12);
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.Refused("NOT_ARMED", 12));
        assertThat(sent.outcome()).isCompletedWithValue(new CommandOutcome.Refused("NOT_ARMED", 12));
    }

    @Test
    void theFirstDeadlineEndsTheRepetitionAndTheWaiting() {
        SentCommand sent = commands.add(COMMAND, 0, 5, 1_000);
        commands.transmit(4, transmitted::add);
        assertThat(sent.answer()).isNotDone();
        commands.transmit(5, transmitted::add);
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.NoAnswer(Silence.DEADLINE));
        assertThat(sent.outcome()).isCompletedWithValue(new CommandOutcome.NotHeard(Silence.DEADLINE));
        assertThat(transmitted).hasSize(1);
    }

    @Test
    void theSecondDeadlineEndsTheWaitingForTheEnd() {
        SentCommand sent = commands.add(COMMAND, 0, 5, 50);
        observe(COMMAND_STAGE_ACCEPTED, "", 1);
        commands.transmit(49, transmitted::add);
        assertThat(sent.outcome()).isNotDone();
        commands.transmit(50, transmitted::add);
        assertThat(sent.outcome()).isCompletedWithValue(new CommandOutcome.NotHeard(Silence.DEADLINE));
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.Accepted(1));
    }

    @Test
    void aClosedLinkSaysNothingMore() {
        SentCommand sent = commands.add(COMMAND, 0, 5, 5);
        commands.abandon();
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.NoAnswer(Silence.LINK_CLOSED));
        assertThat(commands.add(command(2), 0, 5, 5).outcome())
                .isCompletedWithValue(new CommandOutcome.NotHeard(Silence.LINK_CLOSED));
    }

    @Test
    void theSameCommandAgainIsTheOneUnderWay() {
        SentCommand sent = commands.add(COMMAND, 0, 5, 5);
        assertThat(commands.add(COMMAND, 3, 5, 5)).isSameAs(sent);
        commands.transmit(3, transmitted::add);
        assertThat(transmitted).hasSize(1);
        Command other = COMMAND.toBuilder().setHold(Hold.getDefaultInstance()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> commands.add(other, 3, 5, 5))
                .withMessageContaining("used for another");
    }

    /** As after a restart of the ground, when the log arrives once more. */
    @Test
    void whatTheLogHasAnsweredAlreadyIsAnsweredAtOnceAndNotSent() {
        observe(COMMAND_STAGE_ACCEPTED, "", 1);
        observeProgress(0.5f, 2);
        observe(COMMAND_STAGE_COMPLETED, "", 3);
        SentCommand sent = commands.add(COMMAND, 0, 5, 5).onProgress((ratio, leaf) -> progress.add(ratio));
        assertThat(sent.answer()).isCompletedWithValue(new CommandAnswer.Accepted(1));
        assertThat(sent.outcome()).isCompletedWithValue(new CommandOutcome.Completed(3, List.of()));
        assertThat(progress).containsExactly(0.5);
        commands.transmit(0, transmitted::add);
        assertThat(transmitted).isEmpty();
    }

    @Test
    void aStageOfANewerAirframeIsPassedOver() {
        SentCommand sent = commands.add(COMMAND, 0, 5, 5);
        commands.observe(record(event(COMMAND_STAGE_ACCEPTED, "").setStageValue(99), 1));
        assertThat(sent.answer()).isNotDone();
    }

    @Test
    void howManyAreUnderWayAndRememberedIsBounded() {
        for (int i = 0; i < 256; i++) {
            commands.add(command(i), 0, 5, 5);
        }
        assertThatThrownBy(() -> commands.add(command(256), 0, 5, 5)).hasMessageContaining("256 commands");
        commands.transmit(5, transmitted::add);
        SentCommand first = commands.add(command(256), 6, 5, 5);
        for (int i = 300; i < 2_000; i++) {
            commands.observe(
                    record(CommandEvent.newBuilder().setCommandId(id(i)).setStage(COMMAND_STAGE_REFUSED), i));
        }
        assertThat(commands.add(command(256), 6, 5, 5))
                .as("one under way is not forgotten")
                .isSameAs(first);
        assertThat(commands.add(command(300), 6, 5, 5).answer())
                .as("an old one is")
                .isNotDone();
    }

    private void observe(CommandStage stage, String code, long leafIndex) {
        commands.observe(record(event(stage, code), leafIndex));
    }

    private void observeProgress(float ratio, long leafIndex) {
        commands.observe(record(event(COMMAND_STAGE_PROGRESS, "").setProgressRatio(ratio), leafIndex));
    }

    private static CommandEvent.Builder event(CommandStage stage, String code) {
        return CommandEvent.newBuilder()
                .setCommandId(COMMAND.getId())
                .setStage(stage)
                .setCode(code);
    }

    private static TelemetryRecord record(CommandEvent.Builder event, long leafIndex) {
        return TelemetryRecord.newBuilder()
                .setLeafIndex(leafIndex)
                .addSamples(Sample.newBuilder().setCommandEvent(event))
                .build();
    }

    private static Command command(int number) {
        return Command.newBuilder()
                .setId(id(number))
                .setLand(Land.getDefaultInstance())
                .build();
    }

    private static ByteString id(int number) {
        byte[] id = new byte[16];
        id[14] = (byte) (number >> 8);
        id[15] = (byte) number;
        return ByteString.copyFrom(id);
    }
}
