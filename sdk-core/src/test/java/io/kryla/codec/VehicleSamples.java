package io.kryla.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.util.List;
import java.util.random.RandomGenerator;

/** Samples in which any field may be absent, and what a view says of them, field by field. */
final class VehicleSamples {
    private static final long[] TIMES = {0, 1, 127, 128, 1_000_000, 3_600_000_000_000L, Long.MAX_VALUE, -1};
    private static final int[] MODES = {0, 1, 4, 7, 99, 127, 128, 300_000};
    private static final float[] FLOATS = {
        0, -0.0f, 1, -1.5f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 3.25e7f
    };

    private VehicleSamples() {}

    /** The reference telemetry: every field there, 157 bytes encoded. */
    static Sample complete(RandomGenerator random) {
        return sample(random, 0, 3_600_000_000_000L, 1 + random.nextInt(7), 4);
    }

    /** Any field absent with that probability. */
    static Sample any(RandomGenerator random, double absent) {
        return sample(
                random,
                absent,
                TIMES[random.nextInt(TIMES.length)],
                MODES[random.nextInt(MODES.length)],
                random.nextInt(9));
    }

    private static Sample sample(RandomGenerator random, double absent, long time, int mode, int rotors) {
        VehicleState.Builder state = VehicleState.newBuilder();
        for (FieldDescriptor field : VehicleState.getDescriptor().getFields()) {
            if (field.isRepeated() || random.nextDouble() < absent) {
                continue;
            }
            switch (field.getJavaType()) {
                case FLOAT -> state.setField(field, absent == 0 ? 0.5f + random.nextFloat() : floatValue(random));
                case DOUBLE -> state.setField(field, absent == 0 ? 0.5 + random.nextDouble() : random.nextGaussian());
                case BOOLEAN -> state.setField(field, true);
                case INT -> state.setField(field, absent == 0 ? 17 : MODES[random.nextInt(MODES.length)]);
                default -> state.setModeValue(mode);
            }
        }
        for (int i = 0; i < rotors; i++) {
            state.addRotorCommands(absent == 0 ? random.nextFloat() : floatValue(random));
        }
        return Sample.newBuilder()
                .setFlightTimeNanos(time)
                .setVehicleState(state)
                .build();
    }

    private static float floatValue(RandomGenerator random) {
        return random.nextBoolean() ? FLOATS[random.nextInt(FLOATS.length)] : (float) random.nextGaussian();
    }

    static TelemetryRecord record(long leafIndex, List<Sample> samples) {
        return TelemetryRecord.newBuilder()
                .setLeafIndex(leafIndex)
                .addAllSamples(samples)
                .build();
    }

    static void assertSame(RecordView view, TelemetryRecord record) {
        assertThat(view.leafIndex()).isEqualTo(record.getLeafIndex());
        assertThat(view.samples()).isEqualTo(record.getSamplesCount());
        for (int i = 0; i < view.samples(); i++) {
            assertThat(view.flightTimeNanos(i)).isEqualTo(record.getSamples(i).getFlightTimeNanos());
            assertSame(view.sample(i), record.getSamples(i));
        }
    }

    private static void assertSame(VehicleSampleView view, Sample sample) {
        VehicleState state = sample.getVehicleState();
        assertThat(sample.hasVehicleState()).isTrue();
        assertThat(view.flightTimeNanos()).isEqualTo(sample.getFlightTimeNanos());
        assertThat(view.modeValue()).isEqualTo(state.getModeValue());
        assertThat(view.mode()).isEqualTo(state.getMode());
        assertThat(view.armed()).isEqualTo(state.getArmed());
        assertThat(view.gnssSatellites()).isEqualTo(state.getGnssSatellites());
        same(view.latitudeRadians(), state.getLatitudeRadians());
        same(view.longitudeRadians(), state.getLongitudeRadians());
        same(view.attitudeW(), state.getAttitudeW());
        same(view.attitudeX(), state.getAttitudeX());
        same(view.attitudeY(), state.getAttitudeY());
        same(view.attitudeZ(), state.getAttitudeZ());
        same(view.bodyRateFrdXRadiansPerSecond(), state.getBodyRateFrdXRadiansPerSecond());
        same(view.bodyRateFrdYRadiansPerSecond(), state.getBodyRateFrdYRadiansPerSecond());
        same(view.bodyRateFrdZRadiansPerSecond(), state.getBodyRateFrdZRadiansPerSecond());
        same(view.velocityNorthMetersPerSecond(), state.getVelocityNorthMetersPerSecond());
        same(view.velocityEastMetersPerSecond(), state.getVelocityEastMetersPerSecond());
        same(view.velocityDownMetersPerSecond(), state.getVelocityDownMetersPerSecond());
        same(view.positionNorthMeters(), state.getPositionNorthMeters());
        same(view.positionEastMeters(), state.getPositionEastMeters());
        same(view.positionDownMeters(), state.getPositionDownMeters());
        same(view.altitudeMslMeters(), state.getAltitudeMslMeters());
        same(view.horizontalPositionSigmaMeters(), state.getHorizontalPositionSigmaMeters());
        same(view.verticalPositionSigmaMeters(), state.getVerticalPositionSigmaMeters());
        same(view.batteryVoltageVolts(), state.getBatteryVoltageVolts());
        same(view.batteryCurrentAmperes(), state.getBatteryCurrentAmperes());
        same(view.batteryRemainingRatio(), state.getBatteryRemainingRatio());
        assertThat(view.rotors()).isEqualTo(state.getRotorCommandsCount());
        for (int rotor = 0; rotor < view.rotors(); rotor++) {
            same(view.rotorCommand(rotor), state.getRotorCommands(rotor));
        }
    }

    private static void same(double read, double expected) {
        assertThat(Double.doubleToRawLongBits(read)).isEqualTo(Double.doubleToRawLongBits(expected));
    }

    private static void same(float read, float expected) {
        assertThat(Float.floatToRawIntBits(read)).isEqualTo(Float.floatToRawIntBits(expected));
    }
}
