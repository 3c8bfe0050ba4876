package io.kryla.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EcdsaDerTest {
    @Test
    void refusesIntegersThatAreNegativeOrTooLong() {
        for (String der : new String[] {"3006020180020101", "3006020101020180", "300702020001020101"}) {
            assertThat(EcdsaDer.decode(HexFormat.of().parseHex(der), SignatureAlgorithm.ECDSA_P256_SHA256))
                    .isEmpty();
        }
        byte[] long96 = new byte[96];
        long96[0] = 1;
        assertThat(EcdsaDer.decode(EcdsaDer.encode(Signature.of(long96)), SignatureAlgorithm.ECDSA_P256_SHA256))
                .isEmpty();
        assertThat(EcdsaDer.decode(EcdsaDer.encode(Signature.of(long96)), SignatureAlgorithm.ED25519))
                .isEmpty();
    }
}
