package io.kryla.sframe;

/**
 * Remembers which counters of one key were opened: the newest and the 1,023 before it (RFC 9605 §9.3; the ring of words
 * is that of RFC 6479). Checking changes nothing; only {@link #commit} does, and only what was authenticated may be
 * committed. Not thread-safe.
 */
public final class ReplayWindow {
    public static final int BITS = 1024;

    private static final int WORD_BITS = Long.SIZE;
    /** One word more than the window, so that clearing ahead never clears a counter still inside. */
    private static final int WORDS = BITS / WORD_BITS + 1;

    private final long[] ring = new long[WORDS];
    private long newest = -1;

    /** What the window says of a counter. */
    public enum Verdict {
        FRESH,
        SEEN,
        BEHIND_WINDOW
    }

    /** @param counter not negative; see {@link FrameSealer#MAX_COUNTER} */
    public Verdict check(long counter) {
        if (counter > newest) {
            return Verdict.FRESH;
        }
        if (newest - counter >= BITS) {
            return Verdict.BEHIND_WINDOW;
        }
        return (ring[word(counter)] & bit(counter)) == 0 ? Verdict.FRESH : Verdict.SEEN;
    }

    /** Marks a counter that {@link #check} called FRESH and whose frame was authenticated since. */
    public void commit(long counter) {
        if (check(counter) != Verdict.FRESH) {
            throw new IllegalArgumentException("counter " + counter + " is not fresh, newest is " + newest);
        }
        if (counter > newest) {
            clearAhead(counter);
            newest = counter;
        }
        ring[word(counter)] |= bit(counter);
    }

    /** The newest counter committed, or -1. */
    public long newest() {
        return newest;
    }

    private void clearAhead(long counter) {
        long firstWord = newest < 0 ? 0 : newest / WORD_BITS + 1;
        long lastWord = counter / WORD_BITS;
        long clear = Math.min(lastWord - firstWord + 1, WORDS);
        for (long i = 0; i < clear; i++) {
            ring[(int) ((lastWord - i) % WORDS)] = 0;
        }
    }

    private static int word(long counter) {
        return (int) (counter / WORD_BITS % WORDS);
    }

    private static long bit(long counter) {
        return 1L << (counter % WORD_BITS);
    }
}
