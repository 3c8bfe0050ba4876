package io.kryla.hil.chance;

/**
 * One seed, many independent streams: each noise source asks for its own by name, so that adding, removing or silencing
 * one source never shifts the noise of another.
 */
public final class RandomStreams {
    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;

    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** @return a new generator; the same seed and name always give the same numbers */
    public Xoshiro256PlusPlus stream(String name) {
        return new Xoshiro256PlusPlus(Xoshiro256PlusPlus.splitMix64(seed, 1) ^ fnv1a(name));
    }

    public GaussianSampler gaussian(String name) {
        return new GaussianSampler(stream(name));
    }

    private static long fnv1a(String name) {
        long hash = FNV_OFFSET_BASIS;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
