package io.kryla.keys;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

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
}
