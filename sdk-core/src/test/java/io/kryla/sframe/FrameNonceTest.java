package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class FrameNonceTest {
    private final SFrameKey key = SFrameKey.derive(new byte[32], 1);
    private final FrameNonce nonce = new FrameNonce();

    @Test
    void isTheNonceOfEachFrameInTurn() {
        for (long counter = 0; counter < 5; counter++) {
            byte[] expected = new byte[SFrameKey.NONCE_BYTES];
            key.nonceInto(expected, counter);
            assertThat(nonce.moveTo(key, counter).getIV()).isEqualTo(expected);
        }
        assertThat(nonce.getTLen()).isEqualTo(128);
    }

    /** The JDK keeps the array of the frame before; it may not change under it. */
    @Test
    void leavesTheNonceBeforeAsItWas() {
        byte[] first = nonce.moveTo(key, 1).getIV();
        byte[] copy = first.clone();
        nonce.moveTo(key, 2);
        assertThat(first).isEqualTo(copy);
    }

    @Test
    void theCipherStillRefusesANonceTwiceInARow() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key.secretKey(), nonce.moveTo(key, 7));
        cipher.doFinal(new byte[10]);
        cipher.init(Cipher.ENCRYPT_MODE, key.secretKey(), nonce.moveTo(key, 8));
        cipher.doFinal(new byte[10]);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key.secretKey(), nonce.moveTo(key, 8)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }
}
