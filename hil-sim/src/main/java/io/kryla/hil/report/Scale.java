package io.kryla.hil.report;

import java.util.ArrayList;
import java.util.List;

/** Maps values to pixels, linearly, and finds ticks at 1, 2 or 5 times a power of ten. */
record Scale(double least, double most, double pixelOfLeast, double pixelOfMost) {

    /** A scale over a range that is widened a little, and never empty. */
    static Scale around(double least, double most, double pixelOfLeast, double pixelOfMost) {
        double margin = Math.max((most - least) * 0.06, 1e-3);
        return new Scale(least - margin, most + margin, pixelOfLeast, pixelOfMost);
    }

    double pixel(double value) {
        return pixelOfLeast + (value - least) / (most - least) * (pixelOfMost - pixelOfLeast);
    }

    /** At most about {@code wanted} round values inside the range. */
    List<Double> ticks(int wanted) {
        double step = step(wanted);
        var ticks = new ArrayList<Double>();
        for (double k = Math.ceil(least / step); k * step <= most; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** How many decimals tell two ticks apart. */
    int decimals(int wanted) {
        return (int) Math.max(0, -Math.floor(StrictMath.log10(step(wanted)) + 1e-9));
    }

    private double step(int wanted) {
        double rough = (most - least) / wanted;
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }
}
