package io.kryla.hil.physics;

/** Sum of forces and of moments about the centre of mass, body FRD. Reused and mutable: one per airframe. */
final class Wrench {
    double forceX;
    double forceY;
    double forceZ;
    double momentX;
    double momentY;
    double momentZ;

    void clear() {
        forceX = 0;
        forceY = 0;
        forceZ = 0;
        momentX = 0;
        momentY = 0;
        momentZ = 0;
    }

    void addForce(double x, double y, double z) {
        forceX += x;
        forceY += y;
        forceZ += z;
    }

    void addForceAt(double atX, double atY, double atZ, double x, double y, double z) {
        addForce(x, y, z);
        momentX += atY * z - atZ * y;
        momentY += atZ * x - atX * z;
        momentZ += atX * y - atY * x;
    }
}
