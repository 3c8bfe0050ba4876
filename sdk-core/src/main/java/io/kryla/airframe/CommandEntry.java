package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Parameter;
import java.util.List;

/** One command and how far it has come; makes the event of each stage. Guarded by the desk's lock. */
final class CommandEntry {
    enum State {
        WAITING,
        TAKEN,
        ACCEPTED,
        ENDED
    }

    private final ReceivedCommand received;
    private final ByteString bytes;
    private State state = State.WAITING;
    private float progressRatio;

    CommandEntry(ReceivedCommand received, ByteString bytes) {
        this.received = received;
        this.bytes = bytes;
    }

    Command command() {
        return received.command();
    }

    boolean waiting() {
        return state == State.WAITING;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    boolean expired(long flightTimeNanos) {
        long expiry = command().getExpiresAtFlightTimeNanos();
        return expiry != 0 && Long.compareUnsigned(flightTimeNanos, expiry) >= 0;
    }

    ReceivedCommand take() {
        state = State.TAKEN;
        return received;
    }

    /** Before anyone took it. */
    CommandEvent refuse(String code) {
        state = State.ENDED;
        return event(CommandStage.COMMAND_STAGE_REFUSED, code).build();
    }

    CommandEvent report(CommandStage stage, String code) {
        requireFollows(stage);
        state = stage == CommandStage.COMMAND_STAGE_ACCEPTED ? State.ACCEPTED : State.ENDED;
        return event(stage, code).build();
    }

    CommandEvent complete(List<Parameter> parameters) {
        requireFollows(CommandStage.COMMAND_STAGE_COMPLETED);
        state = State.ENDED;
        return event(CommandStage.COMMAND_STAGE_COMPLETED, "")
                .addAllParameters(parameters)
                .build();
    }

    CommandEvent progress(float ratio) {
        requireFollows(CommandStage.COMMAND_STAGE_PROGRESS);
        if (!(ratio >= progressRatio && ratio <= 1)) {
            throw new IllegalArgumentException(
                    "ratio: from " + progressRatio + ", which was reported before, to 1 expected, got " + ratio);
        }
        progressRatio = ratio;
        return event(CommandStage.COMMAND_STAGE_PROGRESS, "")
                .setProgressRatio(ratio)
                .build();
    }

    private void requireFollows(CommandStage stage) {
        boolean follows = switch (stage) {
            case COMMAND_STAGE_ACCEPTED, COMMAND_STAGE_REFUSED -> state == State.TAKEN;
            case COMMAND_STAGE_PROGRESS, COMMAND_STAGE_COMPLETED, COMMAND_STAGE_FAILED -> state == State.ACCEPTED;
            default -> false;
        };
        if (!follows) {
            throw new IllegalArgumentException("stage " + stage + " cannot follow " + state);
        }
    }

    private CommandEvent.Builder event(CommandStage stage, String code) {
        CommandEvent.Builder event = CommandEvent.newBuilder()
                .setCommandId(command().getId())
                .setGroundCertificateSha256(
                        ByteString.copyFrom(received.groundCertificateSha256().bytes()))
                .setStage(stage)
                .setCode(code);
        boolean first = stage == CommandStage.COMMAND_STAGE_ACCEPTED || stage == CommandStage.COMMAND_STAGE_REFUSED;
        if (first && bytes.size() <= CommandDesk.MAX_COMMAND_BYTES) {
            event.setCommand(bytes);
        }
        return event;
    }
}
