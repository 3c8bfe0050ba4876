package io.kryla.mcap;

/** xxHash32 with seed 0, as LZ4 frames use it (xxHash specification, XXH32 algorithm description). */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    /** Modulo 2^32. */
    private static final int SUM_OF_PRIMES_1_AND_2 = 0x24234428;

    private static final int STRIPE = 16;

    static int of(byte[] bytes, int from, int to) {
        int at = from;
        int hash;
        if (to - from >= STRIPE) {
            int a = SUM_OF_PRIMES_1_AND_2;
            int b = PRIME_2;
            int c = 0;
            int d = -PRIME_1;
            for (; at <= to - STRIPE; at += STRIPE) {
                a = round(a, word(bytes, at));
                b = round(b, word(bytes, at + 4));
                c = round(c, word(bytes, at + 8));
                d = round(d, word(bytes, at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        } else {
            hash = PRIME_5;
        }
        hash += to - from;
        for (; at <= to - 4; at += 4) {
            hash = Integer.rotateLeft(hash + word(bytes, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < to; at++) {
            hash = Integer.rotateLeft(hash + (bytes[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 15) * PRIME_2;
        hash = (hash ^ hash >>> 13) * PRIME_3;
        return hash ^ hash >>> 16;
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private XxHash32() {}
}
