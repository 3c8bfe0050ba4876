package io.kryla.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the view leaves to protobuf. */
class RecordViewTest {
    private static final long SEED = 20261124;

    private final Sample complete = VehicleSamples.complete(new Random(SEED));
    private final RecordView view = new RecordView();

    @Test
    void theReferenceSampleHas157Bytes() {
        assertThat(complete.getSerializedSize()).isEqualTo(157);
    }

    @Test
    void leavesOtherKindsOfSamplesToProtobuf() {
        Sample event = Sample.newBuilder()
                .setFlightEvent(FlightEvent.newBuilder().setDetail("touchdown"))
                .build();
        assertThat(takes(VehicleSamples.record(7, List.of(complete, event)))).isFalse();
        assertThat(takes(VehicleSamples.record(7, List.of(Sample.getDefaultInstance()))))
                .isFalse();
    }

    @Test
    void leavesFieldsOfAnotherVersionToProtobuf() {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(26, UnknownFieldSet.Field.newBuilder().addFixed32(1).build())
                .build();
        VehicleState state =
                complete.getVehicleState().toBuilder().setUnknownFields(later).build();
        assertThat(takes(VehicleSamples.record(
                        1, List.of(complete.toBuilder().setVehicleState(state).build()))))
                .isFalse();
        assertThat(takes(VehicleSamples.record(1, List.of(complete)).toBuilder()
                        .setUnknownFields(later)
                        .build()))
                .isFalse();
    }

    @Test
    void leavesAnotherOrderToProtobuf() {
        ByteString leafIndex = ByteString.copyFrom(new byte[] {8, 7});
        ByteString samples = VehicleSamples.record(0, List.of(complete)).toByteString();
        byte[] usual = leafIndex.concat(samples).toByteArray();
        byte[] turned = samples.concat(leafIndex).toByteArray();
        assertThat(view.wrap(usual, 0, usual.length)).isTrue();
        assertThat(view.wrap(turned, 0, turned.length)).isFalse();
    }

    @Test
    void takesNoRecordWithoutSamples() {
        assertThat(takes(TelemetryRecord.getDefaultInstance())).isFalse();
        assertThat(takes(VehicleSamples.record(3, List.of()))).isFalse();
    }

    @Test
    void isOnNoRecordAfterOneThatItLeaves() {
        assertThat(takes(VehicleSamples.record(3, List.of(complete)))).isTrue();
        assertThat(view.samples()).isEqualTo(1);
        takes(VehicleSamples.record(3, List.of()));
        assertThat(view.samples()).isZero();
        assertThatThrownBy(() -> view.sample(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTruncationIsLeft() {
        byte[] bytes = VehicleSamples.record(3, List.of(complete)).toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(view.wrap(bytes, 0, length)).as("length " + length).isFalse();
        }
    }

    @Test
    void asksForRotorsThatAreThere() {
        takes(VehicleSamples.record(3, List.of(complete)));
        assertThat(view.sample(0).rotors()).isEqualTo(4);
        assertThatThrownBy(() -> view.sample(0).rotorCommand(4)).hasMessageContaining("rotor: 0 to 3");
    }

    private boolean takes(TelemetryRecord record) {
        byte[] bytes = record.toByteArray();
        return view.wrap(bytes, 0, bytes.length);
    }
}
