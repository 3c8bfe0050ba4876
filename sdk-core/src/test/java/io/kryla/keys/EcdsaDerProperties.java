package io.kryla.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EcdsaDerProperties {
    @Property(tries = 500)
    void takesBackWhatItWrote(@ForAll @Size(64) byte[] raw) {
        Signature signature = Signature.of(raw);
        assertThat(EcdsaDer.decode(EcdsaDer.encode(signature), SignatureAlgorithm.ECDSA_P256_SHA256))
                .contains(signature);
    }

    @Property(tries = 500)
    void neverThrowsAndHasOneFormOnly(@ForAll @Size(max = 120) byte[] untrusted) {
        EcdsaDer.decode(untrusted, SignatureAlgorithm.ECDSA_P384_SHA384)
                .ifPresent(signature -> assertThat(EcdsaDer.encode(signature)).isEqualTo(untrusted));
    }

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
