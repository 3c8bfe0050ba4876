package io.kryla.fuzz;

import java.security.SecureRandom;

/** Numbers one after the other: keys and nonces that nobody is to trust, at no cost. */
public final class CountingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private long next;

    @Override
    public void nextBytes(byte[] bytes) {
        next++;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (next >>> 8 * (i % Long.BYTES));
        }
    }
}
