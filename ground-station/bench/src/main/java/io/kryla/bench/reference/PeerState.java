package io.kryla.bench.reference;

import io.dronefleet.mavlink.annotations.MavlinkFieldInfo;
import io.dronefleet.mavlink.annotations.MavlinkMessageBuilder;
import io.dronefleet.mavlink.annotations.MavlinkMessageInfo;
import java.util.List;

/**
 * The reference telemetry as a message of the Java MAVLink library, in the form that its code generator gives to messages:
 * 119 bytes of payload, 144 signed. Public because the library reads it by reflection.
 */
@MavlinkMessageInfo(id = PeerState.ID, crc = 77)
public final class PeerState {
    /** Free in the common dialect. */
    static final int ID = 40_000;

    private final long time;
    private final double latitude;
    private final double longitude;
    private final List<Float> attitude;
    private final List<Float> bodyRate;
    private final List<Float> velocity;
    private final List<Float> position;
    private final float altitude;
    private final List<Float> sigma;
    private final List<Float> battery;
    private final List<Float> rotors;
    private final int mode;
    private final int armed;
    private final int satellites;

    private PeerState(Builder from) {
        time = from.time;
        latitude = from.latitude;
        longitude = from.longitude;
        attitude = from.attitude;
        bodyRate = from.bodyRate;
        velocity = from.velocity;
        position = from.position;
        altitude = from.altitude;
        sigma = from.sigma;
        battery = from.battery;
        rotors = from.rotors;
        mode = from.mode;
        armed = from.armed;
        satellites = from.satellites;
    }

    @MavlinkMessageBuilder
    public static Builder builder() {
        return new Builder();
    }

    @MavlinkFieldInfo(position = 1, unitSize = 8)
    public long time() {
        return time;
    }

    @MavlinkFieldInfo(position = 2, unitSize = 8)
    public double latitude() {
        return latitude;
    }

    @MavlinkFieldInfo(position = 3, unitSize = 8)
    public double longitude() {
        return longitude;
    }

    @MavlinkFieldInfo(position = 4, unitSize = 4, arraySize = 4)
    public List<Float> attitude() {
        return attitude;
    }

    @MavlinkFieldInfo(position = 5, unitSize = 4, arraySize = 3)
    public List<Float> bodyRate() {
        return bodyRate;
    }

    @MavlinkFieldInfo(position = 6, unitSize = 4, arraySize = 3)
    public List<Float> velocity() {
        return velocity;
    }

    @MavlinkFieldInfo(position = 7, unitSize = 4, arraySize = 3)
    public List<Float> position() {
        return position;
    }

    @MavlinkFieldInfo(position = 8, unitSize = 4)
    public float altitude() {
        return altitude;
    }

    @MavlinkFieldInfo(position = 9, unitSize = 4, arraySize = 2)
    public List<Float> sigma() {
        return sigma;
    }

    @MavlinkFieldInfo(position = 10, unitSize = 4, arraySize = 3)
    public List<Float> battery() {
        return battery;
    }

    @MavlinkFieldInfo(position = 11, unitSize = 4, arraySize = 4)
    public List<Float> rotors() {
        return rotors;
    }

    @MavlinkFieldInfo(position = 12, unitSize = 1)
    public int mode() {
        return mode;
    }

    @MavlinkFieldInfo(position = 13, unitSize = 1)
    public int armed() {
        return armed;
    }

    @MavlinkFieldInfo(position = 14, unitSize = 1)
    public int satellites() {
        return satellites;
    }

    /** As the library expects it. */
    public static final class Builder {
        private long time;
        private double latitude;
        private double longitude;
        private List<Float> attitude = List.of();
        private List<Float> bodyRate = List.of();
        private List<Float> velocity = List.of();
        private List<Float> position = List.of();
        private float altitude;
        private List<Float> sigma = List.of();
        private List<Float> battery = List.of();
        private List<Float> rotors = List.of();
        private int mode;
        private int armed;
        private int satellites;

        private Builder() {}

        @MavlinkFieldInfo(position = 1, unitSize = 8)
        public Builder time(long value) {
            time = value;
            return this;
        }

        @MavlinkFieldInfo(position = 2, unitSize = 8)
        public Builder latitude(double value) {
            latitude = value;
            return this;
        }

        @MavlinkFieldInfo(position = 3, unitSize = 8)
        public Builder longitude(double value) {
            longitude = value;
            return this;
        }

        @MavlinkFieldInfo(position = 4, unitSize = 4, arraySize = 4)
        public Builder attitude(List<Float> value) {
            attitude = value;
            return this;
        }

        @MavlinkFieldInfo(position = 5, unitSize = 4, arraySize = 3)
        public Builder bodyRate(List<Float> value) {
            bodyRate = value;
            return this;
        }

        @MavlinkFieldInfo(position = 6, unitSize = 4, arraySize = 3)
        public Builder velocity(List<Float> value) {
            velocity = value;
            return this;
        }

        @MavlinkFieldInfo(position = 7, unitSize = 4, arraySize = 3)
        public Builder position(List<Float> value) {
            position = value;
            return this;
        }

        @MavlinkFieldInfo(position = 8, unitSize = 4)
        public Builder altitude(float value) {
            altitude = value;
            return this;
        }

        @MavlinkFieldInfo(position = 9, unitSize = 4, arraySize = 2)
        public Builder sigma(List<Float> value) {
            sigma = value;
            return this;
        }

        @MavlinkFieldInfo(position = 10, unitSize = 4, arraySize = 3)
        public Builder battery(List<Float> value) {
            battery = value;
            return this;
        }

        @MavlinkFieldInfo(position = 11, unitSize = 4, arraySize = 4)
        public Builder rotors(List<Float> value) {
            rotors = value;
            return this;
        }

        @MavlinkFieldInfo(position = 12, unitSize = 1)
        public Builder mode(int value) {
            mode = value;
            return this;
        }

        @MavlinkFieldInfo(position = 13, unitSize = 1)
        public Builder armed(int value) {
            armed = value;
            return this;
        }

        @MavlinkFieldInfo(position = 14, unitSize = 1)
        public Builder satellites(int value) {
            satellites = value;
            return this;
        }

        public PeerState build() {
            return new PeerState(this);
        }
    }
}
