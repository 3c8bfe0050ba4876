package io.kryla.codec;

import io.kryla.v1.FlightMode;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.util.Arrays;

/**
 * A sample of the vehicle's state on its way out: filled by the flight loop, encoded, filled again; one reused object that
 * allocates nothing. Its bytes are those that protobuf writes for the same {@code Sample}. Names and units are those of
 * {@code VehicleState} in telemetry.proto. What is not set since {@link #clear} is 0 and is not encoded. Not thread-safe.
 */
public final class VehicleSample {
    /** More rotors than this are none of ours; keeps the length of a state below 2^14. */
    public static final int MOST_ROTORS = 64;

    /** No sample is longer, tag and length within a record included. */
    public static final int MOST_BYTES = 512;

    private static final int SAMPLES_TAG = Wire.tag(2, Wire.LENGTH);
    private static final int STATE_TAG = Wire.tag(2, Wire.LENGTH);

    /** Raw bits by field number; 0 is what protobuf leaves out, so that -0.0 is written. */
    private final int[] floats = new int[VehicleLayout.LAST_FLOAT + 1];

    private final int[] rotors = new int[MOST_ROTORS];
    private long flightTimeNanos;
    private int mode;
    private boolean armed;
    private long latitude;
    private long longitude;
    private int satellites;
    private int rotorCount;

    /** All fields as if they had never been set. */
    public VehicleSample clear() {
        Arrays.fill(floats, 0);
        flightTimeNanos = 0;
        mode = 0;
        armed = false;
        latitude = 0;
        longitude = 0;
        satellites = 0;
        rotorCount = 0;
        return this;
    }

    /** Takes all values of a message whose body is a vehicle state without unknown fields. */
    public VehicleSample set(Sample sample) {
        VehicleState state = sample.getVehicleState();
        boolean known = sample.hasVehicleState()
                && sample.getUnknownFields().asMap().isEmpty()
                && state.getUnknownFields().asMap().isEmpty();
        if (!known) {
            throw new IllegalArgumentException("sample: a vehicle state of this version expected, got a "
                    + sample.getBodyCase() + " or fields of another version");
        }
        clear().flightTimeNanos(sample.getFlightTimeNanos());
        mode = state.getModeValue();
        armed(state.getArmed())
                .attitude(state.getAttitudeW(), state.getAttitudeX(), state.getAttitudeY(), state.getAttitudeZ())
                .bodyRateFrdRadiansPerSecond(
                        state.getBodyRateFrdXRadiansPerSecond(),
                        state.getBodyRateFrdYRadiansPerSecond(),
                        state.getBodyRateFrdZRadiansPerSecond())
                .velocityNedMetersPerSecond(
                        state.getVelocityNorthMetersPerSecond(),
                        state.getVelocityEastMetersPerSecond(),
                        state.getVelocityDownMetersPerSecond())
                .positionNedMeters(
                        state.getPositionNorthMeters(), state.getPositionEastMeters(), state.getPositionDownMeters())
                .geodetic(state.getLatitudeRadians(), state.getLongitudeRadians(), state.getAltitudeMslMeters())
                .positionSigmaMeters(state.getHorizontalPositionSigmaMeters(), state.getVerticalPositionSigmaMeters())
                .battery(
                        state.getBatteryVoltageVolts(),
                        state.getBatteryCurrentAmperes(),
                        state.getBatteryRemainingRatio())
                .gnssSatellites(state.getGnssSatellites())
                .rotors(state.getRotorCommandsCount());
        for (int i = 0; i < rotorCount; i++) {
            rotorCommand(i, state.getRotorCommands(i));
        }
        return this;
    }

    /** Nanoseconds since boot; never before the sample ahead of it. */
    public VehicleSample flightTimeNanos(long sinceBoot) {
        flightTimeNanos = sinceBoot;
        return this;
    }

    public long flightTimeNanos() {
        return flightTimeNanos;
    }

    /** What the flight controller is doing. */
    public VehicleSample mode(FlightMode flightMode) {
        mode = flightMode.getNumber();
        return this;
    }

    public boolean isArmed() {
        return armed;
    }

    /** Whether motors may turn. */
    public VehicleSample armed(boolean isArmed) {
        armed = isArmed;
        return this;
    }

    /** Rotation from body FRD to world NED, Hamilton, unit norm. */
    public VehicleSample attitude(float w, float x, float y, float z) {
        return three(4, x, y, z).one(3, w);
    }

    /** About forward, right and down. */
    public VehicleSample bodyRateFrdRadiansPerSecond(float x, float y, float z) {
        return three(7, x, y, z);
    }

    /** Over ground. */
    public VehicleSample velocityNedMetersPerSecond(float north, float east, float down) {
        return three(10, north, east, down);
    }

    /** From home. */
    public VehicleSample positionNedMeters(float north, float east, float down) {
        return three(13, north, east, down);
    }

    /** WGS 84, height above mean sea level. */
    public VehicleSample geodetic(double latitudeRadians, double longitudeRadians, float altitudeMslMeters) {
        latitude = Double.doubleToRawLongBits(latitudeRadians);
        longitude = Double.doubleToRawLongBits(longitudeRadians);
        return one(VehicleLayout.ALTITUDE, altitudeMslMeters);
    }

    /** One standard deviation as the estimator states it. */
    public VehicleSample positionSigmaMeters(float horizontal, float vertical) {
        return one(19, horizontal).one(20, vertical);
    }

    /** At the terminals; the ratio is 1 when full. */
    public VehicleSample battery(float volts, float amperes, float remainingRatio) {
        return three(21, volts, amperes, remainingRatio);
    }

