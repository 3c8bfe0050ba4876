package io.kryla.hil.scenario;

import io.kryla.hil.scenario.Unit.Dimension;

/**
 * One number that says how bad a fault is, as a plan writes it; bounds are in SI.
 *
 * @param key in the plan
 * @param form how it is written
 * @param dimension of a quantity
 * @param needed whether the fault makes no sense without it
 * @param harmless the value at which the fault does nothing: a fault that grows begins there, and a key that is left out is
 *     that
 */
public record FaultParameter(
        String key, Form form, Dimension dimension, double least, double most, boolean needed, double harmless) {

    /** How a value is written. */
    public enum Form {
        /** A number with its unit, such as {@code 3 m}. */
        QUANTITY,
        /** A bare number. */
        NUMBER,
        /** A bare whole number. */
        COUNT,
        /** A rotor by its number from 1; its value counts from 0. */
        ROTOR,
        /** {@code x}, {@code y} or {@code z}: its value is 0, 1 or 2; all three, which is 3, when left out. */
        AXIS
    }

    static final int ALL_AXES = 3;

    static FaultParameter rotor(String key) {
        return new FaultParameter(key, Form.ROTOR, Dimension.RATIO, 0, 15, true, 0);
    }

    static FaultParameter axis() {
        return new FaultParameter("axis", Form.AXIS, Dimension.RATIO, 0, ALL_AXES, false, ALL_AXES);
    }

    static FaultParameter number(String key, double least, double most, double harmless) {
        return new FaultParameter(key, Form.NUMBER, Dimension.RATIO, least, most, true, harmless);
    }

    static FaultParameter count(String key, double least, double most, double harmless) {
        return new FaultParameter(key, Form.COUNT, Dimension.RATIO, least, most, true, harmless);
    }

    static FaultParameter quantity(String key, Dimension dimension, double least, double most, double harmless) {
        return new FaultParameter(key, Form.QUANTITY, dimension, least, most, true, harmless);
    }

    /** A component that is zero when left out. */
    static FaultParameter component(String key, Dimension dimension, double most) {
        return new FaultParameter(key, Form.QUANTITY, dimension, -most, most, false, 0);
    }
}
