package io.kryla.sframe;

import java.util.Arrays;

/**
 * Opens frames under one key (RFC 9605 §4.4.4).
 *
 * <p>Whatever is opened was sealed by the key's holder and was not opened before. A rejected frame changes nothing but a
 * counter: the replay window moves only after the tag was right. Hostile bytes are rejected, never thrown. Not
 * thread-safe: one owner; the counters may be read by any thread.
 */
public final class FrameOpener {
    private static final byte[] NO_METADATA = {};

    private final SFrameKey key;
    private final int maxFrameBytes;
    private final GcmCipher cipher;
    private final ReplayWindow window = new ReplayWindow();
    private final RejectCounters rejections;

    /** For the frames of one key; what is rejected is counted there. */
    public FrameOpener(SFrameKey key, int maxFrameBytes, RejectCounters rejections) {
        this(key, maxFrameBytes, rejections, new GcmCipher());
    }

    /** @param cipher this owner's, perhaps shared with other sealers and openers of the same thread */
    public FrameOpener(SFrameKey key, int maxFrameBytes, RejectCounters rejections, GcmCipher cipher) {
        this.key = key;
        this.maxFrameBytes = maxFrameBytes;
        this.rejections = rejections;
        this.cipher = cipher;
    }

    /** Opens the frame in the first {@code length} bytes. */
    public OpenResult open(byte[] frame, int length) {
        return open(frame, length, NO_METADATA);
    }

    OpenResult open(byte[] frame, int length, byte[] metadata) {
        byte[] out = new byte[Math.min(length, maxFrameBytes)];
        int opened = open(frame, 0, length, metadata, out, 0);
        return opened < 0
                ? new OpenResult.Rejected(RejectReason.ofCode(opened))
                : new OpenResult.Opened(Arrays.copyOf(out, opened));
    }

    /**
     * Opens the frame at {@code offset} and writes its plaintext. Allocates nothing of its own.
     *
     * @param out another array than {@code frame}, with room for {@code length} - {@link FrameSealer#TAG_BYTES} - 1; holds
     *     no byte of a plaintext when the frame is rejected
     * @return the plaintext's length, or the negative {@linkplain RejectReason#code code} of a reason
     */
    public int open(byte[] frame, int offset, int length, byte[] out, int outOffset) {
        return open(frame, offset, length, NO_METADATA, out, outOffset);
    }

    private int open(byte[] frame, int offset, int length, byte[] metadata, byte[] out, int outOffset) {
        if (length > maxFrameBytes) {
            return reject(RejectReason.OVERSIZE);
        }
        int headerLength = SFrameHeader.lengthAt(frame, offset, length);
        if (headerLength < 0 || length < headerLength + FrameSealer.TAG_BYTES) {
            return reject(RejectReason.MALFORMED);
        }
        if (SFrameHeader.kidAt(frame, offset) != key.kid()) {
            return reject(RejectReason.UNKNOWN_KEY);
        }
        long counter = SFrameHeader.ctrAt(frame, offset);
        if (counter < 0 || counter > FrameSealer.MAX_COUNTER) {
            return reject(RejectReason.MALFORMED);
        }
        ReplayWindow.Verdict verdict = window.check(counter);
        if (verdict != ReplayWindow.Verdict.FRESH) {
            return reject(verdict == ReplayWindow.Verdict.SEEN ? RejectReason.REPLAYED : RejectReason.TOO_OLD);
        }
        int plaintextLength = length - headerLength - FrameSealer.TAG_BYTES;
        if (outOffset < 0 || out.length - outOffset < plaintextLength) {
            throw new IllegalArgumentException(
                    "out: room for " + plaintextLength + " bytes at " + outOffset + " is needed, it has " + out.length);
        }
        int opened = cipher.open(key, counter, metadata, frame, offset, length, headerLength, out, outOffset);
        if (opened < 0) {
            return reject(RejectReason.AEAD_FAILED);
        }
        window.commit(counter);
        return opened;
    }

    /** The newest counter opened, or -1. */
    public long newestCounter() {
        return window.newest();
    }

    public RejectCounters rejections() {
        return rejections;
    }

    private int reject(RejectReason reason) {
        rejections.count(reason);
        return reason.code();
    }
}
