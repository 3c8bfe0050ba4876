package io.kryla.factory.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class SigningRequestTest {
    private final KeyPair key = generate("secp256r1");

    @Test
    void readsKeyAndChallengeOfARequestSignedByItsKey() throws Exception {
        assertThat(SigningRequest.verify(request(key, key, "c0ffee")))
                .contains(new SigningRequest(VerificationKey.of(key.getPublic()), "c0ffee"));
    }

    @Test
    void refusesARequestForAKeyThatDidNotSignIt() throws Exception {
        assertThat(SigningRequest.verify(request(key, generate("secp256r1"), "c0ffee")))
                .isEmpty();
    }

    @Test
    void refusesOtherCurves() throws Exception {
        KeyPair other = generate("secp384r1");

        assertThat(SigningRequest.verify(request(other, other, "c0ffee"))).isEmpty();
    }

    @Test
    void refusesARequestWithoutAChallengeOrWithTwo() throws Exception {
        assertThat(SigningRequest.verify(request(key, key))).isEmpty();
        assertThat(SigningRequest.verify(request(key, key, "one", "two"))).isEmpty();
        assertThat(SigningRequest.verify(request(key, key, ""))).isEmpty();
    }

    @Test
    void refusesEveryFlippedByteWithoutThrowing() throws Exception {
        byte[] request = request(key, key, "c0ffee");
        for (int i = 0; i < request.length; i++) {
            byte[] changed = request.clone();
            changed[i] ^= 0x41;
            assertThat(SigningRequest.verify(changed)).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void refusesWhatIsTooLongOrCutOff() throws Exception {
        byte[] request = request(key, key, "c0ffee");
        for (int length = 0; length < request.length; length++) {
            assertThat(SigningRequest.verify(Arrays.copyOf(request, length))).isEmpty();
        }
        assertThat(SigningRequest.verify(Arrays.copyOf(request, 5000))).isEmpty();
    }

    private static byte[] request(KeyPair named, KeyPair signing, String... challenges) throws Exception {
        JcaPKCS10CertificationRequestBuilder builder =
                new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ignored"), named.getPublic());
        for (String challenge : challenges) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(challenge));
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))
                .getEncoded();
    }

    private static KeyPair generate(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
