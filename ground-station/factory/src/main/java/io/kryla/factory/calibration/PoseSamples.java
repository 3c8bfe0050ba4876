package io.kryla.factory.calibration;

import io.kryla.v1.SensorSample;
import java.util.List;

/** What a sensor read in one pose, untrusted until it was found to be finite numbers. */
record PoseSamples(Pose pose, List<SensorSample> samples) {
    PoseSamples {
        samples = List.copyOf(samples);
    }

    boolean isFinite() {
        return samples.stream()
                .allMatch(sample -> Double.isFinite(sample.getXFrd())
                        && Double.isFinite(sample.getYFrd())
                        && Double.isFinite(sample.getZFrd()));
    }

    double[] mean() {
        double[] sum = new double[3];
        for (SensorSample sample : samples) {
            sum[0] += sample.getXFrd();
            sum[1] += sample.getYFrd();
            sum[2] += sample.getZFrd();
        }
        for (int axis = 0; axis < 3; axis++) {
            sum[axis] /= samples.size();
        }
        return sum;
    }

    /** Standard deviation of the axis that moves most. */
    double greatestDeviation() {
        double[] mean = mean();
        double[] squares = new double[3];
        for (SensorSample sample : samples) {
            squares[0] += square(sample.getXFrd() - mean[0]);
            squares[1] += square(sample.getYFrd() - mean[1]);
            squares[2] += square(sample.getZFrd() - mean[2]);
        }
        double greatest = Math.max(squares[0], Math.max(squares[1], squares[2]));
        return Math.sqrt(greatest / Math.max(1, samples.size() - 1));
    }

    private static double square(double value) {
        return value * value;
    }
}
