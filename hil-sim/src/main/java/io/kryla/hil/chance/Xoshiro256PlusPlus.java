package io.kryla.hil.chance;

import java.util.random.RandomGenerator;

/**
 * xoshiro256++ 1.0 of D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021),
 * its state filled by SplitMix64 as its authors advise.
 *
 * <p>The same seed gives the same numbers on every JVM and in every release: it is 64-bit integer arithmetic and lives
 * here, where no library update can change it. Period 2^256 − 1. Not for keys. Confined to one thread.
 */
public final class Xoshiro256PlusPlus implements RandomGenerator {
    private static final long SPLIT_MIX_GAMMA = 0x9e3779b97f4a7c15L;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    public Xoshiro256PlusPlus(long seed) {
        this(splitMix64(seed, 1), splitMix64(seed, 2), splitMix64(seed, 3), splitMix64(seed, 4));
    }

    Xoshiro256PlusPlus(long s0, long s1, long s2, long s3) {
        if ((s0 | s1 | s2 | s3) == 0) {
            throw new IllegalArgumentException("the state of xoshiro256++ must not be all zero");
        }
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** The n-th output, from 1, of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014; constants as published by Vigna). */
    static long splitMix64(long seed, int n) {
        long z = seed + n * SPLIT_MIX_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
