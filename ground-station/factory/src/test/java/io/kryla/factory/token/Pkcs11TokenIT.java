package io.kryla.factory.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Pkcs11TokenIT {
    private static final byte[] MESSAGE = "signed in a token".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256_SHA256", "ECDSA_P384_SHA384"})
    void aKeyMadeInTheTokenSignsAndIsFoundAgain(SignatureAlgorithm algorithm) {
        TokenAddress address = SoftHsm.fresh();
        Signer made;
        try (Pkcs11Token token = open(address)) {
            made = token.make("line-ca", algorithm);
            assertThat(made.key().algorithm()).isEqualTo(algorithm);
            assertThat(made.key().verify(MESSAGE, made.sign(MESSAGE))).isTrue();
        }
        assertThatThrownBy(() -> made.sign(MESSAGE)).satisfies(hasCode("TOKEN_FAILED"));
        try (Pkcs11Token token = open(address)) {
            Signer found = token.key("line-ca");
            assertThat(found.key()).isEqualTo(made.key());
            assertThat(made.key().verify(MESSAGE, found.sign(MESSAGE))).isTrue();
            assertThat(token.names()).containsExactly("line-ca");
        }
    }

    @Test
    void theSecretNeverLeavesTheToken() {
        TokenAddress address = SoftHsm.fresh();
        try (Pkcs11Token token = open(address)) {
            token.make("line-ca", SignatureAlgorithm.ECDSA_P384_SHA384);

            String said = SoftHsm.pkcs11Tool(address, "--list-objects", "--type", "privkey");

            assertThat(said)
                    .contains(
                            "ID:         " + HexFormat.of().formatHex("line-ca".getBytes(StandardCharsets.US_ASCII)),
                            "Usage:      sign\n",
                            "Access:     sensitive, always sensitive, never extractable, local");
        }
    }

    @Test
    void aLineCaInTheTokenIssuesWhatEveryoneElseVerifies() {
        TestLicensor licensor = new TestLicensor();
        try (Pkcs11Token token = open(SoftHsm.fresh())) {
            Signer key = token.make("line-ca", SignatureAlgorithm.ECDSA_P384_SHA384);
            CertificateChain chain = DesignCa.open(licensor.designChain, licensor.designKey, licensor.random)
                    .issueLineCa(TestLicensor.LINE, key.key(), List.of(TestLicensor.LICENSE_OID), TestLicensor.START);
            LineCa line = LineCa.open(chain, TestLicensor.LINE, key, licensor.random);

            CertificateChain idevid = line.issueIdevid(
                    licensor.p256().key(),
                    TestLicensor.LICENSE_OID,
                    TestLicensor.DESIGN_OID,
                    "KRY08DE100001",
                    TestLicensor.START);

            var now = TestLicensor.START.plusSeconds(60);
            var crls = new CrlSet(
                    List.of(
                            licensor.root.emptyRevocationList(1, TestLicensor.START, now.plus(Duration.ofDays(7))),
                            licensor.designCa.emptyRevocationList(1, TestLicensor.START, now.plus(Duration.ofDays(7))),
                            line.emptyRevocationList(1, TestLicensor.START, now.plus(Duration.ofDays(7)))),
                    CrlProfile.LINE,
                    now);
            assertThat(PathValidator.of(licensor.root.certificate())
                            .validateIdevid(idevid, TestLicensor.LICENSE_OID, now, crls))
                    .isInstanceOf(PathResult.Valid.class);
        }
    }

    @Test
    void manyThreadsSignAtOnce() throws Exception {
        try (Pkcs11Token token = open(SoftHsm.fresh())) {
            Signer key = token.make("station", SignatureAlgorithm.ECDSA_P256_SHA256);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> signed = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    byte[] message = {(byte) i};
                    signed.add(threads.submit(() -> key.key().verify(message, key.sign(message))));
                }
                for (Future<Boolean> each : signed) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void aKeyIsNeverReplaced() {
        try (Pkcs11Token token = open(SoftHsm.fresh())) {
            Signer first = token.make("ledger", SignatureAlgorithm.ECDSA_P256_SHA256);

            assertThatThrownBy(() -> token.make("ledger", SignatureAlgorithm.ECDSA_P256_SHA256))
                    .satisfies(hasCode("KEY_EXISTS"));

            assertThat(token.key("ledger").key()).isEqualTo(first.key());
            assertThatThrownBy(() -> token.key("other"))
                    .satisfies(hasCode("KEY_MISSING"))
                    .hasMessageContaining("[ledger]");
            assertThatThrownBy(() -> token.make("log", SignatureAlgorithm.ED25519))
                    .satisfies(hasCode("KEY_KIND"));
        }
    }

    @Test
    void aWrongPinIsToldAndNotTriedAgain() {
        TokenAddress address = SoftHsm.fresh();

        assertThatThrownBy(() -> Pkcs11Token.open(address, "wrong".toCharArray()))
                .satisfies(hasCode("TOKEN_PIN_WRONG"))
                .hasMessageNotContaining("wrong\"");

        open(address).close();
    }

    @Test
    void whatIsNoTokenIsUnreachable() {
        TokenAddress noModule = new TokenAddress(Path.of("/no/such/module.so"), 1);
        assertThatThrownBy(() -> open(noModule)).satisfies(hasCode("TOKEN_UNREACHABLE"));
        TokenAddress noSlot = new TokenAddress(SoftHsm.module(), 77);
        assertThatThrownBy(() -> open(noSlot)).satisfies(hasCode("TOKEN_UNREACHABLE"));
    }

    private static Pkcs11Token open(TokenAddress address) {
        return Pkcs11Token.open(address, SoftHsm.PIN.toCharArray());
    }

    private static Consumer<Throwable> hasCode(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
