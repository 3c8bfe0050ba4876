package io.kryla.sframe;

import java.util.ArrayList;
import java.util.List;

/**
 * Opens the frames of one direction of a session over all steps of its ratchet (protocol.md §5.2).
 *
 * <p>Whatever is opened was sealed by the session's peer and was not opened before. A frame of a later step is opened under
 * keys derived ahead, and only when its tag was right the session moves to that step. So hostile datagrams move nothing, and
 * cost at most {@value #LOOK_AHEAD} derivations in all until the peer itself moves on: keys derived ahead are kept. The
 * keys of steps left behind are overwritten after ten seconds. Allocates nothing of its own while the step lasts. Not thread-safe: one owner; the
 * counters may be read by any thread.
 */
public final class RatchetingOpener {
    /** Steps beyond the newest that are tried. */
    public static final int LOOK_AHEAD = 8;

    public static final int DERIVATIONS_PER_SECOND = 10;
    /** So long frames of a step are taken after a later one began. */
    public static final long OVERLAP_NANOS = 10_000_000_000L;

    /** One step's key and window. */
    private static final class Step {
        private final SFrameKey key;
        private final FrameOpener opener;
        private long endsAtNanos;

        Step(SFrameKey key, FrameOpener opener) {
            this.key = key;
            this.opener = opener;
        }

        int number() {
            return KeyRatchet.stepOf(key.kid());
        }
    }

    private final KeyRatchet ratchet;
    private final int sessionId;
    private final int maxFrameBytes;
    private final RejectCounters rejections;
    private final GcmCipher cipher = new GcmCipher();
    private final DerivationLimit derivations;
    /** The steps that have keys, from the oldest in its overlap over the newest opened to the furthest derived ahead. */
    private final List<Step> steps = new ArrayList<>(2 * LOOK_AHEAD + 1);
    /** Where in the list. */
    private int newest;

    private boolean openedNewest;

    /**
     * @param ratchet at its first step; from now on this opener's
     * @param nowNanos link clock, which never goes back
     */
    public RatchetingOpener(KeyRatchet ratchet, int maxFrameBytes, RejectCounters rejections, long nowNanos) {
        this.ratchet = ratchet;
        this.sessionId = ratchet.sessionId();
        this.maxFrameBytes = maxFrameBytes;
        this.rejections = rejections;
        this.derivations = new DerivationLimit(DERIVATIONS_PER_SECOND, nowNanos);
        derive(nowNanos);
        derive(nowNanos);
    }

    /**
     * Opens the frame at {@code offset} and writes its plaintext.
     *
     * @param out another array than {@code frame}, with room for {@code length} - {@link FrameSealer#TAG_BYTES} - 1
     * @return the plaintext's length, or the negative {@linkplain RejectReason#code code} of a reason
     */
    public int open(byte[] frame, int offset, int length, byte[] out, int outOffset, long nowNanos) {
        openedNewest = false;
        if (newest > 0) {
            dropEnded(nowNanos);
        }
        if (length > maxFrameBytes) {
            return reject(RejectReason.OVERSIZE);
        }
        if (SFrameHeader.lengthAt(frame, offset, length) < 0) {
            return reject(RejectReason.MALFORMED);
        }
        long kid = SFrameHeader.kidAt(frame, offset);
        Step current = steps.get(newest);
        if (kid == current.key.kid()) {
            return open(current, frame, offset, length, out, outOffset);
        }
        if (KeyRatchet.sessionIdOf(kid) != sessionId) {
            return reject(RejectReason.UNKNOWN_KEY);
        }
        return openOtherStep(KeyRatchet.stepOf(kid), frame, offset, length, out, outOffset, nowNanos);
    }

    private int openOtherStep(
            int step, byte[] frame, int offset, int length, byte[] out, int outOffset, long nowNanos) {
        int ahead = step - steps.get(newest).number();
        if (Math.abs(ahead) > LOOK_AHEAD || step > KeyRatchet.LAST_STEP) {
            return reject(RejectReason.RATCHET_TOO_FAR);
        }
        int index = newest + ahead;
        if (index < 0) {
            return reject(RejectReason.TOO_OLD);
        }
        while (index >= steps.size()) {
            if (!derive(nowNanos)) {
                return reject(RejectReason.RATCHET_LIMITED);
            }
        }
        int opened = open(steps.get(index), frame, offset, length, out, outOffset);
        if (opened >= 0 && ahead > 0) {
            moveTo(index, nowNanos);
        }
        return opened;
    }

    private int open(Step step, byte[] frame, int offset, int length, byte[] out, int outOffset) {
        int opened = step.opener.open(frame, offset, length, out, outOffset);
        openedNewest = opened >= 0
                && step.number() >= steps.get(newest).number()
                && step.opener.newestCounter() == SFrameHeader.ctrAt(frame, offset);
        return opened;
    }

    /** Makes the key of the next step ahead, if the limit allows. */
    private boolean derive(long nowNanos) {
        if (!ratchet.hasNext() || !derivations.take(nowNanos)) {
            return false;
        }
        SFrameKey key = ratchet.next();
        steps.add(new Step(key, new FrameOpener(key, maxFrameBytes, rejections, cipher)));
        return true;
    }

    /** The peer has begun this step: earlier ones end soon, and the one after it is made ready. */
    private void moveTo(int index, long nowNanos) {
        for (int i = newest; i < index; i++) {
            steps.get(i).endsAtNanos = nowNanos + OVERLAP_NANOS;
        }
        newest = index;
        dropOldest(newest - LOOK_AHEAD);
        if (newest + 1 == steps.size()) {
            derive(nowNanos);
        }
    }

    private void dropEnded(long nowNanos) {
        int ended = 0;
        while (ended < newest && nowNanos - steps.get(ended).endsAtNanos >= 0) {
            ended++;
        }
        dropOldest(ended);
    }

    private void dropOldest(int dropped) {
        if (dropped <= 0) {
            return;
        }
        for (int i = 0; i < dropped; i++) {
            steps.get(i).key.wipe();
        }
        steps.subList(0, dropped).clear();
        newest -= dropped;
    }

    /** Whether the frame opened last is the newest yet, by step and counter. False after a rejection. */
    public boolean openedNewest() {
        return openedNewest;
    }

    /** The newest step of which a frame was opened. */
    public int step() {
        return steps.get(newest).number();
    }

    public RejectCounters rejections() {
        return rejections;
    }

    /** Overwrites all keys; nothing can be opened afterwards. */
    public void wipe() {
        steps.forEach(step -> step.key.wipe());
        ratchet.wipe();
    }

    private int reject(RejectReason reason) {
        rejections.count(reason);
        return reason.code();
    }
}
