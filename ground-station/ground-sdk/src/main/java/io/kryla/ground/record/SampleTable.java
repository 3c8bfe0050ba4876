package io.kryla.ground.record;

import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.util.stream.IntStream;

/** samples.csv: one row for each vehicle state, units in the columns' names (docs/recording.md). */
final class SampleTable {
    private static final String COLUMNS = "leaf_index,flight_time_seconds,mode,armed"
            + ",attitude_w,attitude_x,attitude_y,attitude_z"
            + ",body_rate_frd_x_radians_per_second,body_rate_frd_y_radians_per_second,body_rate_frd_z_radians_per_second"
            + ",velocity_north_meters_per_second,velocity_east_meters_per_second,velocity_down_meters_per_second"
            + ",position_north_meters,position_east_meters,position_down_meters"
            + ",latitude_radians,longitude_radians,altitude_msl_meters"
            + ",horizontal_position_sigma_meters,vertical_position_sigma_meters"
            + ",battery_voltage_volts,battery_current_amperes,battery_remaining_ratio,gnss_satellites";

    private final int rotors;
    private final CsvLine line = new CsvLine();

    /** @param rotors how many rotor commands a row has at most */
    SampleTable(int rotors) {
        this.rotors = rotors;
    }

    String header() {
        StringBuilder header = new StringBuilder(COLUMNS);
        IntStream.rangeClosed(1, rotors)
                .forEach(rotor -> header.append(",rotor_").append(rotor).append("_command_ratio"));
        return header.append("\r\n").toString();
    }

    CharSequence row(AttestedRecord record, Sample sample) {
        VehicleState state = sample.getVehicleState();
        line.clear();
        line.number(record.leafIndex())
                .seconds(sample.getFlightTimeNanos())
                .text(mode(state))
                .flag(state.getArmed())
                .number(state.getAttitudeW())
                .number(state.getAttitudeX())
                .number(state.getAttitudeY())
                .number(state.getAttitudeZ())
                .number(state.getBodyRateFrdXRadiansPerSecond())
                .number(state.getBodyRateFrdYRadiansPerSecond())
                .number(state.getBodyRateFrdZRadiansPerSecond())
                .number(state.getVelocityNorthMetersPerSecond())
                .number(state.getVelocityEastMetersPerSecond())
                .number(state.getVelocityDownMetersPerSecond())
                .number(state.getPositionNorthMeters())
                .number(state.getPositionEastMeters())
                .number(state.getPositionDownMeters())
                .number(state.getLatitudeRadians())
                .number(state.getLongitudeRadians())
                .number(state.getAltitudeMslMeters())
                .number(state.getHorizontalPositionSigmaMeters())
                .number(state.getVerticalPositionSigmaMeters())
                .number(state.getBatteryVoltageVolts())
                .number(state.getBatteryCurrentAmperes())
                .number(state.getBatteryRemainingRatio())
                .number(Integer.toUnsignedLong(state.getGnssSatellites()));
        for (int rotor = 0; rotor < rotors; rotor++) {
            if (rotor < state.getRotorCommandsCount()) {
                line.number(state.getRotorCommands(rotor));
            } else {
                line.blank();
            }
        }
        return line.end();
    }

    private static String mode(VehicleState state) {
        return EventTable.name(state.getModeValue(), state.getMode(), "FLIGHT_MODE_");
    }
}
