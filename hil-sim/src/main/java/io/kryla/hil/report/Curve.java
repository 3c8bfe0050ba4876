package io.kryla.hil.report;

import java.util.ArrayList;
import java.util.List;

/** A quantity over flight time, in seconds and the plot's unit, with the style it is drawn in. */
final class Curve {
    private final String name;
    private final String style;
    private final List<double[]> points = new ArrayList<>();

    Curve(String name, String style) {
        this.name = name;
        this.style = style;
    }

    void add(double seconds, double value) {
        points.add(new double[] {seconds, value});
    }

    String name() {
        return name;
    }

    String style() {
        return style;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    double least() {
        return points.stream().mapToDouble(point -> point[1]).min().orElse(0);
    }

    double most() {
        return points.stream().mapToDouble(point -> point[1]).max().orElse(0);
    }

    double lastSeconds() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1)[0];
    }

    /** The value of the last point at or before a time; NaN before the first. */
    double valueAt(double seconds) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (points.get(middle)[0] <= seconds + 1e-9) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Double.NaN : points.get(low - 1)[1];
    }

    /** As pixels, at most the first, least, greatest and last point of each pixel column: no peak is lost. */
    double[] pixels(Scale x, Scale y) {
        var kept = new ArrayList<double[]>();
        int i = 0;
        while (i < points.size()) {
            int column = (int) x.pixel(points.get(i)[0]);
            int least = i;
            int most = i;
            int end = i;
            while (end < points.size() && (int) x.pixel(points.get(end)[0]) == column) {
                least = points.get(end)[1] < points.get(least)[1] ? end : least;
                most = points.get(end)[1] > points.get(most)[1] ? end : most;
                end++;
            }
            int first = i;
            for (int k = first; k < end; k++) {
                if (k == first || k == least || k == most || k == end - 1) {
                    kept.add(points.get(k));
                }
            }
            i = end;
        }
        double[] pixels = new double[2 * kept.size()];
        for (int k = 0; k < kept.size(); k++) {
            pixels[2 * k] = x.pixel(kept.get(k)[0]);
            pixels[2 * k + 1] = y.pixel(kept.get(k)[1]);
        }
        return pixels;
    }
}
