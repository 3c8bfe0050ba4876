package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.identity.fixture.TestLedger;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerProofVerifierTest {
    private static final Instant EARLY = Instant.parse("2026-06-01T10:00:00Z");
    private static final Instant LATE = Instant.parse("2026-06-01T11:00:00Z");

    private final TestLicensor licensor = new TestLicensor();
    private final TestLedger ledger = licensor.ledger();
    private final LedgerLeaf leaf = leaf("9999400000002");
    private final long index;

    LedgerProofVerifierTest() {
        ledger.append(leaf("9999400000001"));
        index = ledger.append(leaf);
        ledger.append(leaf("9999400000003"));
    }

    @Test
    void provesALeafUnderACosignedCheckpoint() {
        assertThat(verify(licensor.bundle(), ledger.proof(leaf, index, ledger.cosigned(EARLY))))
                .isInstanceOfSatisfying(ProofResult.Proven.class, proven -> {
                    assertThat(proven.leaf()).isEqualTo(leaf);
                    assertThat(proven.index()).isEqualTo(1);
                    assertThat(proven.checkpoint().size()).isEqualTo(3);
                    assertThat(proven.cosignedAt()).isEqualTo(EARLY);
                });
    }

    @Test
    void takesTheTimeAtWhichTheQuorumWasComplete() {
        LeafProof proof = ledger.proof(leaf, index, ledger.cosigned(LATE, EARLY));
        assertThat(((ProofResult.Proven) verify(bundleWithQuorum(1), proof)).cosignedAt())
                .isEqualTo(EARLY);
        assertThat(((ProofResult.Proven) verify(bundleWithQuorum(2), proof)).cosignedAt())
                .isEqualTo(LATE);
    }

    @Test
    void refusesFewerWitnessesThanTheQuorum() {
        assertRejected(
                verify(licensor.bundle(), ledger.proof(leaf, index, ledger.checkpoint())), ProofRejection.NO_QUORUM);
        assertRejected(
                verify(bundleWithQuorum(2), ledger.proof(leaf, index, ledger.cosigned(EARLY))),
                ProofRejection.NO_QUORUM);
    }

    @Test
    void countsAWitnessOnceHoweverOftenItCosigned() {
        SignedCheckpoint once = ledger.cosigned(EARLY);
        SignedCheckpoint twice =
                once.with(ledger.cosigned(LATE).note().signatures().get(1));
        assertRejected(verify(bundleWithQuorum(2), ledger.proof(leaf, index, twice)), ProofRejection.NO_QUORUM);
    }

    @Test
    void refusesWitnessesOfAnotherBundle() {
        TestLedger foreign = new TestLicensor().ledger();
        foreign.append(leaf);
        SignedCheckpoint mixed = ledger.checkpoint()
                .with(foreign.cosigned(EARLY).note().signatures().get(1));
        assertRejected(verify(licensor.bundle(), ledger.proof(leaf, index, mixed)), ProofRejection.NO_QUORUM);
    }

    @Test
    void refusesALedgerThatSignsWithAnotherKey() {
        TestLedger namesake = new TestLicensor().ledger();
        long at = namesake.append(leaf);
        assertRejected(
                verify(licensor.bundle(), namesake.proof(leaf, at, namesake.cosigned(EARLY))), ProofRejection.BAD_NOTE);
    }

    @Test
    void refusesALedgerThatTheBundleDoesNotName() {
        TrustedBundle other = open(licensor.bundleContent()
                .setLedgers(
                        0, licensor.bundleContent().getLedgers(0).toBuilder().setOrigin("kryla.example/ledger/GB-01")));
        assertRejected(verify(other, ledger.proof(leaf, index, ledger.cosigned(EARLY))), ProofRejection.WRONG_ORIGIN);
    }

    @Test
    void refusesAnotherLeafOrAnotherIndex() {
        LeafProof proof = ledger.proof(leaf, index, ledger.cosigned(EARLY));
        LeafProof otherLeaf =
                proof.toBuilder().setLeaf(leaf("9999400000001").toByteString()).build();
        assertRejected(verify(licensor.bundle(), otherLeaf), ProofRejection.ROOT_MISMATCH);
        String text = proof.getTlogProof().toStringUtf8().replace("index 1\n", "index 0\n");
        LeafProof otherIndex =
                proof.toBuilder().setTlogProof(ByteString.copyFromUtf8(text)).build();
        assertRejected(verify(licensor.bundle(), otherIndex), ProofRejection.ROOT_MISMATCH);
    }

    @Test
    void refusesWhatIsNoProof() {
        assertRejected(verify(licensor.bundle(), LeafProof.getDefaultInstance()), ProofRejection.MALFORMED);
    }

    @Test
    void leavesALineToTrustItsOwnLedgerUncosigned() {
        LedgerProofVerifier verifier = LedgerProofVerifier.of(licensor.bundle());
        LeafProof uncosigned = ledger.proof(leaf, index, ledger.checkpoint());
        assertThat(verifier.verifyLineSigned(uncosigned, TestLicensor.LEDGER_ORIGIN))
                .isEqualTo(
                        new ProofResult.LineSigned(leaf, 1, ledger.checkpoint().checkpoint()));
        assertRejected(
                verifier.verifyLineSigned(uncosigned, "kryla.example/ledger/GB-01"), ProofRejection.WRONG_ORIGIN);
    }

    private TrustedBundle bundleWithQuorum(int quorum) {
        return open(licensor.bundleContent().setWitnessQuorum(quorum));
    }

    private TrustedBundle open(io.kryla.v1.TrustBundle.Builder content) {
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(
                licensor.root().certificate(), licensor.signedBundle(content.build()), OptionalLong.empty());
        return ((DocumentResult.Verified<TrustedBundle>) opened).document();
    }

    private static ProofResult verify(TrustedBundle bundle, LeafProof proof) {
        return LedgerProofVerifier.of(bundle).verify(proof);
    }

    private static LedgerLeaf leaf(String serial) {
        return LedgerLeaf.newBuilder().setSerial(serial).setActorId("card-1").build();
    }

    private static void assertRejected(ProofResult result, ProofRejection code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ProofResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
