package io.kryla.sframe;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Opens frames under one key (RFC 9605 §4.4.4).
 *
 * <p>Whatever is opened was sealed by the key's holder and was not opened before. A rejected frame changes nothing but a
 * counter: the replay window moves only after the tag was right. Hostile bytes are rejected, never thrown. Not
 * thread-safe: one owner; the counters may be read by any thread.
 */
public final class FrameOpener {
    private final SFrameKey key;
    private final int maxFrameBytes;
    private final Cipher cipher = FrameSealer.newGcm();
    private final byte[] nonce = new byte[SFrameKey.NONCE_BYTES];
    private final ReplayWindow window = new ReplayWindow();
    private final RejectCounters rejections;

    public FrameOpener(SFrameKey key, int maxFrameBytes, RejectCounters rejections) {
        this.key = key;
        this.maxFrameBytes = maxFrameBytes;
        this.rejections = rejections;
    }

    public OpenResult open(byte[] frame, int length) {
        return open(frame, length, new byte[0]);
    }

    OpenResult open(byte[] frame, int length, byte[] metadata) {
        if (length > maxFrameBytes) {
            return reject(RejectReason.OVERSIZE);
        }
        Optional<SFrameHeader> parsed = SFrameHeader.parse(frame, 0, length);
        if (parsed.isEmpty()) {
            return reject(RejectReason.MALFORMED);
        }
        SFrameHeader header = parsed.get();
        int headerLength = header.encodedLength();
        if (length < headerLength + FrameSealer.TAG_BYTES) {
            return reject(RejectReason.MALFORMED);
        }
        if (header.kid() != key.kid()) {
            return reject(RejectReason.UNKNOWN_KEY);
        }
        if (header.ctr() < 0 || header.ctr() > FrameSealer.MAX_COUNTER) {
            return reject(RejectReason.MALFORMED);
        }
        ReplayWindow.Verdict verdict = window.check(header.ctr());
        if (verdict != ReplayWindow.Verdict.FRESH) {
            return reject(verdict == ReplayWindow.Verdict.SEEN ? RejectReason.REPLAYED : RejectReason.TOO_OLD);
        }
        byte[] plaintext;
        try {
            key.nonceInto(nonce, header.ctr());
            cipher.init(Cipher.DECRYPT_MODE, key.secretKey(), new GCMParameterSpec(8 * FrameSealer.TAG_BYTES, nonce));
            cipher.updateAAD(frame, 0, headerLength);
            cipher.updateAAD(metadata);
            plaintext = cipher.doFinal(frame, headerLength, length - headerLength);
        } catch (GeneralSecurityException e) {
            return reject(RejectReason.AEAD_FAILED);
        }
        window.commit(header.ctr());
        return new OpenResult.Opened(plaintext);
    }

    public RejectCounters rejections() {
        return rejections;
    }

    private OpenResult reject(RejectReason reason) {
        rejections.count(reason);
        return new OpenResult.Rejected(reason);
    }
}
