package io.kryla.codec;

import io.kryla.v1.FlightMode;

/**
 * One sample of the vehicle's state, read in place from the record of a {@link RecordView}: no value is copied before it is
 * asked for, nothing is allocated. Valid only until the record view moves to another sample or record. Names and units
 * are those of {@code VehicleState} in telemetry.proto. Not thread-safe.
 */
public final class VehicleSampleView {
    private byte[] bytes = {};
    private short[] offsets = {};
    private int slot;
    private int start;
    private int end;
    private boolean complete;
    private long flightTimeNanos;

    VehicleSampleView() {}

    void moveTo(byte[] bytes, int start, int end, long flightTimeNanos) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.flightTimeNanos = flightTimeNanos;
        this.complete = true;
    }

    void moveTo(byte[] bytes, int start, int end, long flightTimeNanos, short[] offsets, int slot) {
        moveTo(bytes, start, end, flightTimeNanos);
        this.offsets = offsets;
        this.slot = slot;
        this.complete = false;
    }

    /** Since boot, on the flight clock. */
    public long flightTimeNanos() {
        return flightTimeNanos;
    }

    public FlightMode mode() {
        FlightMode known = FlightMode.forNumber(varintAt(VehicleLayout.MODE));
        return known == null ? FlightMode.UNRECOGNIZED : known;
    }

    public int modeValue() {
        return varintAt(VehicleLayout.MODE);
    }

    public boolean armed() {
        return placeOf(VehicleLayout.ARMED) != 0;
    }

    public float attitudeW() {
        return floatAt(3);
    }

    public float attitudeX() {
        return floatAt(4);
    }

    public float attitudeY() {
        return floatAt(5);
    }

    public float attitudeZ() {
        return floatAt(6);
    }

    public float bodyRateFrdXRadiansPerSecond() {
        return floatAt(7);
    }

    public float bodyRateFrdYRadiansPerSecond() {
        return floatAt(8);
    }

    public float bodyRateFrdZRadiansPerSecond() {
        return floatAt(9);
    }

    public float velocityNorthMetersPerSecond() {
        return floatAt(10);
    }

    public float velocityEastMetersPerSecond() {
        return floatAt(11);
    }

    public float velocityDownMetersPerSecond() {
        return floatAt(12);
    }

    public float positionNorthMeters() {
        return floatAt(13);
    }

    public float positionEastMeters() {
        return floatAt(14);
    }

    public float positionDownMeters() {
        return floatAt(15);
    }

    public double latitudeRadians() {
        return doubleAt(VehicleLayout.LATITUDE);
    }

    public double longitudeRadians() {
        return doubleAt(VehicleLayout.LONGITUDE);
    }

    public float altitudeMslMeters() {
        return floatAt(18);
    }

    public float horizontalPositionSigmaMeters() {
        return floatAt(19);
    }

    public float verticalPositionSigmaMeters() {
        return floatAt(20);
    }

    public float batteryVoltageVolts() {
        return floatAt(21);
    }

    public float batteryCurrentAmperes() {
        return floatAt(22);
    }

    public float batteryRemainingRatio() {
        return floatAt(23);
    }

    public int gnssSatellites() {
        return varintAt(VehicleLayout.SATELLITES);
    }

    public int rotors() {
        int at = placeOf(VehicleLayout.ROTORS);
        return at == 0 ? 0 : (end - start - at) / Float.BYTES;
    }

    /** @param rotor from 0 to {@link #rotors} - 1 */
    public float rotorCommand(int rotor) {
        if (rotor < 0 || rotor >= rotors()) {
            throw new IllegalArgumentException("rotor: 0 to " + (rotors() - 1) + " expected, got " + rotor);
        }
        int at = start + placeOf(VehicleLayout.ROTORS) + rotor * Float.BYTES;
        return Float.intBitsToFloat((int) Wire.INT.get(bytes, at));
    }

    private int placeOf(int field) {
        return complete ? VehicleLayout.completeAt(field) : offsets[slot + field];
    }

    private float floatAt(int field) {
        int at = placeOf(field);
        return at == 0 ? 0 : Float.intBitsToFloat((int) Wire.INT.get(bytes, start + at));
    }

    private double doubleAt(int field) {
        int at = placeOf(field);
        return at == 0 ? 0 : Double.longBitsToDouble((long) Wire.LONG.get(bytes, start + at));
    }

    private int varintAt(int field) {
        int at = placeOf(field);
        if (at == 0) {
            return 0;
        }
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[start + at++];
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
