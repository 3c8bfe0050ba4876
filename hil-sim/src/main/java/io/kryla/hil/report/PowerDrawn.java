package io.kryla.hil.report;

import io.kryla.hil.verdict.TelemetryTrack;
import java.util.Optional;

/**
 * What a flight took out of its battery, by the airframe's own sensor: voltage times current, by the trapezoidal rule between
 * its samples.
 *
 * @param chargeRatio what was left of a full charge at the end, 0 to 1
 */
record PowerDrawn(double wattHours, double peakWatts, double chargeRatio) {
    private static final double NANOS_PER_HOUR = 3.6e12;

    /** Empty when the flight has no reading of its battery. */
    static Optional<PowerDrawn> of(TelemetryTrack telemetry) {
        var times = telemetry.trajectory();
        double wattNanos = 0;
        double peak = 0;
        int last = -1;
        for (int i = 0; i < times.size(); i++) {
            if (!measured(telemetry, i)) {
                continue;
            }
            peak = Math.max(peak, watts(telemetry, i));
            if (last >= 0) {
                wattNanos += (watts(telemetry, last) + watts(telemetry, i))
                        / 2
                        * (times.timeNanos(i) - times.timeNanos(last));
            }
            last = i;
        }
        return last < 0
                ? Optional.empty()
                : Optional.of(new PowerDrawn(wattNanos / NANOS_PER_HOUR, peak, telemetry.chargeRatio(last)));
    }

    /** False before the first reading of the battery, and where the airframe gives a number that is none. */
    static boolean measured(TelemetryTrack telemetry, int i) {
        return telemetry.batteryVolts(i) > 0
                && Double.isFinite(watts(telemetry, i))
                && Double.isFinite(telemetry.chargeRatio(i));
    }

    static double watts(TelemetryTrack telemetry, int i) {
        return telemetry.batteryVolts(i) * telemetry.batteryAmperes(i);
    }

    String shown() {
        return Svg.number(wattHours, 2) + " Wh drawn, peak " + Svg.number(peakWatts, 0) + " W, "
                + Svg.number(chargeRatio * 100, 0) + " % charge left";
    }
}
