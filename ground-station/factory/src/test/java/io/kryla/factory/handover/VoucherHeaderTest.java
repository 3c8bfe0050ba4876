package io.kryla.factory.handover;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.birth.AcceptedUnit;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.JournalEntry;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.ownership.VoucherFault;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that the line itself signed, and that say what is not so. */
class VoucherHeaderTest {
    private BirthLine line;
    private HandoverBench bench;

    @BeforeEach
    void acceptAnAirframe(@TempDir Path folder) {
        line = BirthLine.in(folder, 4);
        bench = new HandoverBench(line, "A");
    }

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void theFirstOwnersKeyIsTheOneThatSignedTheHeader() {
        shelve(header ->
                header.toBuilder().setOwnerKey(bench.endUserKey.key().toProto()).build());
        assertRefused(bench.desk().openVoucher(bench.serial, bench.authorisation), VoucherFault.HEADER_SIGNATURE);
    }

    @Test
    void aHeaderOfAnotherLedgerIsNotAuthorised() {
        shelve(header ->
                header.toBuilder().setLedgerOrigin(TestLicensor.FOREIGN_ORIGIN).build());
        assertRefused(bench.desk().openVoucher(bench.serial, bench.authorisation), AuthorisationFault.LEDGER);
    }

    @Test
    void aVoucherIsOfOneAuthorisation() {
        bench.voucher();
        var other = bench.open(line.licensor.exportAuthorisation(9));
        assertRefused(bench.desk().openVoucher(bench.serial, other), AuthorisationFault.MISMATCH);
    }

    @Test
    void aHeaderOfAnotherCertificateBirthOrAcceptanceIsNotOfTheCapsule() {
        List<UnaryOperator<VoucherHeader>> lies = List.of(
                header ->
                        header.toBuilder().setIdevidCertificateSha256(sha("x")).build(),
                header -> header.toBuilder().setBornIndex(7).build(),
                header -> header.toBuilder().setAcceptedIndex(0).build());
        for (int i = 0; i < lies.size(); i++) {
            bench = new HandoverBench(line, "board " + i);
            shelve(lies.get(i));
            assertThat(bench.giveToCentre()).isInstanceOf(HandoverResult.Transferred.class);
            assertThat(CapsulePacker.of(bench.exportLine()).pack(bench.serial, Envelope.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                            HandoverResult.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(CapsuleFault.HEADER_MISMATCH));
        }
    }

    @Test
    void openingAVoucherStandsInTheUnitsJournal() {
        bench.voucher();
        assertThat(line.line.ledger.journal(bench.serial))
                .extracting(JournalEntry::step)
                .contains("VOUCHER_OPENED");
    }

    /** Puts another header of the line's own in the place of the genuine one. */
    private void shelve(UnaryOperator<VoucherHeader> lie) {
        VoucherHeader header = lie.apply(bench.voucher().header());
        new VoucherShelf(bench.exportLine())
                .open(
                        bench.serial,
                        CertifiedEnvelope.sign(PayloadType.VOUCHER_HEADER, header.toByteArray(), line.station),
                        bench.authorisation.envelope());
    }

    private static ByteString sha(String text) {
        return ByteString.copyFrom(AcceptedUnit.sha(text).bytes());
    }

    private static void assertRefused(HandoverResult.Opening result, String code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        HandoverResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
