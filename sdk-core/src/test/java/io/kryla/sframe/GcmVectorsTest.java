package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.wycheproof.Tally;
import io.kryla.wycheproof.Vectors;
import io.kryla.wycheproof.Vectors.Vector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** AES-256-GCM as frames are sealed and opened, one cipher for all vectors: counter 0 leaves the salt as the nonce. */
class GcmVectorsTest {
    private static final byte[] NO_METADATA = {};

    private final GcmCipher cipher = new GcmCipher();

    @Test
    void opensWhatIsValidAndNothingElse() {
        Tally.hold(Vectors.of("aes_gcm"), this::opens, none -> false, 39, 27, 0);
    }

    @Test
    void sealsTheSameBytes() {
        for (Vector vector : Vectors.of("aes_gcm")) {
            if (vector.result() == Vectors.Result.VALID) {
                byte[] due = frame(vector);
                byte[] aad = vector.bytes("aad");
                byte[] message = vector.bytes("msg");
                byte[] frame = Arrays.copyOf(aad, due.length);
                cipher.seal(key(vector), 0, NO_METADATA, message, 0, message.length, frame, 0, aad.length);
                assertThat(frame).as(vector.toString()).isEqualTo(due);
            }
        }
    }

    private boolean opens(Vector vector) {
        byte[] frame = frame(vector);
        byte[] message = vector.bytes("msg");
        byte[] out = new byte[message.length];
        int length =
                cipher.open(key(vector), 0, NO_METADATA, frame, 0, frame.length, vector.bytes("aad").length, out, 0);
        if (length < 0) {
            assertThat(out)
                    .as("%s: nothing of what is forged comes out", vector)
                    .containsOnly(0);
            return false;
        }
        return length == message.length && Arrays.equals(out, message);
    }

    /** What is authenticated, then the ciphertext, then the tag: the shape of a frame. */
    private static byte[] frame(Vector vector) {
        byte[] aad = vector.bytes("aad");
        byte[] ciphertext = vector.bytes("ct");
        byte[] tag = vector.bytes("tag");
        return ByteBuffer.allocate(aad.length + ciphertext.length + tag.length)
                .put(aad)
                .put(ciphertext)
                .put(tag)
                .array();
    }

    private static SFrameKey key(Vector vector) {
        return new SFrameKey(0, vector.bytes("key"), vector.bytes("iv"));
    }
}
