package io.kryla.hil.physics;

/** Where each quantity lies in the integrated array: one flat array lets one RK4 loop advance everything. */
final class StateVector {
    /** World NED, metres. */
    static final int POSITION = 0;
    /** World NED, m/s. */
    static final int VELOCITY = 3;
    /** Quaternion w, x, y, z from body FRD to world NED. */
    static final int ATTITUDE = 6;
    /** Body FRD, rad/s. */
    static final int BODY_RATE = 10;
    /** One speed a rotor, rad/s. */
    static final int ROTOR_SPEED = 13;

    private StateVector() {}

    static int length(int rotors) {
        return ROTOR_SPEED + rotors;
    }
}
