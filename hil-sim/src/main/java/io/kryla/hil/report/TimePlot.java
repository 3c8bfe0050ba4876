package io.kryla.hil.report;

import java.util.ArrayList;
import java.util.List;

/** Curves over flight time, with limits drawn over the windows in which they hold and the deciding samples marked. */
final class TimePlot implements Plot {
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

    @Override
    public String title() {
        return title;
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public void draw(Drawing out) {
        double end = curves.stream().mapToDouble(Curve::lastSeconds).max().orElse(1);
        var x = new Scale(0, Math.max(end, 1), LEFT, RIGHT);
        var y = verticalScale();
        axes(out, x, y);
        for (var phase : phases) {
            out.line("phase", x.pixel(phase.seconds()), TOP - 12, x.pixel(phase.seconds()), BOTTOM);
        }
        for (var curve : curves) {
            out.polyline(curve.style(), curve.pixels(x, y));
        }
        for (var limit : limits) {
            out.line(
                    "limit",
                    x.pixel(limit.fromSeconds()),
                    y.pixel(limit.value()),
                    x.pixel(limit.toSeconds()),
                    y.pixel(limit.value()));
        }
        for (var mark : marks) {
            mark(out, mark, x.pixel(mark.seconds()), y.pixel(mark.value()));
        }
        phaseNames(out, x);
        legend(out);
    }

    static void mark(Drawing out, Mark mark, double x, double y) {
        if (mark.missed()) {
            out.circle("missed", x, y, 6);
            out.cross("missed", x, y, 3);
        } else {
            out.circle("met", x, y, 3);
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

    private void axes(Drawing out, Scale x, Scale y) {
        out.rectangle("frame", LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        for (double tick : y.ticks(5)) {
            out.line("grid", LEFT, y.pixel(tick), RIGHT, y.pixel(tick));
            out.text("tick-y", LEFT - 5, y.pixel(tick) + 3.5, Svg.number(tick, y.decimals(5)));
        }
        for (double tick : x.ticks(12)) {
            out.line("grid", x.pixel(tick), TOP, x.pixel(tick), BOTTOM);
            out.text("tick-x", x.pixel(tick), BOTTOM + 14, Svg.number(tick, x.decimals(12)));
        }
        out.text("axis", RIGHT, BOTTOM + 14, "s");
        out.text("title", LEFT, 13, title + " [" + unit + "]");
    }

    /** Where two begin within a few pixels of each other, the later name is left out. */
    private void phaseNames(Drawing out, Scale x) {
        double free = 0;
        for (var phase : phases) {
            double at = x.pixel(phase.seconds()) + 3;
            if (at >= free) {
                out.text("phase-name", at, TOP - 4, phase.action());
                free = at + 6.0 * phase.action().length();
            }
        }
    }

    private void legend(Drawing out) {
        double at = RIGHT;
        for (int i = curves.size() - 1; i >= 0; i--) {
            var name = curves.get(i).name();
            at -= 6.2 * name.length() + 8;
            out.text("legend", at, 13, name);
            out.line(curves.get(i).style(), at - 22, 9.5, at - 5, 9.5);
            at -= 32;
        }
    }
}
