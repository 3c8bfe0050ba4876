package io.kryla.hil.scenario;

import static io.kryla.hil.scenario.Metric.Needs.ACTION;
import static io.kryla.hil.scenario.Metric.Needs.FAILSAFE;
import static io.kryla.hil.scenario.Metric.Needs.MISSION;
import static io.kryla.hil.scenario.Metric.Needs.TAKE_OFF;
import static io.kryla.hil.scenario.Metric.Needs.WINDOW;
import static io.kryla.hil.scenario.Metric.Streams.BOTH;
import static io.kryla.hil.scenario.Metric.Streams.EITHER;
import static io.kryla.hil.scenario.Metric.Streams.TELEMETRY_ONLY;
import static io.kryla.hil.scenario.Metric.Streams.TRUTH_ONLY;

import java.util.Optional;

/** A quantity that the judge computes out of a flight; acceptance.md defines each. The name is what a plan writes. */
public enum Metric {
    /** Greatest deviation of the height from the height that the take-off action commanded. */
    HEIGHT_ERROR("height-error", Unit.METER, EITHER, TAKE_OFF),
    /** Greatest deviation of the height from its own mean in the window. */
    HEIGHT_DEVIATION("height-deviation", Unit.METER, EITHER, WINDOW),
    /** Radius about the window's own mean position that holds 95 % of the samples, horizontal. */
    POSITION_CEP95("position-cep95", Unit.METER, EITHER, WINDOW),
    /** Horizontal distance of the window's mean position from home. */
    POSITION_MEAN_OFFSET("position-mean-offset", Unit.METER, EITHER, WINDOW),
    /** Greatest horizontal distance from home. */
    POSITION_EXCURSION("position-excursion", Unit.METER, EITHER, WINDOW),
    /** Greatest horizontal distance from the mission's course, home to the first waypoint included. */
    CROSS_TRACK("cross-track", Unit.METER, EITHER, MISSION),
    /** Greatest horizontal speed. */
    SPEED_PEAK("speed-peak", Unit.METER_PER_SECOND, EITHER, WINDOW),
    /** Greatest angle between the body's and the world's vertical. */
    TILT_PEAK("tilt-peak", Unit.DEGREE, EITHER, WINDOW),
    /** Horizontal distance from home at the last touchdown in the window. */
    TOUCHDOWN_DISTANCE("touchdown-distance", Unit.METER, TRUTH_ONLY, WINDOW),
    /** Greatest downward speed of the last airborne sample before a touchdown in the window. */
    TOUCHDOWN_SPEED("touchdown-speed", Unit.METER_PER_SECOND, TRUTH_ONLY, WINDOW),
    /** From the action's acceptance to its completion. */
    ACTION_DURATION("action-duration", Unit.SECOND, TELEMETRY_ONLY, ACTION),
    /** From the action's acceptance to the last disarming. */
    DISARMED_WITHIN("disarmed-within", Unit.SECOND, TELEMETRY_ONLY, ACTION),
    /** Greatest horizontal distance between estimated and true position at the same flight time. */
    ESTIMATOR_HORIZONTAL_ERROR("estimator-horizontal-error", Unit.METER, BOTH, WINDOW),
    /** Greatest difference between estimated and true height at the same flight time. */
    ESTIMATOR_HEIGHT_ERROR("estimator-height-error", Unit.METER, BOTH, WINDOW),
    /** Greatest rotation angle between estimated and true attitude at the same flight time. */
    ESTIMATOR_ATTITUDE_ERROR("estimator-attitude-error", Unit.DEGREE, BOTH, WINDOW),
    /** Greatest interval between two vehicle states. */
    TELEMETRY_GAP("telemetry-gap", Unit.SECOND, TELEMETRY_ONLY, WINDOW),
    /** Difference between the most and the least commanded rotor, each as its mean over the window: 0 when balanced. */
    ROTOR_SPREAD("rotor-spread", Unit.PERCENT, TELEMETRY_ONLY, WINDOW),
    /** Greatest less least battery voltage. */
    BATTERY_SWING("battery-swing", Unit.VOLT, TELEMETRY_ONLY, WINDOW),
    /** From the window's beginning until the airframe reports the failsafe. */
    FAILSAFE_DELAY("failsafe-delay", Unit.SECOND, TELEMETRY_ONLY, FAILSAFE),
    /** Greatest height above home. */
    HEIGHT_PEAK("height-peak", Unit.METER, EITHER, WINDOW),
    /** Greatest downward speed in the air. */
    SINK_RATE_PEAK("sink-rate-peak", Unit.METER_PER_SECOND, EITHER, WINDOW),
    /** Least battery voltage that the airframe reports. */
    BATTERY_VOLTAGE("battery-voltage", Unit.VOLT, TELEMETRY_ONLY, WINDOW);

    /** From which stream a metric may be taken. */
    public enum Streams {
        EITHER,
        TRUTH_ONLY,
        TELEMETRY_ONLY,
        BOTH
    }

    /** What a criterion must name besides the metric. */
    public enum Needs {
        WINDOW,
        ACTION,
        TAKE_OFF,
        MISSION,
        /** The code of a failsafe. */
        FAILSAFE
    }

    private final String word;
    private final Unit unit;
    private final Streams streams;
    private final Needs needs;

    Metric(String word, Unit unit, Streams streams, Needs needs) {
        this.word = word;
        this.unit = unit;
        this.streams = streams;
        this.needs = needs;
    }

    public String word() {
        return word;
    }

    /** In which values and limits are given out. */
    public Unit unit() {
        return unit;
    }

    public Streams streams() {
        return streams;
    }

    public Needs needs() {
        return needs;
    }

    static Optional<Metric> ofWord(String word) {
        for (var metric : values()) {
            if (metric.word.equals(word)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }
}
