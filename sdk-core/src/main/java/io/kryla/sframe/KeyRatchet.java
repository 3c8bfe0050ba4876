package io.kryla.sframe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of one direction of a session, one a step (RFC 9605 §5.1 with R = 16):
 *
 * <pre>
 *  KID            = session id (24 bits) · 2^16 + step
 *  base_key[i+1]  = HKDF-Expand(HKDF-Extract("", base_key[i]), "SFrame 1.0 Ratchet", 64)
 * </pre>
 *
 * <p>Forward secrecy: each key is given out once, and then only the base key of the step after it is left here; the one it
 * came from is overwritten. Who takes this object can derive no earlier key. Not thread-safe: one owner.
 */
public final class KeyRatchet {
    public static final int STEP_BITS = 16;
    /** Session ids have 24 bits. */
    public static final int SESSION_IDS = 1 << 24;
    /** Step 65,535 is never used: a session ends before it. */
    public static final int LAST_STEP = (1 << STEP_BITS) - 2;

    private static final byte[] LABEL = "SFrame 1.0 Ratchet".getBytes(StandardCharsets.US_ASCII);

    private final int sessionId;
    private byte[] baseKey;
    private int nextStep;

    /** @param baseKey of step 0, from a cryptographic random source; copied */
    public KeyRatchet(byte[] baseKey, int sessionId) {
        if (sessionId < 0 || sessionId >= SESSION_IDS) {
            throw new IllegalArgumentException("sessionId is " + sessionId + ", 24 bits are needed");
        }
        this.baseKey = baseKey.clone();
        this.sessionId = sessionId;
    }

    public int sessionId() {
        return sessionId;
    }

    /** The step of the key that {@link #next} gives. */
    public int nextStep() {
        return nextStep;
    }

    public boolean hasNext() {
        return nextStep <= LAST_STEP;
    }

    /** The key of the next step, given once. */
    public SFrameKey next() {
        if (!hasNext()) {
            throw new IllegalStateException("the session has used up its steps: set up a new session");
        }
        SFrameKey key = SFrameKey.derive(baseKey, (long) sessionId << STEP_BITS | nextStep);
        nextStep++;
        byte[] following = SFrameKey.expandBaseKey(baseKey, LABEL);
        Arrays.fill(baseKey, (byte) 0);
        baseKey = following;
        return key;
    }

    /** Overwrites what is left; no key comes after it. */
    public void wipe() {
        nextStep = LAST_STEP + 1;
        Arrays.fill(baseKey, (byte) 0);
    }

    /** The session id that a key id names; out of {@link #SESSION_IDS} when it names none. */
    static long sessionIdOf(long kid) {
        return kid >>> STEP_BITS;
    }

    static int stepOf(long kid) {
        return (int) kid & (1 << STEP_BITS) - 1;
    }

    @Override
    public String toString() {
        return "KeyRatchet[session=" + Integer.toHexString(sessionId) + ", nextStep=" + nextStep + ", secret]";
    }
}
