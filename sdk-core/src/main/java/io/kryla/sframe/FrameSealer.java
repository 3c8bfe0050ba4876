package io.kryla.sframe;

/**
 * Seals frames under one key (RFC 9605 §4.4.3). No counter is ever used twice: it starts at 0, grows by one a frame, and
 * the sealer refuses to go on at its end. The AAD is the header; there is no metadata. Not thread-safe: one owner.
 */
public final class FrameSealer {
    public static final int TAG_BYTES = 16;
    /** Largest counter; far beyond the frames an AES-GCM key may seal (RFC 9605 §9.1), and not negative as a long. */
    public static final long MAX_COUNTER = (1L << 48) - 1;

    private static final byte[] NO_METADATA = {};

    private final SFrameKey key;
    private final GcmCipher cipher;
    private long nextCounter;

    /** Counts from 0: one sealer a key, ever. */
    public FrameSealer(SFrameKey key) {
        this(key, new GcmCipher());
    }

    /** @param cipher this owner's, perhaps shared with other sealers and openers of the same thread */
    public FrameSealer(SFrameKey key, GcmCipher cipher) {
        this(key, cipher, 0);
    }

    /** For the published vectors, whose counter is not 0. */
    FrameSealer(SFrameKey key, GcmCipher cipher, long firstCounter) {
        this.key = key;
        this.cipher = cipher;
        this.nextCounter = firstCounter;
    }

    /** Header, ciphertext and tag of {@code plaintext}. */
    public byte[] seal(byte[] plaintext) {
        return seal(plaintext, NO_METADATA);
    }

    byte[] seal(byte[] plaintext, byte[] metadata) {
        byte[] frame = new byte[nextHeaderBytes() + plaintext.length + TAG_BYTES];
        seal(metadata, plaintext, 0, plaintext.length, frame, 0);
        return frame;
    }

    /**
     * Writes header, ciphertext and tag of the plaintext at {@code frameOffset}. Allocates nothing of its own. The two arrays
     * are different ones, or the plaintext stands where its ciphertext will: {@link #nextHeaderBytes} behind
     * {@code frameOffset}.
     *
     * @param frame with room for {@link #nextHeaderBytes} + {@code length} + {@link #TAG_BYTES}
     * @return the frame's length
     */
    public int seal(byte[] plaintext, int offset, int length, byte[] frame, int frameOffset) {
        return seal(NO_METADATA, plaintext, offset, length, frame, frameOffset);
    }

    private int seal(byte[] metadata, byte[] plaintext, int offset, int length, byte[] frame, int frameOffset) {
        if (nextCounter > MAX_COUNTER) {
            throw new IllegalStateException("the session has used up its counters: set up a new session");
        }
        int headerLength = nextHeaderBytes();
        int frameLength = headerLength + length + TAG_BYTES;
        if (frameOffset < 0 || frame.length - frameOffset < frameLength) {
            throw new IllegalArgumentException("frame: room for " + frameLength + " bytes at " + frameOffset
                    + " is needed, it has " + frame.length);
        }
        long counter = nextCounter++;
        SFrameHeader.put(key.kid(), counter, frame, frameOffset);
        cipher.seal(key, counter, metadata, plaintext, offset, length, frame, frameOffset, headerLength);
        return frameLength;
    }

    /** Length of the next frame's header; it grows with the counter. */
    public int nextHeaderBytes() {
        return SFrameHeader.encodedLength(key.kid(), nextCounter);
    }

    /** Frames sealed so far; also the next counter. */
    public long sealedFrames() {
        return nextCounter;
    }
}
