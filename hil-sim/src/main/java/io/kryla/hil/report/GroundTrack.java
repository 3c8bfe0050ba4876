package io.kryla.hil.report;

import io.kryla.hil.scenario.Criterion;
import io.kryla.hil.scenario.Metric;
import io.kryla.hil.scenario.PilotAction;
import io.kryla.hil.verdict.CriterionResult.Measured;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.Trajectory;
import java.util.ArrayList;
import java.util.List;

/** The course over ground seen from above, north up, one metre as long as the other. */
final class GroundTrack implements Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 430;
    private static final int MARGIN = 40;
    /** Every so many samples is drawn: the track's detail is far below a pixel. */
    private static final int STRIDE = 5;

    private final Trajectory truth;
    private final Trajectory belief;
    private final List<PilotAction> actions;
    private final List<Measured> measured;

    GroundTrack(Trajectory truth, Trajectory belief, List<PilotAction> actions, List<Measured> measured) {
        this.truth = truth;
        this.belief = belief;
        this.actions = actions;
        this.measured = measured;
    }

    @Override
    public String title() {
        return "Ground track";
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
        var courses = courses();
        double[] bounds = bounds(courses);
        double metersPerPixel = Math.max(
                (bounds[1] - bounds[0]) / (HEIGHT - 2.0 * MARGIN), (bounds[3] - bounds[2]) / (WIDTH - 2.0 * MARGIN));
        var north = centred(bounds[0], bounds[1], metersPerPixel, HEIGHT - MARGIN, MARGIN);
        var east = centred(bounds[2], bounds[3], metersPerPixel, MARGIN, WIDTH - MARGIN);
        axes(out, north, east);
        courses.forEach(course -> draw(out, "course", course, north, east));
        limits(out, north, east, metersPerPixel, courses);
        draw(out, "truth", points(truth), north, east);
        draw(out, "telemetry", points(belief), north, east);
        out.cross("home", east.pixel(0), north.pixel(0), 5);
        out.text("legend", east.pixel(0) + 8, north.pixel(0) + 14, "home");
        marks(out, north, east);
    }

    /** The missions' legs; the first begins at home. */
    private List<List<double[]>> courses() {
        var courses = new ArrayList<List<double[]>>();
        for (var action : actions) {
            if (action.order() instanceof PilotAction.Order.FlyMission mission) {
                var course = new ArrayList<double[]>();
                course.add(new double[] {0, 0});
                mission.waypoints()
                        .forEach(waypoint -> course.add(new double[] {waypoint.northMeters(), waypoint.eastMeters()}));
                courses.add(course);
            }
        }
        return courses;
    }

    private static List<double[]> points(Trajectory trajectory) {
        var points = new ArrayList<double[]>();
        for (int i = 0; i < trajectory.size(); i += STRIDE) {
            points.add(new double[] {trajectory.northMeters(i), trajectory.eastMeters(i)});
        }
        return points;
    }

    /** North least and most, east least and most; at least 4 m wide. */
    private double[] bounds(List<List<double[]>> courses) {
        double[] bounds = {-2, 2, -2, 2};
        var all = new ArrayList<>(points(truth));
        courses.forEach(all::addAll);
        for (var point : all) {
            bounds[0] = Math.min(bounds[0], point[0]);
            bounds[1] = Math.max(bounds[1], point[0]);
            bounds[2] = Math.min(bounds[2], point[1]);
            bounds[3] = Math.max(bounds[3], point[1]);
        }
        return bounds;
    }

    private static Scale centred(double least, double most, double metersPerPixel, double from, double to) {
        double middle = (least + most) / 2;
        double half = Math.abs(to - from) * metersPerPixel / 2;
        return new Scale(middle - half, middle + half, from, to);
    }

    private static void axes(Drawing out, Scale north, Scale east) {
        out.rectangle("frame", MARGIN, MARGIN - 16, WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN + 16);
        for (double tick : north.ticks(6)) {
            out.line("grid", MARGIN, north.pixel(tick), WIDTH - MARGIN, north.pixel(tick));
            out.text("tick-y", MARGIN - 5, north.pixel(tick) + 3.5, Svg.number(tick, north.decimals(6)));
        }
        for (double tick : east.ticks(10)) {
            out.line("grid", east.pixel(tick), MARGIN - 16, east.pixel(tick), HEIGHT - MARGIN);
            out.text("tick-x", east.pixel(tick), HEIGHT - MARGIN + 14, Svg.number(tick, east.decimals(10)));
        }
        out.text("title", MARGIN, 14, "Ground track: north over east [m]");
        out.text("legend", WIDTH - 250.0, 14, "truth");
        out.line("truth", WIDTH - 272.0, 10.5, WIDTH - 255.0, 10.5);
        out.text("legend", WIDTH - 180.0, 14, "telemetry");
        out.line("telemetry", WIDTH - 202.0, 10.5, WIDTH - 185.0, 10.5);
        out.text("legend", WIDTH - 85.0, 14, "course");
        out.line("course", WIDTH - 107.0, 10.5, WIDTH - 90.0, 10.5);
    }

    private static void draw(Drawing out, String style, List<double[]> points, Scale north, Scale east) {
        double[] pixels = new double[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            pixels[2 * i] = east.pixel(points.get(i)[1]);
            pixels[2 * i + 1] = north.pixel(points.get(i)[0]);
        }
        out.polyline(style, pixels);
    }

    /** A corridor beside the course, or a circle: about home, or about the mean of the criterion's window. */
    private void limits(Drawing out, Scale north, Scale east, double metersPerPixel, List<List<double[]>> courses) {
        for (var result : measured) {
            var criterion = result.criterion();
            double radius = criterion.limit() / metersPerPixel;
            switch (criterion.metric()) {
                case CROSS_TRACK ->
                    courses.forEach(course -> {
                        for (int leg = 0; leg + 1 < course.size(); leg++) {
                            corridor(out, course.get(leg), course.get(leg + 1), criterion.limit(), north, east);
                        }
                    });
                case TOUCHDOWN_DISTANCE, POSITION_MEAN_OFFSET, POSITION_EXCURSION ->
                    out.circle("limit", east.pixel(0), north.pixel(0), radius);
                case POSITION_CEP95 -> {
                    double[] mean = mean(result);
                    out.circle("limit", east.pixel(mean[1]), north.pixel(mean[0]), radius);
                }
                default -> {}
            }
        }
    }

    private static void corridor(Drawing out, double[] from, double[] to, double limit, Scale north, Scale east) {
        double length = StrictMath.hypot(to[0] - from[0], to[1] - from[1]);
        if (length == 0) {
            return;
        }
        double sideNorth = -(to[1] - from[1]) / length * limit;
        double sideEast = (to[0] - from[0]) / length * limit;
        for (int side = -1; side <= 1; side += 2) {
            out.line(
                    "limit",
                    east.pixel(from[1] + side * sideEast),
                    north.pixel(from[0] + side * sideNorth),
                    east.pixel(to[1] + side * sideEast),
                    north.pixel(to[0] + side * sideNorth));
        }
    }

    private double[] mean(Measured result) {
        var trajectory = result.criterion().stream() == Criterion.Stream.TRUTH ? truth : belief;
        int first = trajectory.firstFrom(result.fromNanos());
        int last = trajectory.lastUpTo(result.toNanos());
        double[] mean = new double[2];
        for (int i = first; i <= last; i++) {
            mean[0] += trajectory.northMeters(i) / (last - first + 1);
            mean[1] += trajectory.eastMeters(i) / (last - first + 1);
        }
        return mean;
    }

    private void marks(Drawing out, Scale north, Scale east) {
        for (var result : measured) {
            if (isHorizontal(result.criterion().metric())) {
                int at = truth.lastUpTo(result.decidedAtNanos());
                if (at >= 0) {
                    var mark = new TimePlot.Mark(0, 0, result.outcome() == Outcome.FAIL);
                    TimePlot.mark(out, mark, east.pixel(truth.eastMeters(at)), north.pixel(truth.northMeters(at)));
                }
            }
        }
    }

    private static boolean isHorizontal(Metric metric) {
        return switch (metric) {
            case CROSS_TRACK, TOUCHDOWN_DISTANCE, POSITION_CEP95, POSITION_EXCURSION, SPEED_PEAK -> true;
            default -> false;
        };
    }
}
