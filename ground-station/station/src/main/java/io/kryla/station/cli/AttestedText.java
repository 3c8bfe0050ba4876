package io.kryla.station.cli;

import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One flight log as lines for a person: its state once a second of flight, and everything that happened. */
final class AttestedText {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final String serial;
    private long nextStateNanos;

    AttestedText(String serial) {
        this.serial = serial;
    }

    List<String> linesOf(TelemetryRecord record) {
        List<String> lines = new ArrayList<>();
        for (Sample sample : record.getSamplesList()) {
            if (!sample.hasVehicleState()) {
                lines.add(line(sample, happening(sample)));
            } else if (sample.getFlightTimeNanos() >= nextStateNanos) {
                nextStateNanos = (sample.getFlightTimeNanos() / SECOND_NANOS + 1) * SECOND_NANOS;
                lines.add(line(sample, state(sample.getVehicleState())));
            }
        }
        return lines;
    }

    private String line(Sample sample, String what) {
        return String.format(
                Locale.ROOT, "%s %9.3f s  %s", serial, sample.getFlightTimeNanos() / (double) SECOND_NANOS, what);
    }

    private static String state(VehicleState state) {
        return String.format(
                Locale.ROOT,
                "%-11s %7.2f m above home, %6.2f m north, %6.2f m east, %5.2f V",
                state.getMode().name().replaceFirst("^FLIGHT_MODE_", ""),
                0.0 - state.getPositionDownMeters(),
                state.getPositionNorthMeters(),
                state.getPositionEastMeters(),
                state.getBatteryVoltageVolts());
    }

    private static String happening(Sample sample) {
        switch (sample.getBodyCase()) {
            case FLIGHT_EVENT:
                return sample.getFlightEvent().getKind().name().replaceFirst("^FLIGHT_EVENT_KIND_", "") + " "
                        + printable(sample.getFlightEvent().getDetail());
            case COMMAND_EVENT:
                return "COMMAND "
                        + sample.getCommandEvent().getStage().name().replaceFirst("^COMMAND_STAGE_", "") + " "
                        + printable(sample.getCommandEvent().getCode());
            default:
                return sample.getBodyCase().name();
        }
    }

    /** An airframe's own words reach a terminal without its control characters. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
