package io.kryla.factory.provisioning;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;

/**
 * One line of a test plan: the limits of a measurement, both inclusive, and the width of the band inside each limit in
 * which a value still passes, but as MARGINAL. One of the limits may be infinite.
 *
 * @param name as the airframe's self-test knows it
 * @param unit as the airframe must state it; {@code "1"} for a ratio or a count
 */
public record MeasurementLimit(String name, String unit, double lower, double upper, double marginalBand) {
    public MeasurementLimit {
        if (name.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException(
                    "name and unit of a measurement must not be blank: " + name + ", " + unit);
        }
        if (!(lower < upper) || (Double.isInfinite(lower) && Double.isInfinite(upper))) {
            throw new IllegalArgumentException(
                    name + ": lower limit below upper expected, got " + lower + ", " + upper);
        }
        if (!(marginalBand >= 0) || 2 * marginalBand > upper - lower) {
            throw new IllegalArgumentException(name + ": marginal band must fit between the limits: " + marginalBand);
        }
    }

    /** Judges what the airframe measured; a value in another unit, or not a number, fails. */
    Measurement judge(MeasuredValue measured) {
        return measurement(measured.getValue(), outcome(measured));
    }

    /** The measurement that the airframe did not deliver. */
    Measurement missing() {
        return measurement(Double.NaN, MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL);
    }

    private MeasurementOutcome outcome(MeasuredValue measured) {
        double value = measured.getValue();
        if (!measured.getUnit().equals(unit) || !(value >= lower && value <= upper)) {
            return MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL;
        }
        boolean inside = value >= lower + marginalBand && value <= upper - marginalBand;
        return inside ? MeasurementOutcome.MEASUREMENT_OUTCOME_PASS : MeasurementOutcome.MEASUREMENT_OUTCOME_MARGINAL;
    }

    private Measurement measurement(double value, MeasurementOutcome outcome) {
        return Measurement.newBuilder()
                .setName(name)
                .setValue(value)
                .setUnit(unit)
                .setLowerLimit(lower)
                .setUpperLimit(upper)
                .setMarginalBand(marginalBand)
                .setOutcome(outcome)
                .build();
    }
}
