package io.kryla.factory.calibration;

import io.kryla.v1.SensorSample;
import java.util.List;
import java.util.Optional;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealVector;

/**
 * The ellipsoid, its axes along the body's, on which a vector of constant length seems to lie when each axis has an offset
 * and a scale of its own: a·x² + b·y² + c·z² + d·x + e·y + f·z = 1 in least squares.
 *
 * @param center offsets of the axes
 * @param radii of the axes, positive
 */
record EllipsoidFit(List<Double> center, List<Double> radii) {
    private static final int UNKNOWNS = 6;
    /** Of a column's length in the decomposition, below which the samples do not fix all six. */
    private static final double SINGULAR = 1e-7;

    /** Empty when the samples lie on no such ellipsoid, or do not say which. */
    static Optional<EllipsoidFit> of(List<SensorSample> samples) {
        if (samples.size() < UNKNOWNS) {
            return Optional.empty();
        }
        double unit = Math.sqrt(samples.stream()
                .mapToDouble(EllipsoidFit::squaredLength)
                .average()
                .orElse(0));
        if (!(unit > 0) || !Double.isFinite(unit)) {
            return Optional.empty();
        }
        double[][] rows = new double[samples.size()][];
        double[] ones = new double[samples.size()];
        for (int i = 0; i < rows.length; i++) {
            SensorSample sample = samples.get(i);
            double x = sample.getXFrd() / unit;
            double y = sample.getYFrd() / unit;
            double z = sample.getZFrd() / unit;
            rows[i] = new double[] {x * x, y * y, z * z, x, y, z};
            ones[i] = 1;
        }
        try {
            RealVector solution = new QRDecomposition(new Array2DRowRealMatrix(rows, false), SINGULAR)
                    .getSolver()
                    .solve(new ArrayRealVector(ones, false));
            return ofCoefficients(solution.toArray(), unit);
        } catch (MathRuntimeException e) {
            return Optional.empty(); // singular: the samples do not span the directions
        }
    }

    private static Optional<EllipsoidFit> ofCoefficients(double[] k, double unit) {
        if (!(k[0] > 0 && k[1] > 0 && k[2] > 0)) {
            return Optional.empty();
        }
        Double[] center = new Double[3];
        double size = 1;
        for (int axis = 0; axis < 3; axis++) {
            double middle = -k[3 + axis] / (2 * k[axis]);
            size += k[axis] * middle * middle;
            center[axis] = middle * unit;
        }
        Double[] radii = new Double[3];
        for (int axis = 0; axis < 3; axis++) {
            radii[axis] = Math.sqrt(size / k[axis]) * unit;
        }
        return Optional.of(new EllipsoidFit(List.of(center), List.of(radii)));
    }

    private static double squaredLength(SensorSample sample) {
        return sample.getXFrd() * sample.getXFrd()
                + sample.getYFrd() * sample.getYFrd()
                + sample.getZFrd() * sample.getZFrd();
    }
}
