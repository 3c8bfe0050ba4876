package io.kryla.hil.chance;

import java.util.random.RandomGenerator;

/**
 * Standard normal deviates, the same bits on every JVM.
 *
 * <p>Ziggurat of G. Marsaglia and W. W. Tsang (J. Stat. Soft. 5(8), 2000) in the form of J. A. Doornik, "An improved
 * ziggurat method to generate normal random samples" (2005): 128 layers, and the layer is drawn from other bits than the
 * abscissa. The library's own {@code nextGaussian} calls {@link Math}, whose last bit may differ between JVMs; this one
 * calls {@link StrictMath} only. Allocation-free. Confined to one thread.
 */
public final class GaussianSampler {
    private static final int LAYERS = 128;
    /** Start of the tail and area of each layer, for 128 layers (Doornik 2005, §2). */
    private static final double TAIL_START = 3.442619855899;

    private static final double LAYER_AREA = 9.91256303526217e-3;
    private static final double[] EDGE = new double[LAYERS + 1];
    private static final double[] RATIO = new double[LAYERS];

    static {
        double density = StrictMath.exp(-0.5 * TAIL_START * TAIL_START);
        EDGE[0] = LAYER_AREA / density;
        EDGE[1] = TAIL_START;
        for (int i = 2; i < LAYERS; i++) {
            EDGE[i] = Math.sqrt(-2 * StrictMath.log(LAYER_AREA / EDGE[i - 1] + density));
            density = StrictMath.exp(-0.5 * EDGE[i] * EDGE[i]);
        }
        EDGE[LAYERS] = 0;
        for (int i = 0; i < LAYERS; i++) {
            RATIO[i] = EDGE[i + 1] / EDGE[i];
        }
    }

    private final RandomGenerator random;

    public GaussianSampler(RandomGenerator random) {
        this.random = random;
    }

    /** @return a deviate with mean 0 and standard deviation 1 */
    public double next() {
        while (true) {
            long bits = random.nextLong();
            int layer = (int) bits & (LAYERS - 1);
            double u = 2 * uniform(bits) - 1;
            if (Math.abs(u) < RATIO[layer]) {
                return u * EDGE[layer];
            }
            if (layer == 0) {
                return tail(u < 0);
            }
            double x = u * EDGE[layer];
            double above = StrictMath.exp(-0.5 * (EDGE[layer] * EDGE[layer] - x * x));
            double below = StrictMath.exp(-0.5 * (EDGE[layer + 1] * EDGE[layer + 1] - x * x));
            if (below + uniform(random.nextLong()) * (above - below) < 1.0) {
                return x;
            }
        }
    }

    /** Marsaglia's exact tail beyond TAIL_START. */
    private double tail(boolean negative) {
        double x;
        double y;
        do {
            x = StrictMath.log(uniform(random.nextLong())) / TAIL_START;
            y = StrictMath.log(uniform(random.nextLong()));
        } while (-2 * y < x * x);
        return negative ? x - TAIL_START : TAIL_START - x;
    }

    /** In (0, 1]: the upper 53 bits, half a step off zero. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
