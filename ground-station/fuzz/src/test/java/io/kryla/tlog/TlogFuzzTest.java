package io.kryla.tlog;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of logs: notes, checkpoints, cosignatures, proofs, verifier keys; and their tiles and entry bundles. */
class TlogFuzzTest {
    private static final Signer LOG = TestLicensor.ed25519();
    private static final Signer WITNESS = TestLicensor.ed25519();
    private static final NoteVerifier LOG_KEY = NoteVerifier.of("kryla.example/log", LOG.key());
    private static final CosignatureVerifier WITNESS_KEY = CosignatureVerifier.of("witness.example", WITNESS.key());
    private static final byte[] LEAF = {1, 2, 3};
    private static final SignedCheckpoint CHECKPOINT = checkpoint();

    private static SignedCheckpoint checkpoint() {
        Checkpoint checkpoint = new Checkpoint("kryla.example/log", 1, MerkleHash.leaf(LEAF));
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, NoteSigner.of("kryla.example/log", LOG));
        return signed.with(Cosigner.of("witness.example", WITNESS).cosign(checkpoint, Instant.ofEpochSecond(1)));
    }

    static Stream<byte[]> seeds() {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        EntryBundle.write(LEAF, bundle);
        return Stream.of(
                CHECKPOINT.bytes(),
                new TlogProof(0, List.of(Digest.sha256(LEAF)), CHECKPOINT).bytes(),
                LOG_KEY.vkey().getBytes(StandardCharsets.US_ASCII),
                WITNESS_KEY.vkey().getBytes(StandardCharsets.US_ASCII),
                bundle.toByteArray());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void textsAndTiles(byte[] input) throws IOException {
        Executions.count();
        Note.parse(input).ifPresent(note -> {
            require(Arrays.equals(note.bytes(), input), "one form of a note");
            LOG_KEY.verify(note);
            WITNESS_KEY.cosignedAt(note);
        });
        SignedCheckpoint.parse(input)
                .ifPresent(signed -> require(signed.checkpoint().size() >= 0, "a size"));
        TlogProof.parse(input).ifPresent(proof -> proof.includes(Digest.sha256(LEAF)));
        if (input.length < 600) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            NoteVerifier.fromVkey(text).ifPresent(key -> require(key.vkey().equals(text), "one form of a key"));
            CosignatureVerifier.fromVkey(text)
                    .ifPresent(key -> require(key.vkey().equals(text), "one form of a key"));
        }
        EntryBundle.parse(input, 1);
        EntryBundle.parse(input, TilePaths.FULL_WIDTH);
        TileReader.of((path, most) -> Optional.of(path.equals(TilePaths.CHECKPOINT) ? CHECKPOINT.bytes() : input)
                        .filter(content -> content.length <= most))
                .read((index, entry) -> {});
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
