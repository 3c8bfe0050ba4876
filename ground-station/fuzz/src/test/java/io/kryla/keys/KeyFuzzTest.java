package io.kryla.keys;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.factory.pki.SigningRequest;
import io.kryla.fuzz.Executions;
import io.kryla.identity.CertificateSigningRequest;
import io.kryla.identity.fixture.TestLicensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, signatures and signing requests in DER, key files in PEM, hashes in hexadecimal. */
class KeyFuzzTest {
    private static final char[] PASSPHRASE = {'a'};

    private int executions;

    static Stream<byte[]> seeds() throws IOException {
        SoftwareSigner p256 = TestLicensor.p256();
        SoftwareSigner ed25519 = TestLicensor.ed25519();
        return Stream.of(
                p256.key().spki(),
                ed25519.key().spki(),
                p256.pkcs8(),
                ed25519.pkcs8(),
                EcdsaDer.encode(p256.sign(new byte[1])),
                CertificateSigningRequest.create(p256, "KRYL5FUZZ1", new byte[32]),
                Pbes2.encrypt(new byte[40], PASSPHRASE, 1).getBytes(StandardCharsets.US_ASCII),
                Digest.sha256(new byte[1]).hex().getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void keysAndSignatures(byte[] input) {
        Executions.count();
        VerificationKey.fromSpki(input)
                .ifPresent(key -> require(Arrays.equals(key.spki(), input), "one form of a key"));
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            VerificationKey.fromRaw(algorithm, input);
            EcdsaDer.decode(input, algorithm)
                    .ifPresent(raw -> require(Arrays.equals(EcdsaDer.encode(raw), input), "one form of a signature"));
        }
        SoftwareSigner.fromPkcs8(input.clone());
        SigningRequest.verify(input);
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Digest.parseHex(text)
                .ifPresent(digest -> require(digest.hex().equalsIgnoreCase(text), "the hash that was written"));
        if (++executions % 50 == 0) {
            readKeyFile(text); // which may ask for two million iterations
        }
    }

    private static void readKeyFile(String text) {
        try {
            Pbes2.decrypt(text, PASSPHRASE, "file");
        } catch (KrylaException e) {
            require(e.code().startsWith("KEY_FILE_"), "one of the codes of key files");
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
