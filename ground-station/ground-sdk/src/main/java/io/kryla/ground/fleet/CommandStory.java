package io.kryla.ground.fleet;

import io.kryla.v1.CommandEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a flight log has shown of one command so far, and who waits to hear it. Records may arrive in any order: a later
 * stage implies the earlier one. Guarded by {@link PendingCommands}.
 */
final class CommandStory {
    private @Nullable CommandAnswer answer;
    private @Nullable CommandOutcome outcome;
    private double progressRatio;
    private long progressLeaf;
    private @Nullable SentCommand sent;
    private long nextTick;
    private long answerTick;
    private long outcomeTick;

    /** Tells what is known already. */
    void attach(SentCommand command, long nowTick, long answerTicks, long outcomeTicks) {
        sent = command;
        nextTick = nowTick;
        answerTick = nowTick + answerTicks;
        outcomeTick = nowTick + Math.max(answerTicks, outcomeTicks);
        if (answer != null) {
            command.answered(answer);
        }
        if (progressRatio > 0) {
            command.progressed(progressRatio, progressLeaf);
        }
        if (outcome != null) {
            command.ended(outcome);
        }
    }

    @Nullable
    SentCommand sent() {
        return sent;
    }

    boolean waitedFor() {
        return sent != null && outcome == null;
    }

    /** Whether the command has to go out now. */
    boolean transmits(long nowTick, int repeatTicks) {
        if (sent == null || answer != null || nowTick < nextTick) {
            return false;
        }
        nextTick = nowTick + repeatTicks;
        return true;
    }

    void passTime(long nowTick) {
        if (answer == null && nowTick >= answerTick) {
            silence(Silence.DEADLINE);
        } else if (nowTick >= outcomeTick) {
            end(new CommandOutcome.NotHeard(Silence.DEADLINE));
        }
    }

    void observe(CommandEvent event, long leafIndex) {
        switch (event.getStage()) {
            case COMMAND_STAGE_ACCEPTED -> answer(new CommandAnswer.Accepted(leafIndex));
            case COMMAND_STAGE_REFUSED -> {
                answer(new CommandAnswer.Refused(event.getCode(), leafIndex));
                end(new CommandOutcome.Refused(event.getCode(), leafIndex));
            }
            case COMMAND_STAGE_PROGRESS -> {
                answer(new CommandAnswer.Accepted(leafIndex));
                progress(event.getProgressRatio(), leafIndex);
            }
            case COMMAND_STAGE_COMPLETED -> {
                answer(new CommandAnswer.Accepted(leafIndex));
                end(new CommandOutcome.Completed(leafIndex, event.getParametersList()));
            }
            case COMMAND_STAGE_FAILED -> {
                answer(new CommandAnswer.Accepted(leafIndex));
                end(new CommandOutcome.Failed(event.getCode(), leafIndex));
            }
            // Of a newer airframe.
            case COMMAND_STAGE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    /** Nothing more will be heard. */
    void silence(Silence reason) {
        answer(new CommandAnswer.NoAnswer(reason));
        end(new CommandOutcome.NotHeard(reason));
    }

    private void answer(CommandAnswer first) {
        if (answer == null) {
            answer = first;
            if (sent != null) {
                sent.answered(first);
            }
        }
    }

    private void progress(float ratio, long leafIndex) {
        if (outcome == null && ratio > progressRatio && ratio <= 1) {
            progressRatio = ratio;
            progressLeaf = leafIndex;
            if (sent != null) {
                sent.progressed(ratio, leafIndex);
            }
        }
    }

    private void end(CommandOutcome first) {
        if (outcome == null) {
            outcome = first;
            if (sent != null) {
                sent.ended(first);
            }
        }
    }
}
