package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.airframe.ParameterDesk.Answer;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Parameter;
import io.kryla.v1.ReadParameters;
import io.kryla.v1.WriteParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParameterDeskTest {
    private final MemoryParameters store = new MemoryParameters();
    private final ParameterDesk desk = new ParameterDesk(store);

    @Test
    void readsInTheOrderAsked() {
        assertThat(read("PITCH_GAIN", "HOVER_THRUST"))
                .isEqualTo(new Answer.Done(List.of(parameter("PITCH_GAIN", 2), parameter("HOVER_THRUST", 0.5))));
    }

    @Test
    void writesAndReadsBack() {
        store.stuck = true;
        assertThat(write(false, parameter("PITCH_GAIN", 3)))
                .as("what the autopilot has, not what was asked for")
                .isEqualTo(new Answer.Done(List.of(parameter("PITCH_GAIN", 2))));
        store.stuck = false;
        assertThat(write(false, parameter("PITCH_GAIN", 3)))
                .isEqualTo(new Answer.Done(List.of(parameter("PITCH_GAIN", 3))));
    }

    @Test
    void writesNothingWhileArmed() {
        assertThat(write(true, parameter("PITCH_GAIN", 3))).isEqualTo(new Answer.Refused("ARMED"));
        assertThat(store.values.get("PITCH_GAIN")).isEqualTo(parameter("PITCH_GAIN", 2));
        assertThat(desk.answer(readCommand(List.of("PITCH_GAIN")), true)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void writesAllOrNone() {
        assertThat(write(false, parameter("PITCH_GAIN", 3), parameter("NOBODYS", 1)))
                .isEqualTo(new Answer.Refused("UNKNOWN_PARAMETER"));
        assertThat(store.values.get("PITCH_GAIN")).isEqualTo(parameter("PITCH_GAIN", 2));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertThat(read()).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read("PITCH_GAIN", "PITCH_GAIN")).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read("")).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read("x".repeat(33))).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read("höhe")).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read(IntStream.range(0, 17).mapToObj(i -> "P" + i).toArray(String[]::new)))
                .isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
        assertThat(read("NOBODYS")).isEqualTo(new Answer.Refused("UNKNOWN_PARAMETER"));
        assertThat(write(false, parameter("PITCH_GAIN", Double.NaN))).isEqualTo(new Answer.Refused("OUT_OF_RANGE"));
    }

    @Test
    void aStoreThatBreaksDownFailsTheCommandAlone() {
        store.broken = true;
        assertThat(read("PITCH_GAIN")).isEqualTo(new Answer.Failed("STORAGE_FAILED"));
    }

    /** What fits a command fits the event that answers it. */
    @Test
    void theLargestAnswerFitsARecord() {
        List<Parameter> largest = Collections.nCopies(16, parameter("N".repeat(32), Math.PI));
        CommandEntry entry =
                new CommandEntry(new ReceivedCommand(readCommand(List.of("N")), Digest.sha256()), ByteString.EMPTY);
        entry.take();
        entry.report(CommandStage.COMMAND_STAGE_ACCEPTED, "");
        assertThat(entry.complete(largest).getSerializedSize()).isLessThan(1_100);
    }

    private Answer read(String... names) {
        return desk.answer(readCommand(List.of(names)), false);
    }

    private static Command readCommand(List<String> names) {
        return Command.newBuilder()
                .setReadParameters(ReadParameters.newBuilder().addAllNames(names))
                .build();
    }

    private Answer write(boolean armed, Parameter... parameters) {
        return desk.answer(
                Command.newBuilder()
                        .setWriteParameters(WriteParameters.newBuilder().addAllParameters(List.of(parameters)))
                        .build(),
                armed);
    }

    private static Parameter parameter(String name, double value) {
        return Parameter.newBuilder().setName(name).setValue(value).build();
    }

    private static final class MemoryParameters implements ParameterStore {
        final TreeMap<String, Parameter> values = new TreeMap<>();
        boolean stuck;
        boolean broken;

        MemoryParameters() {
            values.put("PITCH_GAIN", parameter("PITCH_GAIN", 2));
            values.put("HOVER_THRUST", parameter("HOVER_THRUST", 0.5));
        }

        @Override
        public void write(List<Parameter> parameters) {
            if (!stuck) {
                parameters.forEach(parameter -> values.put(parameter.getName(), parameter));
            }
        }

        @Override
        public List<Parameter> read() {
            if (broken) {
                throw new KrylaException("STORAGE_FAILED", "the medium is gone", false);
            }
            return new ArrayList<>(values.values());
        }
    }
}
