package io.kryla.hil.verdict;

import com.google.protobuf.ByteString;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the airframe said of itself over one flight: the samples of a verified flight log, in their order. That the log is
 * whole is the verifier's word; that it begins and ends is checked here.
 */
public final class TelemetryTrack {
    /** Between two vehicle states of a healthy airframe. */
    public static final long INTERVAL_NANOS = 20_000_000;

    private final Trajectory trajectory;
    private final float[] batteryVolts;
    private final float[] batteryAmperes;
    private final float[] chargeRatios;
    private final List<List<Float>> rotorCommands;
    private final List<StagedCommand> commands;
    private final List<FailsafeEvent> failsafes;
    private final OptionalLong disarmedNanos;
    private final boolean endsDisarmed;
    private final LogCloseReason closed;
    private final boolean opened;
    private final long endNanos;

    /** A stage that the airframe reported of a command. */
    record StagedCommand(ByteString id, CommandStage stage, String code, long timeNanos) {}

    /** What the airframe did on its own. */
    record FailsafeEvent(String code, long timeNanos) {}

    private TelemetryTrack(Collector from) {
        this.failsafes = List.copyOf(from.failsafes);
        this.trajectory = from.trajectory.build();
        this.batteryVolts = array(from.batteryVolts);
        this.batteryAmperes = array(from.batteryAmperes);
        this.chargeRatios = array(from.chargeRatios);
        this.rotorCommands = List.copyOf(from.rotorCommands);
        this.commands = List.copyOf(from.commands);
        this.disarmedNanos = from.disarmedNanos;
        this.endsDisarmed = !from.armed;
        this.closed = from.closed;
        this.opened = from.opened;
        this.endNanos = from.lastNanos;
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /** Takes the samples of a flight log; what no airframe sends is refused with {@link RecordingException}. */
    public static TelemetryTrack of(Iterable<Sample> samples) {
        var collector = new Collector();
        samples.forEach(collector::add);
        return new TelemetryTrack(collector);
    }

    public Trajectory trajectory() {
        return trajectory;
    }

    /** At the i-th state of the trajectory. */
    public double batteryVolts(int i) {
        return batteryVolts[i];
    }

    /** At the i-th state of the trajectory; positive while the battery gives. */
    public double batteryAmperes(int i) {
        return batteryAmperes[i];
    }

    /** At the i-th state of the trajectory: what is left of a full charge, 0 to 1. */
    public double chargeRatio(int i) {
        return chargeRatios[i];
    }

    /** At the i-th state of the trajectory: 0 to 1, in the order of the vehicle's rotors. */
    public List<Float> rotorCommands(int i) {
        return rotorCommands.get(i);
    }

    /** Flight time of the last sample. */
    public long endNanos() {
        return endNanos;
    }

    /** Whether the log has both its ends: only then can anything be concluded from what it does not hold. */
    boolean whole() {
        return opened && closed != LogCloseReason.LOG_CLOSE_REASON_UNSPECIFIED;
    }

    /** In their order. */
    List<FailsafeEvent> failsafes() {
        return failsafes;
    }

    boolean endsDisarmed() {
        return endsDisarmed;
    }

    LogCloseReason closed() {
        return closed;
    }

    /** When it was last disarmed. */
    OptionalLong disarmedNanos() {
        return disarmedNanos;
    }

    /** The first report of that stage of that command. */
    Optional<StagedCommand> stage(byte[] commandId, CommandStage stage) {
        var id = ByteString.copyFrom(commandId);
        return commands.stream()
                .filter(command -> command.stage() == stage && command.id().equals(id))
                .findFirst();
    }

    private static final class Collector {
        final Trajectory.Builder trajectory = new Trajectory.Builder("TELEMETRY");
        final List<Float> batteryVolts = new ArrayList<>();
        final List<Float> batteryAmperes = new ArrayList<>();
        final List<Float> chargeRatios = new ArrayList<>();
        final List<List<Float>> rotorCommands = new ArrayList<>();
        final List<StagedCommand> commands = new ArrayList<>();
        final List<FailsafeEvent> failsafes = new ArrayList<>();
        OptionalLong disarmedNanos = OptionalLong.empty();
        boolean armed;
        boolean opened;
        LogCloseReason closed = LogCloseReason.LOG_CLOSE_REASON_UNSPECIFIED;
        long lastNanos = -1;

        void add(Sample sample) {
            long time = sample.getFlightTimeNanos();
            if (time < lastNanos) {
                throw new RecordingException(
                        "TELEMETRY_INVALID", "flight time goes back at " + time + " ns; record the flight again");
            }
            lastNanos = time;
            switch (sample.getBodyCase()) {
                case LOG_OPENED -> opened = true;
                case VEHICLE_STATE -> add(time, sample.getVehicleState());
                case COMMAND_EVENT -> add(time, sample.getCommandEvent());
                case LOG_CLOSED -> closed = sample.getLogClosed().getReason();
                case FLIGHT_EVENT -> {
                    if (sample.getFlightEvent().getKind() == FlightEventKind.FLIGHT_EVENT_KIND_DISARMED) {
                        disarmedNanos = OptionalLong.of(time);
                    }
                    if (sample.getFlightEvent().getKind() == FlightEventKind.FLIGHT_EVENT_KIND_FAILSAFE) {
                        // What stands behind the code is for people.
                        failsafes.add(new FailsafeEvent(
                                sample.getFlightEvent().getDetail().split(" ", 2)[0], time));
                    }
                }
                case RECEIVER_JOINED, BODY_NOT_SET -> {}
            }
        }

        private void add(long time, CommandEvent event) {
            commands.add(new StagedCommand(event.getCommandId(), event.getStage(), event.getCode(), time));
        }

        private void add(long time, VehicleState state) {
            armed = state.getArmed();
            rotorCommands.add(state.getRotorCommandsList());
            batteryVolts.add(state.getBatteryVoltageVolts());
            batteryAmperes.add(state.getBatteryCurrentAmperes());
            chargeRatios.add(state.getBatteryRemainingRatio());
            trajectory.add(
                    time,
                    state.getPositionNorthMeters(),
                    state.getPositionEastMeters(),
                    state.getPositionDownMeters(),
                    state.getVelocityNorthMetersPerSecond(),
                    state.getVelocityEastMetersPerSecond(),
                    state.getVelocityDownMetersPerSecond(),
                    state.getAttitudeW(),
                    state.getAttitudeX(),
                    state.getAttitudeY(),
                    state.getAttitudeZ());
        }
    }
}
