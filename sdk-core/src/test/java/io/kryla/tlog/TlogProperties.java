package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for every text and every tree, hostile ones too. */
class TlogProperties {
    private static final SoftwareSigner KEY = SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
    private static final NoteSigner LOG = NoteSigner.of("log.example", KEY);

    @Property(tries = 1000)
    void parsersNeverThrowAndAcceptOnlyWhatTheyWouldWrite(@ForAll("almostNotes") byte[] untrusted) {
        Note.parse(untrusted).ifPresent(note -> assertThat(note.bytes()).isEqualTo(untrusted));
        SignedCheckpoint.parse(untrusted)
                .ifPresent(signed -> assertThat(signed.bytes()).isEqualTo(untrusted));
        TlogProof.parse(untrusted);
        String text = new String(untrusted, StandardCharsets.UTF_8);
        Checkpoint.parse(text)
                .ifPresent(checkpoint -> assertThat(checkpoint.body()).isEqualTo(text));
        assertThat(NoteVerifier.fromVkey(text)).isEmpty();
        EntryBundle.parse(untrusted, 3);
    }

    @Property(tries = 300)
    void checkpointsSurviveTheirText(@ForAll @LongRange(min = 0) long size, @ForAll @Size(32) byte[] root) {
        SignedCheckpoint signed = SignedCheckpoint.sign(new Checkpoint("log.example", size, Digest.of(root)), LOG);
        assertThat(SignedCheckpoint.parse(signed.bytes())).contains(signed);
        assertThat(LOG.verifier().verify(signed.note())).isTrue();
    }

    @Property(tries = 200)
    void proofsSurviveTheirTextAndProveTheirLeafAlone(
            @ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(max = 299) int number) {
        int index = number % size;
        MerkleTree tree = treeOf(size);
        SignedCheckpoint signed = SignedCheckpoint.sign(new Checkpoint("log.example", size, tree.root()), LOG);
        TlogProof proof = new TlogProof(index, tree.inclusionProof(index, size), signed);
        assertThat(TlogProof.parse(proof.bytes())).contains(proof);
        assertThat(proof.includes(leaf(index))).isTrue();
        assertThat(proof.includes(leaf(index + 1))).isFalse();
    }

    @Property(tries = 300)
    void noFlippedBitOfACosignedProofGoesUnseen(@ForAll @IntRange(min = 0, max = 1 << 20) int position) {
        MerkleTree tree = treeOf(5);
        Cosigner witness = Cosigner.of("witness.example", KEY);
        Checkpoint checkpoint = new Checkpoint("log.example", 5, tree.root());
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, LOG)
                .with(witness.cosign(checkpoint, java.time.Instant.ofEpochSecond(1_800_000_000L)));
        byte[] bytes = new TlogProof(2, tree.inclusionProof(2, 5), signed).bytes();
        int bit = position % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        boolean accepted = TlogProof.parse(bytes)
                .filter(proof -> proof.includes(leaf(2)))
                .filter(proof -> LOG.verifier().verify(proof.signedCheckpoint().note()))
                .filter(proof -> witness.verifier()
                        .cosignedAt(proof.signedCheckpoint().note())
                        .isPresent())
                .filter(proof -> proof.signedCheckpoint().checkpoint().origin().equals("log.example"))
                .isPresent();
        assertThat(accepted).isFalse();
    }

    @Property(tries = 300)
    void hostileProofsNeitherThrowNorVerify(
            @ForAll long index,
            @ForAll long size,
            @ForAll long to,
            @ForAll @Size(max = 70) List<@Size(32) byte[]> raw) {
        List<Digest> hashes = new ArrayList<>();
        raw.forEach(each -> hashes.add(Digest.of(each)));
        Digest root = Digest.sha256(new byte[] {1});
        assertThat(MerkleProofs.verifyInclusion(leaf(0), index, size, hashes, root))
                .isFalse();
        assertThat(MerkleProofs.verifyConsistency(index, leaf(1), to, root, hashes))
                .isFalse();
    }

    /** Texts that look like notes and proofs, and plain noise. */
    @Provide
    Arbitrary<byte[]> almostNotes() {
        Arbitrary<String> piece = Arbitraries.of(
                "log.example",
                "0",
                "5",
                "index 5",
                "extra AAAA",
                "c2sp.org/tlog-proof@v1",
                "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
                "— log.example Az3grlgt",
                "— ",
                "a+00000000+AQ==",
                "\n",
                "",
                "\u0000",
                "é");
        Arbitrary<byte[]> texts = piece.list()
                .ofMaxSize(12)
                .map(pieces -> String.join("\n", pieces).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(texts, texts, noise);
    }

    @Property(tries = 100)
    void signatureLinesSurviveTheirText(@ForAll int keyId, @ForAll @Size(min = 1, max = 100) byte[] signature) {
        NoteSignature line = new NoteSignature("name.example", keyId, Signature.of(signature));
        assertThat(NoteSignature.parse(line.line())).contains(line);
    }

    private static MerkleTree treeOf(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static Digest leaf(int number) {
        return MerkleHash.leaf(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
}
