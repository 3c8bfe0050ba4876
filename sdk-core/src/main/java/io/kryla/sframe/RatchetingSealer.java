package io.kryla.sframe;

/**
 * Seals the frames of one direction of a session, moving to the next key as {@link KeyLife} says.
 *
 * <p>No pair of key and counter is ever used twice: counters start at 0 under each key and grow by one a frame, a key is
 * given out once by its {@link KeyRatchet}, and threads exclude each other. Keys and counters live in memory only. Allocates
 * nothing of its own while the step lasts. Any thread.
 */
public final class RatchetingSealer {
    private final KeyRatchet ratchet;
    private final KeyLife life;
    private final GcmCipher cipher = new GcmCipher();
    private final long bornAtNanos;
    private SFrameKey key;
    private FrameSealer sealer;
    private long stepEndsAtNanos;

    /**
     * @param ratchet at its first step; from now on this sealer's
     * @param nowNanos link clock, which never goes back
     */
    public RatchetingSealer(KeyRatchet ratchet, KeyLife life, long nowNanos) {
        this.ratchet = ratchet;
        this.life = life;
        this.bornAtNanos = nowNanos;
        this.key = ratchet.next();
        this.sealer = new FrameSealer(key, cipher);
    }

    /**
     * Writes a frame of the plaintext.
     *
     * @param frame another array, with room for {@code length} + {@link #MOST_OVERHEAD_BYTES}
     * @return the frame's length
     * @throws IllegalStateException when the session is {@link #spent}
     */
    public synchronized int seal(
            byte[] plaintext, int offset, int length, byte[] frame, int frameOffset, long nowNanos) {
        step(nowNanos);
        return sealer.seal(plaintext, offset, length, frame, frameOffset);
    }

    /** Header with a key id of 5 bytes and a counter of 3 at most, then the tag. */
    public static final int MOST_OVERHEAD_BYTES = 1 + 5 + 3 + FrameSealer.TAG_BYTES;

    /** The step of the newest frame. */
    public synchronized int step() {
        return KeyRatchet.stepOf(key.kid());
    }

    /** Whether it is time for another session to take the place of this one. */
    public synchronized boolean wantsRenewal(long nowNanos) {
        return nowNanos - bornAtNanos >= life.renewal().toNanos() || ratchet.nextStep() > KeyRatchet.LAST_STEP - 64;
    }

    /** Whether nothing more may be sealed. */
    public synchronized boolean spent(long nowNanos) {
        boolean lastStepIsUsedUp = !ratchet.hasNext() && stepIsOver(nowNanos);
        return lastStepIsUsedUp || nowNanos - bornAtNanos >= life.session().toNanos();
    }

    /** The time of a step begins with its first frame: a sender that was silent for long is one step further, not many. */
    private void step(long nowNanos) {
        if (nowNanos - bornAtNanos >= life.session().toNanos()) {
            throw new IllegalStateException("the session is at its end after " + life.session());
        }
        if (sealer.sealedFrames() == 0) {
            stepEndsAtNanos = nowNanos + life.step().toNanos();
        } else if (stepIsOver(nowNanos)) {
            SFrameKey next = ratchet.next();
            key.wipe();
            key = next;
            sealer = new FrameSealer(next, cipher);
            stepEndsAtNanos = nowNanos + life.step().toNanos();
        }
    }

    private boolean stepIsOver(long nowNanos) {
        return sealer.sealedFrames() >= life.stepFrames()
                || (sealer.sealedFrames() > 0 && nowNanos - stepEndsAtNanos >= 0);
    }

    /** Overwrites all keys; nothing can be sealed afterwards. */
    public synchronized void wipe() {
        key.wipe();
        ratchet.wipe();
    }
}