    /** In the fix. */
    public VehicleSample gnssSatellites(int count) {
        satellites = count;
        return this;
    }

    /** How many rotor commands there are; each is what was last given for it. */
    public VehicleSample rotors(int count) {
        if (count < 0 || count > MOST_ROTORS) {
            throw new IllegalArgumentException("count: 0 to " + MOST_ROTORS + " rotors expected, got " + count);
        }
        rotorCount = count;
        return this;
    }

    /** Commanded, 0..1, in the order of the vehicle's rotors. */
    public VehicleSample rotorCommand(int rotor, float command) {
        rotors[rotor] = Float.floatToRawIntBits(command);
        return this;
    }

    private VehicleSample one(int field, float value) {
        floats[field] = Float.floatToRawIntBits(value);
        return this;
    }

    private VehicleSample three(int first, float a, float b, float c) {
        return one(first, a).one(first + 1, b).one(first + 2, c);
    }

    /** Length of the encoded {@code Sample}. */
    public int encodedLength() {
        int state = stateLength();
        int time = flightTimeNanos == 0 ? 0 : 1 + Wire.varintLength(flightTimeNanos);
        return time + 1 + Wire.varintLength(state) + state;
    }

    /**
     * Writes the encoded {@code Sample} and returns the offset behind it.
     *
     * @param out with room for {@link #encodedLength} and one byte more
     */
    public int encodeInto(byte[] out, int offset) {
        int at = offset;
        if (flightTimeNanos != 0) {
            out[at] = Wire.tag(1, Wire.VARINT);
            at = Wire.putVarint(out, at + 1, flightTimeNanos);
        }
        out[at] = (byte) STATE_TAG;
        return Wire.putLengthBefore(out, at + 1, encodeState(out, at + 1 + Wire.USUAL_LENGTH_BYTES));
    }

    /**
     * Writes the sample as it stands in a {@code TelemetryRecord}: tag, length, sample.
     *
     * @param out with room for {@link #MOST_BYTES}
     * @return the offset behind it
     */
    public int encodeAsRecordField(byte[] out, int offset) {
        out[offset] = (byte) SAMPLES_TAG;
        return Wire.putLengthBefore(out, offset + 1, encodeInto(out, offset + 1 + Wire.USUAL_LENGTH_BYTES));
    }

    private int stateLength() {
        int length = (mode == 0 ? 0 : 1 + Wire.varintLength(mode)) + (armed ? 2 : 0);
        for (int field = VehicleLayout.FIRST_FLOAT; field <= VehicleLayout.LAST_SHORT_FLOAT; field++) {
            length += floats[field] == 0 ? 0 : 5;
        }
        for (int field = VehicleLayout.ALTITUDE; field <= VehicleLayout.LAST_FLOAT; field++) {
            length += floats[field] == 0 ? 0 : 6;
        }
        length += (latitude == 0 ? 0 : 10) + (longitude == 0 ? 0 : 10);
        length += satellites == 0 ? 0 : 2 + Wire.varintLength(Integer.toUnsignedLong(satellites));
        int rotorBytes = rotorCount * Float.BYTES;
        return rotorCount == 0 ? length : length + 2 + Wire.varintLength(rotorBytes) + rotorBytes;
    }

    private int encodeState(byte[] out, int offset) {
        int at = offset;
        if (mode != 0) {
            out[at] = Wire.tag(VehicleLayout.MODE, Wire.VARINT);
            at = Wire.putVarint(out, at + 1, mode);
        }
        if (armed) {
            out[at++] = Wire.tag(VehicleLayout.ARMED, Wire.VARINT);
            out[at++] = 1;
        }
        for (int field = VehicleLayout.FIRST_FLOAT; field <= VehicleLayout.LAST_SHORT_FLOAT; field++) {
            if (floats[field] != 0) {
                out[at] = Wire.tag(field, Wire.FIXED32);
                Wire.INT.set(out, at + 1, floats[field]);
                at += 5;
            }
        }
        at = putLong(out, at, VehicleLayout.LATITUDE, latitude);
        at = putLong(out, at, VehicleLayout.LONGITUDE, longitude);
        for (int field = VehicleLayout.ALTITUDE; field <= VehicleLayout.LAST_FLOAT; field++) {
            if (floats[field] != 0) {
                at = putTag(out, at, field, Wire.FIXED32);
                Wire.INT.set(out, at, floats[field]);
                at += Integer.BYTES;
            }
        }
        if (satellites != 0) {
            at = putTag(out, at, VehicleLayout.SATELLITES, Wire.VARINT);
            at = Wire.putVarint(out, at, Integer.toUnsignedLong(satellites));
        }
        return rotorCount == 0 ? at : putRotors(out, at);
    }

    private int putRotors(byte[] out, int offset) {
        int at = putTag(out, offset, VehicleLayout.ROTORS, Wire.LENGTH);
        at = Wire.putVarint(out, at, (long) rotorCount * Float.BYTES);
        for (int i = 0; i < rotorCount; i++) {
            Wire.INT.set(out, at, rotors[i]);
            at += Float.BYTES;
        }
        return at;
    }

    private static int putLong(byte[] out, int offset, int field, long bits) {
        if (bits == 0) {
            return offset;
        }
        int at = putTag(out, offset, field, Wire.FIXED64);
        Wire.LONG.set(out, at, bits);
        return at + Long.BYTES;
    }

    /** A tag of two bytes: fields 16 to 31. */
    private static int putTag(byte[] out, int offset, int field, int type) {
        out[offset] = VehicleLayout.low(field, type);
        out[offset + 1] = 1;
        return offset + 2;
    }
}
