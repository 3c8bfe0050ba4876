package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.testline.TestLicensor;
import io.kryla.factory.testline.TestLine;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.factory.witness.WitnessException;
import io.kryla.factory.witness.WitnessLimits;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult.LineSigned;
import io.kryla.identity.ProofResult.Proven;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileResult;
import io.kryla.tlog.TileSource;
import io.kryla.v1.LeafProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosigningTest {
    @TempDir
    Path folder;

    private TestLine line;

    @BeforeEach
    void openLine() {
        line = TestLine.withQuota(folder, 3);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void provesALeafUnderACosignedCheckpoint() {
        String serial = line.bear("A");

        Proven proven = (Proven) verifier().verify(proof(line.ledger.leafProof(0)));

        assertThat(proven.index()).isZero();
        assertThat(proven.leaf().getSerial()).isEqualTo(serial);
        assertThat(proven.cosignedAt()).isEqualTo(line.clock.instant());
    }

    @Test
    void provesALeafToTheLinesOwnGroundWithoutAWitness() {
        line.bear("A");

        LeafProof proof = proof(line.ledger.uncosignedProof(0));

        assertThat(verifier().verifyLineSigned(proof, line.licensor.line().ledgerOrigin()))
                .isInstanceOf(LineSigned.class);
        assertThat(verifier().verify(proof)).isNotInstanceOf(Proven.class);
    }

    @Test
    void provesEveryEarlierLeafUnderALaterCheckpoint() {
        line.accept("A");
        line.accept("B");
        line.ledger.cosign();

        for (long index = 0; index < line.ledger.size(); index++) {
            assertThat(verifier().verify(proof(line.ledger.leafProof(index)))).isInstanceOf(Proven.class);
        }
    }

    @Test
    void staysBornWhileTheWitnessIsAway() {
        openWith(request -> {
            throw new WitnessException(WitnessException.WITNESS_UNREACHABLE, "no stick", true);
        });
        String serial = line.bear("A");

        assertThat(LineLedgerContract.refusal(line.ledger.leafProof(0))).isEqualTo("WITNESS_UNREACHABLE");
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
        assertThat(line.ledger.cosignedCheckpoint()).isEmpty();

        openWith(request -> line.witness.exchange(request));
        assertThat(verifier().verify(proof(line.ledger.leafProof(0)))).isInstanceOf(Proven.class);
    }

    @Test
    void goesOnAfterAnAnswerWasLost() {
        AtomicInteger calls = new AtomicInteger();
        openWith(request -> {
            byte[] answer = line.witness.exchange(request);
            if (calls.getAndIncrement() == 0) {
                throw new WitnessException(WitnessException.WITNESS_UNREACHABLE, "cut off", true);
            }
            return answer;
        });
        line.bear("A");
        assertThat(line.ledger.cosign()).isInstanceOf(Refused.class);

        line.bear("B");

        assertThat(line.ledger.cosign()).isInstanceOf(CosignResult.Cosigned.class);
        assertThat(verifier().verify(proof(line.ledger.leafProof(1)))).isInstanceOf(Proven.class);
    }

    @Test
    void takesNoAnswerThatDoesNotVerify() {
        openWith(request -> new byte[] {1, 2, 3});
        line.bear("A");
        assertThat(LineLedgerContract.refusal(line.ledger.cosign())).isEqualTo("NO_QUORUM");

        openWith(request -> new byte[0]);
        assertThat(line.ledger.cosign()).isInstanceOf(Refused.class);
        assertThat(line.ledger.cosignedCheckpoint()).isEmpty();
    }

    @Test
    void needsAsManyWitnessesAsTheTrustBundleAsksFor() {
        line.close();
        TestLicensor strict = new TestLicensor(2);
        line = TestLine.withQuota(strict, folder.resolve("strict"), 3);
        line.bear("A");
        assertThat(LineLedgerContract.refusal(line.ledger.cosign())).isEqualTo("NO_QUORUM");

        try (Witness second =
                Witness.open(folder.resolve("second"), strict.bundle, strict.secondWitnessKey, line.clock)) {
            line.ledger.close();
            line.ledger = line.ledgerBuilder().witness(second).open();

            assertThat(verifier().verify(proof(line.ledger.leafProof(0)))).isInstanceOf(Proven.class);
        }
    }

    @Test
    void countsNoWitnessTwice() {
        line.close();
        line = TestLine.withQuota(new TestLicensor(2), folder.resolve("strict"), 3);
        line.ledger.close();
        line.ledger = line.ledgerBuilder()
                .witness(request -> line.witness.exchange(request))
                .open();
        line.bear("A");

        assertThat(LineLedgerContract.refusal(line.ledger.cosign())).isEqualTo("NO_QUORUM");
    }

    @Test
    void isRefusedARollbackOfItsFolder() {
        line.bear("A");
        line.ledger.cosign();
        line.ledger.close();
        Path lost = folder.resolve("restored-from-nothing");
        line.ledger = line.ledgerBuilder().folder(lost).open();
        line.ledger.admitLicense(line.licensor.sign(line.licensor.licenseFor(3).build()));

        assertThat(LineLedgerContract.refusal(line.ledger.cosign())).isEqualTo("ROLLBACK");
    }

    @Test
    void sendsManyLeavesInBatches() {
        LeavesInMemory leaves = new LeavesInMemory(line, 2 * WitnessLimits.MOST_LEAVES + 1);
        AtomicInteger exchanges = new AtomicInteger();
        Cosigning cosigning = new Cosigning(
                SqliteFaultTest.configuration(line, request -> {
                    exchanges.incrementAndGet();
                    return line.witness.exchange(request);
                }),
                leaves);

        CosignResult.Cosigned cosigned = (CosignResult.Cosigned) cosigning.cosign();

        assertThat(cosigned.size()).isEqualTo(leaves.size());
        assertThat(exchanges).hasValue(3);
    }

    @Test
    void exportsTheCosignedLeavesAsStaticTiles() throws Exception {
        Path tiles = folder.resolve("tiles");
        assertThat(LineLedgerContract.refusal(line.ledger.exportTiles(tiles))).isEqualTo("NO_QUORUM");
        line.accept("A");
        line.ledger.cosign();
        line.bear("B");

        assertThat(line.ledger.exportTiles(tiles)).isInstanceOf(CosignResult.Cosigned.class);

        TileResult.Complete read = (TileResult.Complete) TileReader.of(TileSource.folder(tiles))
                .read((index, leaf) -> assertThat(leaf)
                        .isEqualTo(line.ledger.leaf(index).bytes().toByteArray()));
        assertThat(read.tree().size()).isEqualTo(4);
        assertThat(new String(read.signedCheckpoint().bytes(), StandardCharsets.UTF_8))
                .isEqualTo(line.ledger.cosignedCheckpoint().orElseThrow());
    }

    @Test
    void namesAFolderThatTilesCannotBeWrittenInto() throws Exception {
        line.bear("A");
        line.ledger.cosign();
        Path file = Files.writeString(folder.resolve("a-file"), "");

        assertThatThrownBy(() -> line.ledger.exportTiles(file.resolve("tiles")))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));
    }

    private void openWith(WitnessClient way) {
        line.ledger.close();
        line.ledger = line.ledgerBuilder(way).open();
    }

    private LedgerProofVerifier verifier() {
        return LedgerProofVerifier.of(line.licensor.bundle);
    }

    private static LeafProof proof(ProofResult result) {
        assertThat(result).isInstanceOf(ProofResult.Proof.class);
        return ((ProofResult.Proof) result).leafProof();
    }
}
