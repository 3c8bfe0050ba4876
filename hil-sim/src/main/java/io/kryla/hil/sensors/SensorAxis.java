package io.kryla.hil.sensors;

/** One measured channel that can have a defect; body axes are FRD. */
public enum SensorAxis {
    /** m/s². */
    ACCELEROMETER_X,
    ACCELEROMETER_Y,
    ACCELEROMETER_Z,
    /** rad/s. */
    GYRO_X,
    GYRO_Y,
    GYRO_Z,
    /** Tesla. */
    MAGNETOMETER_X,
    MAGNETOMETER_Y,
    MAGNETOMETER_Z,
    /** Pascal. */
    BAROMETER
}
