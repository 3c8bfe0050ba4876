package io.kryla.factory.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.handover.AirframeHandover;
import io.kryla.airframe.handover.HandoverOutcome;
import io.kryla.factory.birth.AcceptedUnit;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.UnitState;
import io.kryla.ownership.Owner;
import io.kryla.ownership.VoucherEntries;
import io.kryla.ownership.VoucherFault;
import io.kryla.v1.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDeskTest {
    private static BirthLine line;
    private static int boards;
    private HandoverBench bench;

    @BeforeAll
    static void openLine(@TempDir Path folder) {
        line = BirthLine.in(folder, 100);
    }

    @AfterAll
    static void closeLine() {
        line.close();
    }

    @BeforeEach
    void acceptAnAirframe() {
        bench = new HandoverBench(line, "board " + ++boards);
    }

    @Test
    void handsOverThroughTheCentreToTheEndUser() {
        assertThat(bench.giveToCentre()).isInstanceOf(HandoverResult.Transferred.class);
        assertThat(bench.line.line.ledger.unit(bench.serial).orElseThrow().state())
                .isEqualTo(UnitState.HANDED_OVER);
        assertThat(bench.giveToEndUser()).isInstanceOfSatisfying(HandoverResult.Transferred.class, transferred -> {
            assertThat(transferred.voucher().transfers()).hasSize(2);
            assertThat(transferred.voucher().ownerId()).isEqualTo("end-user-1");
        });
    }

    @Test
    void answersTheSameEntryAgainWithoutASecondLeaf() {
        Envelope entry =
                VoucherEntries.sign(bench.voucher(), bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key());
        HandoverResult.Transferring first = bench.desk().transfer(bench.serial, entry);
        long leaves = bench.line.line.ledger.size();
        bench.line.line.reopen();
        HandoverResult.Transferring second = bench.desk().transfer(bench.serial, entry);
        assertThat(second).isEqualTo(first);
        assertThat(bench.line.line.ledger.size()).isEqualTo(leaves);
    }

    @Test
    void refusesASecondTransferFromTheSameEntry() {
        Envelope one =
                VoucherEntries.sign(bench.voucher(), bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key());
        Envelope other = VoucherEntries.sign(
                bench.voucher(),
                bench.centre,
                HandoverBench.TO_CENTRE.toBuilder().setGivenAtUnixSeconds(9).build(),
                bench.line.station.key());
        assertThat(bench.desk().transfer(bench.serial, one)).isInstanceOf(HandoverResult.Transferred.class);
        assertRefused(bench.desk().transfer(bench.serial, other), VoucherFault.CHAIN_BROKEN);
    }

    @Test
    void aVoucherVerifiesAfterTheStationsCertificateHasEnded() {
        bench.giveToCentre();
        var later = bench.line.line.clock.instant().plus(Duration.ofDays(800));
        var verifier = io.kryla.ownership.VoucherVerifier.of(
                io.kryla.identity.CertifiedEnvelopeVerifier.of(
                        bench.line.licensor.bundle,
                        io.kryla.identity.Role.STATION,
                        new io.kryla.identity.CrlSet(bench.line.crls(), io.kryla.identity.CrlProfile.FIELD, later)),
                io.kryla.identity.LedgerProofVerifier.of(bench.line.licensor.bundle));
        assertThat(verifier.verify(bench.header(), bench.steps, later))
                .isInstanceOf(io.kryla.ownership.VoucherResult.Verified.class);
        assertThat(verifier.verify(bench.header(), List.of(), later))
                .isInstanceOfSatisfying(
                        io.kryla.ownership.VoucherResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("PATH"));
    }

    @Test
    void refusesAnEntryThatTheOwnerDidNotSign() {
        Envelope forged =
                VoucherEntries.sign(bench.voucher(), bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key());
        forged = forged.toBuilder()
                .setSignatures(
                        0,
                        io.kryla.dsse.DsseSigner.sign(
                                        forged.getPayloadType(),
                                        forged.getPayload().toByteArray(),
                                        bench.endUserKey)
                                .getSignatures(0))
                .build();
        assertRefused(bench.desk().transfer(bench.serial, forged), VoucherFault.ENTRY_SIGNATURE);
    }

    @Test
    void refusesAnotherCentreThanTheAuthorised() {
        assertRefused(
                bench.give(bench.endUser, HandoverBench.TO_CENTRE, bench.line.station.key()),
                AuthorisationFault.CENTRE);
        Owner impostor = Owner.withoutOperations(bench.centre.id(), bench.endUserKey.key());
        assertRefused(
                bench.give(impostor, HandoverBench.TO_CENTRE, bench.line.station.key()), AuthorisationFault.CENTRE);
    }

    @Test
    void refusesAnotherDestinationOrEndUserCertificate() {
        bench.giveToCentre();
        assertRefused(
                bench.give(
                        bench.endUser,
                        HandoverBench.TO_END_USER.toBuilder()
                                .setDestination("SE")
                                .build(),
                        bench.line.licensor.centreKey),
                AuthorisationFault.DESTINATION);
        assertRefused(
                bench.give(
                        bench.endUser,
                        HandoverBench.TO_END_USER.toBuilder()
                                .setEndUserCertificate("EUC 5")
                                .build(),
                        bench.line.licensor.centreKey),
                AuthorisationFault.END_USER);
    }

    @Test
    void refusesAfterTheAuthorisationHasEnded() {
        Envelope entry =
                VoucherEntries.sign(bench.voucher(), bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key());
        Instant then = line.line.clock.instant();
        try {
            line.line.clock.advance(Duration.ofDays(201));
            line.renewRevocationLists();
            assertRefused(bench.desk().transfer(bench.serial, entry), AuthorisationFault.EXPIRED);
        } finally {
            line.line.clock.set(then);
            line.renewRevocationLists();
        }
    }

    @Test
    void refusesAVoucherBeforeAcceptance() {
        String born = bench.line.born(bench.line.board("other " + boards));
        assertThat(bench.desk().openVoucher(born, bench.authorisation))
                .isInstanceOfSatisfying(
                        HandoverResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("BAD_STATE"));
    }

    @Test
    void refusesTheUnitAfterTheQuantityIsSpent() {
        var single = bench.open(bench.line.licensor.exportAuthorisation(1));
        var desk = bench.desk();
        var first = ((HandoverResult.Opened) desk.openVoucher(bench.serial, single)).voucher();
        assertThat(desk.transfer(
                        bench.serial,
                        VoucherEntries.sign(first, bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key())))
                .isInstanceOf(HandoverResult.Transferred.class);
        String second = AcceptedUnit.accept(bench.line, bench.line.board("other " + boards));
        var voucher = ((HandoverResult.Opened) desk.openVoucher(second, single)).voucher();
        assertRefused(
                desk.transfer(
                        second,
                        VoucherEntries.sign(voucher, bench.centre, HandoverBench.TO_CENTRE, bench.line.station.key())),
                "AUTHORISATION_EXHAUSTED");
    }

    @Test
    void theAirframePinsItsNewOwnerAndNeverGoesBack() {
        bench.giveToCentre();
        List<io.kryla.v1.VoucherStep> toCentre = List.copyOf(bench.steps);
        assertThat(bench.onAirframe().receive(bench.header(), toCentre, AcceptedUnit.sha("n")))
                .isInstanceOf(HandoverOutcome.Received.class);
        bench.giveToEndUser();
        bench.receipt();
        assertThat(bench.airframe.storage.read(StorageEntry.OWNER_CA_KEY_SHA256).orElseThrow())
                .isEqualTo(bench.endUser.operationsCaKeySha256().bytes());
        assertThat(bench.onAirframe().receive(bench.header(), toCentre, AcceptedUnit.sha("n")))
                .isInstanceOfSatisfying(
                        HandoverOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(AirframeHandover.VOUCHER_ROLLBACK));
        assertThat(bench.airframe.storage.read(StorageEntry.OWNER_CA_KEY_SHA256).orElseThrow())
                .isEqualTo(bench.endUser.operationsCaKeySha256().bytes());
    }

    @Test
    void theAirframeRefusesTheVoucherOfAnother() {
        bench.giveToCentre();
        var other = bench.line.board("other " + boards);
        bench.line.born(other);
        var handover = AirframeHandover.of(
                other,
                other.storage,
                io.kryla.ownership.VoucherVerifier.of(
                        io.kryla.identity.CertifiedEnvelopeVerifier.of(
                                bench.line.licensor.bundle,
                                io.kryla.identity.Role.STATION,
                                bench.exportLine().crlSet()),
                        io.kryla.identity.LedgerProofVerifier.of(bench.line.licensor.bundle)),
                bench.line.line.clock);
        assertThat(handover.receive(bench.header(), bench.steps, AcceptedUnit.sha("n")))
                .isInstanceOfSatisfying(
                        HandoverOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(AirframeHandover.SERIAL_MISMATCH));
    }

    private static void assertRefused(HandoverResult.Transferring result, String code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        HandoverResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
