package io.kryla.hil.geomagnetism;

/** The field at a place, world NED. */
public record MagneticField(double northTesla, double eastTesla, double downTesla) {

    public double horizontalTesla() {
        return Math.sqrt(northTesla * northTesla + eastTesla * eastTesla);
    }

    public double intensityTesla() {
        double horizontal = horizontalTesla();
        return Math.sqrt(horizontal * horizontal + downTesla * downTesla);
    }

    /** From true north, positive to the east. */
    public double declinationRadians() {
        return StrictMath.atan2(eastTesla, northTesla);
    }

    /** Positive where the field points into the ground. */
    public double inclinationRadians() {
        return StrictMath.atan2(downTesla, horizontalTesla());
    }
}
