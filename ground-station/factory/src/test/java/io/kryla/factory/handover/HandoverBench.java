package io.kryla.factory.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.handover.AirframeHandover;
import io.kryla.airframe.handover.HandoverOutcome;
import io.kryla.factory.birth.AcceptedUnit;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.Owner;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherEntries;
import io.kryla.ownership.VoucherVerifier;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherStep;
import java.util.ArrayList;
import java.util.List;

/** An accepted airframe, the line's export desk, a centre and an end user in Norway. */
final class HandoverBench {
    static final VoucherEntry TO_CENTRE =
            VoucherEntry.newBuilder().setGivenAtUnixSeconds(1).build();
    static final VoucherEntry TO_END_USER = VoucherEntry.newBuilder()
            .setGivenAtUnixSeconds(2)
            .setDestination("NO")
            .setEndUserCertificate("EUC 4")
            .build();

    final BirthLine line;
    final BenchAirframe airframe;
    final String serial;
    final Signer endUserKey;
    final Owner centre;
    final Owner endUser;
    final VerifiedExportAuthorisation authorisation;
    final List<VoucherStep> steps = new ArrayList<>();

    HandoverBench(BirthLine line, String board) {
        this.line = line;
        airframe = line.board(board);
        serial = AcceptedUnit.accept(line, airframe);
        endUserKey = line.licensor.p256();
        centre = Owner.withoutOperations(TestLicensor.CENTRE, line.licensor.centreKey.key());
        endUser = new Owner("end-user-1", endUserKey.key(), AcceptedUnit.sha("end user's operations CA"));
        authorisation = open(line.licensor.exportAuthorisation(500));
    }

    VerifiedExportAuthorisation open(Envelope envelope) {
        var result = VerifiedExportAuthorisation.open(line.licensor.bundle, envelope);
        return ((DocumentResult.Verified<VerifiedExportAuthorisation>) result).document();
    }

    ExportLine exportLine() {
        return new ExportLine(
                line.line.ledger,
                line.station,
                BirthLine.CARD,
                line.licensor.bundle,
                line.license,
                line::crls,
                line.line.clock);
    }

    ExportDesk desk() {
        return ExportDesk.of(exportLine());
    }

    Voucher voucher() {
        HandoverResult.Opening opening = desk().openVoucher(serial, authorisation);
        assertThat(opening).isInstanceOf(HandoverResult.Opened.class);
        return ((HandoverResult.Opened) opening).voucher();
    }

    HandoverResult.Transferring give(Owner next, VoucherEntry terms, Signer giver) {
        HandoverResult.Transferring result =
                desk().transfer(serial, VoucherEntries.sign(voucher(), next, terms, giver));
        if (result instanceof HandoverResult.Transferred transferred) {
            steps.add(transferred.step());
        }
        return result;
    }

    HandoverResult.Transferring giveToCentre() {
        return give(centre, TO_CENTRE, line.station.key());
    }

    HandoverResult.Transferring giveToEndUser() {
        return give(endUser, TO_END_USER, line.licensor.centreKey);
    }

    AirframeHandover onAirframe() {
        return AirframeHandover.of(
                airframe,
                airframe.storage,
                VoucherVerifier.of(
                        CertifiedEnvelopeVerifier.of(
                                line.licensor.bundle,
                                Role.STATION,
                                new CrlSet(line.crls(), CrlProfile.FIELD, line.line.clock.instant())),
                        LedgerProofVerifier.of(line.licensor.bundle)),
                line.line.clock);
    }

    Envelope header() {
        return new VoucherShelf(exportLine()).header(serial).orElseThrow();
    }

    Envelope receipt() {
        Digest nonce = AcceptedUnit.sha("the end user's nonce");
        HandoverOutcome outcome = onAirframe().receive(header(), steps, nonce);
        assertThat(outcome).isInstanceOf(HandoverOutcome.Received.class);
        Envelope half = ((HandoverOutcome.Received) outcome).halfReceipt();
        assertThat(HandoverReceipts.checkHalf(
                        half, voucher(), airframe.identityKey().key(), nonce))
                .isEmpty();
        return HandoverReceipts.countersign(half, endUserKey);
    }

    /** Handed over to the end user, packed. */
    Capsule capsule() {
        assertThat(giveToCentre()).isInstanceOf(HandoverResult.Transferred.class);
        assertThat(giveToEndUser()).isInstanceOf(HandoverResult.Transferred.class);
        HandoverResult.Packing packing = CapsulePacker.of(exportLine()).pack(serial, receipt());
        assertThat(packing).isInstanceOf(HandoverResult.Packed.class);
        return ((HandoverResult.Packed) packing).capsule();
    }
}
