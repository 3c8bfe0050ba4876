package io.kryla.hil.report;

import java.util.ArrayList;
import java.util.List;

/** Curves over flight time, with limits drawn over the windows in which they hold and the deciding samples marked. */
final class TimePlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 205;
    private static final int LEFT = 52;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 34;
    private static final int BOTTOM = HEIGHT - 24;

    private final String title;
    private final String unit;
    private final List<Curve> curves;
    private final List<Limit> limits = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Phase> phases;

    /** A value that holds from one time to another. */
    record Limit(double fromSeconds, double toSeconds, double value) {}

    /** A sample that decides a criterion. */
    record Mark(double seconds, double value, boolean missed) {}

    /** Begins when an action was accepted. */
    record Phase(String action, double seconds) {}

    TimePlot(String title, String unit, List<Phase> phases, List<Curve> curves) {
        this.title = title;
        this.unit = unit;
        this.phases = phases;
        this.curves = curves;
    }

    void limit(Limit limit) {
        limits.add(limit);
    }

    void mark(Mark mark) {
        if (Double.isFinite(mark.value())) {
            marks.add(mark);
        }
    }

    String svg() {
        var svg = new Svg(WIDTH, HEIGHT, title);
        double end = curves.stream().mapToDouble(Curve::lastSeconds).max().orElse(1);
        var x = new Scale(0, Math.max(end, 1), LEFT, RIGHT);
        var y = verticalScale();
        axes(svg, x, y);
        for (var phase : phases) {
            svg.line("phase", x.pixel(phase.seconds()), TOP - 12, x.pixel(phase.seconds()), BOTTOM);
        }
        for (var curve : curves) {
            svg.polyline(curve.style(), curve.pixels(x, y));
        }
        for (var limit : limits) {
            svg.line(
                    "limit",
                    x.pixel(limit.fromSeconds()),
                    y.pixel(limit.value()),
                    x.pixel(limit.toSeconds()),
                    y.pixel(limit.value()));
        }
        for (var mark : marks) {
            mark(svg, mark, x.pixel(mark.seconds()), y.pixel(mark.value()));
        }
        phaseNames(svg, x);
        legend(svg);
        return svg.close();
    }

    static void mark(Svg svg, Mark mark, double x, double y) {
        if (mark.missed()) {
            svg.circle("missed", x, y, 6);
            svg.cross("missed", x, y, 3);
        } else {
            svg.circle("met", x, y, 3);
        }
    }

    private Scale verticalScale() {
        double least = 0;
        double most = Double.NEGATIVE_INFINITY;
        boolean first = true;
        for (var curve : curves) {
            if (!curve.isEmpty()) {
                least = first ? curve.least() : Math.min(least, curve.least());
                most = Math.max(most, curve.most());
                first = false;
            }
        }
        for (var limit : limits) {
            least = Math.min(least, limit.value());
            most = Math.max(most, limit.value());
        }
        return first ? new Scale(0, 1, BOTTOM, TOP) : Scale.around(least, most, BOTTOM, TOP);
    }

    private void axes(Svg svg, Scale x, Scale y) {
        svg.rectangle("frame", LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        for (double tick : y.ticks(5)) {
            svg.line("grid", LEFT, y.pixel(tick), RIGHT, y.pixel(tick));
            svg.text("tick-y", LEFT - 5, y.pixel(tick) + 3.5, Svg.number(tick, y.decimals(5)));
        }
        for (double tick : x.ticks(12)) {
            svg.line("grid", x.pixel(tick), TOP, x.pixel(tick), BOTTOM);
            svg.text("tick-x", x.pixel(tick), BOTTOM + 14, Svg.number(tick, x.decimals(12)));
        }
        svg.text("axis", RIGHT, BOTTOM + 14, "s");
        svg.text("title", LEFT, 13, title + " [" + unit + "]");
    }

    /** Where two begin within a few pixels of each other, the later name is left out. */
    private void phaseNames(Svg svg, Scale x) {
        double free = 0;
        for (var phase : phases) {
            double at = x.pixel(phase.seconds()) + 3;
            if (at >= free) {
                svg.text("phase-name", at, TOP - 4, phase.action());
                free = at + 6.0 * phase.action().length();
            }
        }
    }

    private void legend(Svg svg) {
        double at = RIGHT;
        for (int i = curves.size() - 1; i >= 0; i--) {
            var name = curves.get(i).name();
            at -= 6.2 * name.length() + 8;
            svg.text("legend", at, 13, name);
            svg.line(curves.get(i).style(), at - 22, 9.5, at - 5, 9.5);
            at -= 32;
        }
    }
}
