package io.kryla.factory.handover;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.factory.birth.AcceptedUnit;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.VoucherFault;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Capsule;
import io.kryla.v1.LeafProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapsuleVerifierTest {
    private static BirthLine line;
    private static HandoverBench bench;
    private static Capsule capsule;
    private static CapsuleVerifier verifier;
    private static Instant now;

    @BeforeAll
    static void handOver(@TempDir Path folder) {
        line = BirthLine.in(folder, 1);
        bench = new HandoverBench(line, "A");
        capsule = bench.capsule();
        verifier = CapsuleVerifier.of(bench.line.licensor.root.certificate());
        now = bench.line.line.clock.instant();
    }

    @AfterAll
    static void closeLine() {
        line.close();
    }

    @Test
    void verifiesFromTheRootAlone() {
        assertThat(verify(capsule)).isInstanceOfSatisfying(CapsuleResult.Verified.class, verified -> {
            assertThat(verified.facts().serial()).isEqualTo(bench.serial);
            assertThat(verified.facts().voucher().ownerId()).isEqualTo("end-user-1");
            assertThat(verified.facts().acceptance().getAttemptsCount()).isEqualTo(1);
        });
    }

    @Test
    void verifiesYearsLater() {
        Instant later = now.plus(Duration.ofDays(3650));
        assertThat(verifier.verify(capsule.toByteArray(), later)).isInstanceOf(CapsuleResult.Verified.class);
    }

    @Test
    void rejectsAnotherRoot() {
        var stranger = new io.kryla.factory.testline.TestLicensor().root.certificate();
        assertRejected(
                CapsuleVerifier.of(stranger).verify(capsule.toByteArray(), now), "UNKNOWN_SIGNER", "trust_bundle");
    }

    @Test
    void rejectsABundleOlderThanOneKnown() {
        assertRejected(
                verifier.withKnownRevision(2).verify(capsule.toByteArray(), now), "BUNDLE_ROLLBACK", "trust_bundle");
    }

    @Test
    void rejectsAnEntryThatWasCutOut() {
        assertRejected(verify(capsule.toBuilder().removeSteps(0)), VoucherFault.CHAIN_BROKEN, "voucher");
        assertRejected(verify(capsule.toBuilder().removeSteps(1)), HandoverReceipts.RECEIPT_SIGNATURE, "receipt");
        assertRejected(verify(capsule.toBuilder().clearSteps()), CapsuleFault.NOT_HANDED_OVER, "steps");
    }

    @Test
    void rejectsABirthThatNoWitnessHasSeen() {
        assertRejected(
                verify(capsule.toBuilder().setBirth(withoutCosignatures(capsule.getBirth()))), "NO_QUORUM", "birth");
    }

    @Test
    void rejectsATransferThatNoWitnessHasSeen() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.getStepsBuilder(1)
                .setTransfer(withoutCosignatures(capsule.getSteps(1).getTransfer()));
        assertRejected(verify(changed), "NO_QUORUM", "voucher");
    }

    @Test
    void rejectsATransferProvenByAnotherLeaf() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.getStepsBuilder(1).setTransfer(capsule.getSteps(0).getTransfer());
        assertRejected(verify(changed), VoucherFault.TRANSFER_MISMATCH, "voucher");
    }

    @Test
    void rejectsAChainThatIsNotTheLines() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.setIdevidChain(1, capsule.getBirthRecord().getSignatures(0).getCertificateChain(1));
        assertRejected(verify(changed), "POLICY", "idevid_chain");
        assertRejected(verify(capsule.toBuilder().clearIdevidChain()), "PATH", "idevid_chain");
    }

    @Test
    void rejectsARecordWhoseChainWasTakenAway() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.getBirthRecordBuilder().getSignaturesBuilder(0).clearCertificateChain();
        assertRejected(verify(changed), "PATH", "birth_record");
    }

    @Test
    void rejectsWhenARevocationListIsLeftOut() {
        var kept = new java.util.ArrayList<>(capsule.getCrlsList());
        kept.remove(2);
        assertRejected(verify(capsule.toBuilder().clearCrls().addAllCrls(kept)), "CRL_STALE", "idevid_chain");
    }

    @Test
    void rejectsTheAcceptanceOfAnotherFlight() {
        assertRejected(
                verify(capsule.toBuilder().setAcceptance(capsule.getBirth())),
                CapsuleFault.ACCEPTANCE_MISMATCH,
                "acceptance_record");
    }

    @Test
    void rejectsAnAcceptanceBelowTheLicensesLeastLevel() {
        var stricter = bench.line.licensor.sign(bench.line.license.content().toBuilder()
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_SITL)
                .build());
        assertRejected(
                verify(capsule.toBuilder().setLicense(stricter)), CapsuleFault.LEVEL_MISMATCH, "acceptance_record");
    }

    @Test
    void rejectsALicenseOfAnotherLineOrDesign() {
        var license = bench.line.license.content();
        assertRejected(
                verify(capsule.toBuilder()
                        .setLicense(bench.line.licensor.sign(license.toBuilder()
                                .setLine("GB-01")
                                .setLedgerOrigin(TestLicensor.FOREIGN_ORIGIN)
                                .build()))),
                "WRONG_ORIGIN",
                "birth");
        assertRejected(
                verify(capsule.toBuilder()
                        .setLicense(bench.line.licensor.sign(
                                license.toBuilder().setDesignOid("1.2.3").build()))),
                CapsuleFault.BIRTH_MISMATCH,
                "birth_record");
    }

    @Test
    void rejectsAnotherAuthorisation() {
        assertRejected(
                verify(capsule.toBuilder().setExportAuthorisation(bench.line.licensor.exportAuthorisation(9))),
                AuthorisationFault.MISMATCH,
                "export_authorisation");
        assertRejected(
                verify(capsule.toBuilder().clearExportAuthorisation()),
                AuthorisationFault.SIGNATURE,
                "export_authorisation");
    }

    @Test
    void rejectsAReceiptThatOneKeySignedTwice() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.getReceiptBuilder().setSignatures(1, capsule.getReceipt().getSignatures(0));
        assertRejected(verify(changed), HandoverReceipts.RECEIPT_SIGNATURE, "receipt");
    }

    @Test
    void rejectsAReceiptOfAnotherTransfer() {
        var foreign = HandoverReceipts.countersign(
                HandoverReceipts.sign(
                        bench.airframe.identityKey(),
                        bench.serial,
                        AcceptedUnit.sha("nonce"),
                        AcceptedUnit.sha("another entry"),
                        now),
                bench.endUserKey);
        assertRejected(verify(capsule.toBuilder().setReceipt(foreign)), HandoverReceipts.RECEIPT_MISMATCH, "receipt");
    }

    @Test
    void rejectsAHeaderThatTheEndUserMadeUp() {
        Capsule.Builder changed = capsule.toBuilder();
        changed.setHeader(DsseSigner.sign(
                capsule.getHeader().getPayloadType(),
                capsule.getHeader().getPayload().toByteArray(),
                bench.endUserKey));
        assertRejected(verify(changed), "PATH", "voucher");
    }

    @Test
    void noFlippedBitGoesUnseenAndNoneThrows() {
        byte[] bytes = capsule.toByteArray();
        Random random = new Random(20260301);
        for (int i = 0; i < 400; i++) {
            byte[] changed = bytes.clone();
            int bit = random.nextInt(8 * changed.length);
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(verifier.verify(changed, now))
                    .as("bit %d flipped", bit)
                    .isInstanceOf(CapsuleResult.Rejected.class);
        }
    }

    @Test
    void cutOffBytesAreRejected() {
        byte[] bytes = capsule.toByteArray();
        for (int length = 0; length < bytes.length; length += 97) {
            assertThat(verifier.verify(java.util.Arrays.copyOf(bytes, length), now))
                    .isInstanceOf(CapsuleResult.Rejected.class);
        }
    }

    private static LeafProof withoutCosignatures(LeafProof proof) {
        String text = proof.getTlogProof().toString(StandardCharsets.UTF_8);
        StringBuilder kept = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (!line.startsWith("\u2014 kryla.example/witness ")) {
                kept.append(kept.length() == 0 ? "" : "\n").append(line);
            }
        }
        return proof.toBuilder()
                .setTlogProof(ByteString.copyFromUtf8(kept.toString()))
                .build();
    }

    private static CapsuleResult verify(Capsule.Builder changed) {
        return verify(changed.build());
    }

    private static CapsuleResult verify(Capsule changed) {
        return verifier.verify(changed.toByteArray(), now);
    }

    private static void assertRejected(CapsuleResult result, String code, String where) {
        assertThat(result).isInstanceOfSatisfying(CapsuleResult.Rejected.class, rejected -> {
            assertThat(rejected.code()).as(rejected.reason()).isEqualTo(code);
            assertThat(rejected.where()).isEqualTo(where);
        });
    }
}
