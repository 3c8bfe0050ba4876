package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static final String ORIGIN = "kryla.example/ledger/DE-01";
    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000L);
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 7, Digest.sha256(new byte[] {1}));

    private final SoftwareSigner logKey = ed25519();
    private final NoteSigner log = NoteSigner.of(ORIGIN, logKey);
    private final Cosigner witness = Cosigner.of("witness.example/1", ed25519());
    private final SignedCheckpoint signed = SignedCheckpoint.sign(CHECKPOINT, log);

    @Test
    void verifiesUnderItsKeyAlone() {
        assertThat(log.verifier().verify(signed.note())).isTrue();
        assertThat(NoteVerifier.of(ORIGIN, ed25519().key()).verify(signed.note()))
                .isFalse();
        assertThat(NoteVerifier.of("other.example", logKey.key()).verify(signed.note()))
                .isFalse();
    }

    @Test
    void isSpoiledByALineOfTheKeyThatDoesNotVerify() {
        Signature wrong = log.sign("another text\n").signature();
        Note spoiled = signed.note().with(log.verifier().line(wrong));
        assertThat(log.verifier().verify(spoiled)).isFalse();
    }

    @Test
    void ignoresLinesOfOtherKeys() {
        Note note = signed.note().with(new NoteSignature("other.example", 1, Signature.of(new byte[64])));
        assertThat(log.verifier().verify(note)).isTrue();
    }

    @Test
    void keepsCosignaturesApartFromSignatures() {
        SignedCheckpoint cosigned = signed.with(witness.cosign(CHECKPOINT, AT));
        assertThat(witness.verifier().cosignedAt(cosigned.note())).contains(AT);
        assertThat(witness.verifier().cosignedAt(signed.note())).isEmpty();
        Cosigner namesakeWithLogKey = Cosigner.of(ORIGIN, logKey);
        assertThat(namesakeWithLogKey.verifier().cosignedAt(cosigned.note())).isEmpty();
    }

    @Test
    void holdsAWitnessToTheTimeThatItSigned() {
        byte[] moved = witness.cosign(CHECKPOINT, AT).signature().bytes();
        moved[7] ^= 1;
        NoteSignature genuine = witness.cosign(CHECKPOINT, AT);
        NoteSignature forged = new NoteSignature(genuine.name(), genuine.keyId(), Signature.of(moved));
        assertThat(witness.verifier().cosignedAt(signed.with(forged).note())).isEmpty();
        assertThat(witness.verifier()
                        .cosignedAt(signed.with(genuine).with(forged).note()))
                .isEmpty();
    }

    @Test
    void takesAWitnessesEarliestTime() {
        SignedCheckpoint twice =
                signed.with(witness.cosign(CHECKPOINT, AT.plusSeconds(60))).with(witness.cosign(CHECKPOINT, AT));
        assertThat(witness.verifier().cosignedAt(twice.note())).contains(AT);
    }

    @Test
    void readsVerifierKeysOfItsOwnKindOnly() {
        String vkey = log.verifier().vkey();
        assertThat(NoteVerifier.fromVkey(vkey)).isPresent();
        assertThat(CosignatureVerifier.fromVkey(vkey)).isEmpty();
        assertThat(CosignatureVerifier.fromVkey(witness.verifier().vkey())).isPresent();
        assertThat(NoteVerifier.fromVkey(vkey.replace(ORIGIN, "other.example"))).isEmpty();
        assertThat(NoteVerifier.fromVkey("")).isEmpty();
        assertThat(NoteVerifier.fromVkey("a+b+c")).isEmpty();
    }

    @Test
    void refusesTextsThatAreNoNotes() {
        String good = new String(signed.bytes(), StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                "\n",
                "\n\n",
                CHECKPOINT.body(),
                CHECKPOINT.body() + "\n",
                good.substring(0, good.length() - 1),
                good + "\n",
                good + "x\n",
                good.replace("— ", "- "),
                good.replace("=\n", "\n"),
                good.replace("\n\n", "\n"),
                good.replace("\n", "\r\n"),
                good + "— no+name AAAAAAA=\n",
                good + "— name AAAA\n")) {
            assertThat(Note.parse(bad.getBytes(StandardCharsets.UTF_8))).as(bad).isEmpty();
        }
        assertThat(Note.parse(new byte[] {(byte) 0xff, '\n', '\n'})).isEmpty();
        assertThat(Note.parse(new byte[Note.LONGEST + 1])).isEmpty();
    }

    @Test
    void refusesMoreSignaturesThanItsLimit() {
        StringBuilder text = new StringBuilder(new String(signed.bytes(), StandardCharsets.UTF_8));
        String line = text.substring(text.indexOf("—"));
        text.append(line.repeat(Note.MOST_SIGNATURES - 1));
        assertThat(Note.parse(text.toString().getBytes(StandardCharsets.UTF_8))).isPresent();
        text.append(line);
        assertThat(Note.parse(text.toString().getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void refusesTextsThatAreNoCheckpoints() {
        String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assertThat(Checkpoint.parse("a\n0\n" + root)).isPresent();
        for (String bad : List.of(
                "",
                "a\n0\n",
                "\n0\n" + root,
                "two words\n0\n" + root,
                "a\n00\n" + root,
                "a\n-1\n" + root,
                "a\n+1\n" + root,
                "a\n\n" + root,
                "a\n9223372036854775808\n" + root,
                "a\n0\n" + root + "extension\n",
                "a\n0\n" + root.replace("=", ""),
                "a\n0\n" + root.replace("2I=", "2J="),
                "a\n0\nAAAA\n")) {
            assertThat(Checkpoint.parse(bad)).as(bad).isEmpty();
        }
        assertThat(Checkpoint.parse("a\n9223372036854775807\n" + root)).isPresent();
    }

    @Test
    void namesTheArgumentOfACallersMistake() {
        assertThatThrownBy(() -> NoteSigner.of("two words", logKey)).hasMessageContaining("name");
        SoftwareSigner p256 = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, new SecureRandom());
        assertThatThrownBy(() -> NoteSigner.of(ORIGIN, p256)).hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> new Checkpoint(ORIGIN, -1, MerkleHash.EMPTY_ROOT))
                .hasMessageContaining("size");
    }

    private static SoftwareSigner ed25519() {
        return SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
    }
}
