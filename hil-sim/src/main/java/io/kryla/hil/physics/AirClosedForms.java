package io.kryla.hil.physics;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.closedform.ClosedFormCheck;
import java.util.ArrayList;
import java.util.List;

/** The air: table values of the standard atmosphere, and what a day of gusts amounts to at two periods a decade apart. */
public final class AirClosedForms {
    private static final double HEIGHT_METERS = 30;
    private static final double WIND = 10;
    private static final double SHAPE = 0.177 + 0.000823 * HEIGHT_METERS / 0.3048;
    private static final double VERTICAL_SIGMA = 0.1 * WIND;
    private static final double HORIZONTAL_SIGMA = VERTICAL_SIGMA / StrictMath.pow(SHAPE, 0.4);
    private static final double HORIZONTAL_LENGTH_METERS = HEIGHT_METERS / StrictMath.pow(SHAPE, 1.2);
    private static final String FORM = "MIL-F-8785C §3.7.3.4, at 30 m in 10 m/s";

    private final List<ClosedFormCheck> checks = new ArrayList<>();

    private AirClosedForms() {}

    public static List<ClosedFormCheck> all() {
        var forms = new AirClosedForms();
        forms.atmosphere();
        forms.gusts(0.02);
        forms.gusts(0.2);
        return List.copyOf(forms.checks);
    }

    private void add(
            String subject,
            String quantity,
            String unit,
            double expected,
            double measured,
            double tolerance,
            String source) {
        checks.add(new ClosedFormCheck(subject, quantity, unit, expected, measured, tolerance, source));
    }

    private void atmosphere() {
        String source = "ISO 2533, table";
        add("air at 1,000 m", "pressure", "Pa", 89_874.6, StandardAtmosphere.pressurePascals(1_000), 0.5, source);
        add("air at 5,000 m", "pressure", "Pa", 54_019.9, StandardAtmosphere.pressurePascals(5_000), 0.5, source);
        add(
                "air at 1,000 m",
                "density",
                "kg/m³",
                1.11164,
                ClosedFormWorlds.DENSITY * StandardAtmosphere.densityRatio(1_000),
                2e-5,
                source);
        add(
                "air at 5,000 m",
                "density",
                "kg/m³",
                0.73612,
                ClosedFormWorlds.DENSITY * StandardAtmosphere.densityRatio(5_000),
                2e-5,
                source);
        add("air at 5,000 m", "temperature", "K", 255.65, StandardAtmosphere.temperatureKelvin(5_000), 1e-9, source);
    }

    private void gusts(double period) {
        var turbulence = new DrydenTurbulence(WIND, new RandomStreams(7), period);
        int samples = (int) StrictMath.round(100_000 / period);
        double[] along = new double[samples];
        double[] across = new double[samples];
        double[] vertical = new double[samples];
        for (int i = 0; i < samples; i++) {
            turbulence.advance(HEIGHT_METERS, WIND, 0);
            along[i] = turbulence.northMetersPerSecond();
            across[i] = turbulence.eastMetersPerSecond();
            vertical[i] = turbulence.downMetersPerSecond();
        }
        String subject = "Dryden gusts at a period of " + period + " s";
        add(subject, "sigma along", "m/s", HORIZONTAL_SIGMA, sigma(along), HORIZONTAL_SIGMA * 0.05, FORM);
        add(subject, "sigma across", "m/s", HORIZONTAL_SIGMA, sigma(across), HORIZONTAL_SIGMA * 0.05, FORM);
        add(subject, "sigma vertical", "m/s", VERTICAL_SIGMA, sigma(vertical), VERTICAL_SIGMA * 0.05, FORM);
        int horizontal = (int) StrictMath.round(HORIZONTAL_LENGTH_METERS / WIND / period);
        int upward = (int) StrictMath.round(HEIGHT_METERS / WIND / period);
        double once = StrictMath.exp(-1);
        String length = "transform of the spectrum: e^(−x/L), across and vertical times 1 − x/2L";
        add(subject, "correlation along at one length", "1", once, correlation(along, horizontal), 0.05, length);
        add(subject, "correlation across at one length", "1", once / 2, correlation(across, horizontal), 0.05, length);
        add(subject, "correlation vertical at one length", "1", once / 2, correlation(vertical, upward), 0.05, length);
        add(subject, "correlation vertical at two lengths", "1", 0, correlation(vertical, 2 * upward), 0.05, length);
    }

    private static double sigma(double[] x) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        return Math.sqrt(squares / x.length);
    }

    private static double correlation(double[] x, int lag) {
        double sum = 0;
        for (int i = lag; i < x.length; i++) {
            sum += x[i] * x[i - lag];
        }
        double sigma = sigma(x);
        return sum / (x.length - lag) / (sigma * sigma);
    }
}
