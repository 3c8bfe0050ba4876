package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * Inertia tensor about the centre of mass in body FRD, kg·m². Products are the tensor's off-diagonal entries (with
 * their sign, so −∫xy dm).
 */
public record Inertia(
        double xxKilogramSquareMeters,
        double yyKilogramSquareMeters,
        double zzKilogramSquareMeters,
        double xyKilogramSquareMeters,
        double xzKilogramSquareMeters,
        double yzKilogramSquareMeters) {
    public Inertia {
        Quantity.positive("xxKilogramSquareMeters", xxKilogramSquareMeters);
        Quantity.positive("yyKilogramSquareMeters", yyKilogramSquareMeters);
        Quantity.positive("zzKilogramSquareMeters", zzKilogramSquareMeters);
        Quantity.finite("xyKilogramSquareMeters", xyKilogramSquareMeters);
        Quantity.finite("xzKilogramSquareMeters", xzKilogramSquareMeters);
        Quantity.finite("yzKilogramSquareMeters", yzKilogramSquareMeters);
        double minor =
                xxKilogramSquareMeters * yyKilogramSquareMeters - xyKilogramSquareMeters * xyKilogramSquareMeters;
        double determinant = zzKilogramSquareMeters * minor
                - yzKilogramSquareMeters
                        * (xxKilogramSquareMeters * yzKilogramSquareMeters
                                - xyKilogramSquareMeters * xzKilogramSquareMeters)
                + xzKilogramSquareMeters
                        * (xyKilogramSquareMeters * yzKilogramSquareMeters
                                - yyKilogramSquareMeters * xzKilogramSquareMeters);
        Quantity.positive("minor of the inertia tensor", minor);
        Quantity.positive("determinant of the inertia tensor", determinant);
    }

    public static Inertia principal(double xx, double yy, double zz) {
        return new Inertia(xx, yy, zz, 0, 0, 0);
    }
}
