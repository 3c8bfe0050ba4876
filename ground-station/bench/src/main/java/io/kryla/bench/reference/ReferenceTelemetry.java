package io.kryla.bench.reference;

import io.kryla.codec.VehicleSample;
import io.kryla.codec.VehicleSampleView;
import io.kryla.v1.FlightMode;
import java.util.List;

/** The telemetry that is measured: every field set, {@value #SAMPLE_BYTES} bytes a sample. */
public final class ReferenceTelemetry {
    public static final int SAMPLE_BYTES = 157;

    /** So many fit a datagram. */
    public static final int SAMPLES_PER_DATAGRAM = 7;

    /** Flight time from one sample to the next: that of two million a second, so that batches and checkpoints are full. */
    private static final long STEP_NANOS = 500;
    /** An hour into the flight, so that times have the length they usually have. */
    private static final long TAKE_OFF_NANOS = 3_600_000_000_000L;

    private ReferenceTelemetry() {}

    /** Fills in sample number {@code index}; no value repeats from one to the next. */
    public static VehicleSample fill(VehicleSample sample, long index) {
        float value = 0.5f + (index & 0xffff) * 1e-5f;
        return sample.flightTimeNanos(TAKE_OFF_NANOS + index * STEP_NANOS)
                .mode(FlightMode.FLIGHT_MODE_MISSION)
                .armed(true)
                .attitude(value, 1 - value, value, 1 - value)
                .bodyRateFrdRadiansPerSecond(value, value, value)
                .velocityNedMetersPerSecond(value, value, value)
                .positionNedMeters(value, value, value)
                .geodetic(0.8 + value * 1e-6, 0.2 + value * 1e-6, value)
                .positionSigmaMeters(value, value)
                .battery(16.2f, value, value)
                .gnssSatellites(17)
                .rotors(4)
                .rotorCommand(0, value)
                .rotorCommand(1, value)
                .rotorCommand(2, value)
                .rotorCommand(3, value);
    }

    /** Reads every field, as a subscriber who needs all of them does. */
    public static double readAll(VehicleSampleView sample) {
        double sum = sample.flightTimeNanos() + sample.modeValue() + (sample.armed() ? 1 : 0);
        sum += sample.attitudeW() + sample.attitudeX() + sample.attitudeY() + sample.attitudeZ();
        sum += sample.bodyRateFrdXRadiansPerSecond()
                + sample.bodyRateFrdYRadiansPerSecond()
                + sample.bodyRateFrdZRadiansPerSecond();
        sum += sample.velocityNorthMetersPerSecond()
                + sample.velocityEastMetersPerSecond()
                + sample.velocityDownMetersPerSecond();
        sum += sample.positionNorthMeters() + sample.positionEastMeters() + sample.positionDownMeters();
        sum += sample.latitudeRadians() + sample.longitudeRadians() + sample.altitudeMslMeters();
        sum += sample.horizontalPositionSigmaMeters() + sample.verticalPositionSigmaMeters();
        sum += sample.batteryVoltageVolts() + sample.batteryCurrentAmperes() + sample.batteryRemainingRatio();
        sum += sample.gnssSatellites();
        for (int rotor = 0; rotor < sample.rotors(); rotor++) {
            sum += sample.rotorCommand(rotor);
        }
        return sum;
    }

    /** The same values as a message of the peer's: as few fields as they can be put into, which is what it does best. */
    public static PeerState peer(long index) {
        float value = 0.5f + (index & 0xffff) * 1e-5f;
        return PeerState.builder()
                .time(TAKE_OFF_NANOS + index * STEP_NANOS)
                .latitude(0.8 + value * 1e-6)
                .longitude(0.2 + value * 1e-6)
                .attitude(List.of(value, 1 - value, value, 1 - value))
                .bodyRate(List.of(value, value, value))
                .velocity(List.of(value, value, value))
                .position(List.of(value, value, value))
                .altitude(value)
                .sigma(List.of(value, value))
                .battery(List.of(16.2f, value, value))
                .rotors(List.of(value, value, value, value))
                .mode(FlightMode.FLIGHT_MODE_MISSION.getNumber())
                .armed(1)
                .satellites(17)
                .build();
    }
}
