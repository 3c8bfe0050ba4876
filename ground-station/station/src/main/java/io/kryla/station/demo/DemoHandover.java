package io.kryla.station.demo;

import io.kryla.airframe.handover.AirframeHandover;
import io.kryla.airframe.handover.HandoverOutcome;
import io.kryla.factory.handover.AuthorisationCheck;
import io.kryla.factory.handover.CapsulePacker;
import io.kryla.factory.handover.ExportDesk;
import io.kryla.factory.handover.HandoverResult;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.Owner;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherEntries;
import io.kryla.ownership.VoucherVerifier;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder.PartyFiles;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherStep;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Hands one accepted unit over: authorisation, line to centre, centre to end user, receipt, capsule. */
final class DemoHandover {
    private static final String DESTINATION = "UA";
    private static final String END_USER_CERTIFICATE = "EUC-DEMO-0001";
    private static final Duration AUTHORISATION_VALIDITY = Duration.ofDays(180);

    private final ProductionLine line;
    private final Premises premises;
    private final ExportDesk desk;

    DemoHandover(ProductionLine line) {
        this.line = line;
        this.premises = line.premises();
        this.desk = ExportDesk.of(line.forHandover());
    }

    /** Writes the capsule; every party but the line acts with its own key alone. */
    void handOver(String serial, SimulatedBoard board) {
        HandoverResult.Opening opening = desk.openVoucher(serial, authorisation());
        Voucher voucher = opened(opening, serial).voucher();
        Envelope header = opened(opening, serial).header();

        Signer centre = premises.keys()
                .read(premises.privateFolder().party(WorldPlan.CENTRE).key("owner"));
        VoucherEntry toCentre = VoucherEntry.newBuilder()
                .setGivenAtUnixSeconds(now().getEpochSecond())
                .build();
        HandoverResult.Transferred received = transferred(
                desk.transfer(
                        serial,
                        VoucherEntries.sign(
                                voucher,
                                Owner.withoutOperations(WorldPlan.CENTRE, centre.key()),
                                toCentre,
                                line.station().key())),
                serial);

        PartyFiles endUser = premises.privateFolder().party(WorldPlan.END_USER);
        Signer endUserKey = premises.keys().read(endUser.key("owner"));
        VoucherEntry toEndUser = VoucherEntry.newBuilder()
                .setDestination(DESTINATION)
                .setEndUserCertificate(END_USER_CERTIFICATE)
                .setGivenAtUnixSeconds(now().getEpochSecond())
                .build();
        HandoverResult.Transferred handedOver = transferred(
                desk.transfer(
                        serial,
                        VoucherEntries.sign(received.voucher(), endUserOwner(endUser, endUserKey), toEndUser, centre)),
                serial);

        Envelope receipt = receipt(
                serial, board, header, List.of(received.step(), handedOver.step()), handedOver.voucher(), endUserKey);
        HandoverResult.Packing packing = CapsulePacker.of(line.forHandover()).pack(serial, receipt);
        if (packing instanceof HandoverResult.Refused refused) {
            throw refusal(refused, serial);
        }
        Capsule capsule = ((HandoverResult.Packed) packing).capsule();
        DocumentFiles.write(premises.publicFolder().capsule(serial), capsule.toByteArray());
    }

    private static Owner endUserOwner(PartyFiles files, Signer key) {
        VerificationKey operationsCa = VerificationKey.of(
                DocumentFiles.readChain(files.chain("operations-ca")).leaf().getPublicKey());
        return new Owner(WorldPlan.END_USER, key.key(), operationsCa.spkiSha256());
    }

    /** The unit verifies the voucher itself, obeys its new owner from now on, and signs; the end user countersigns. */
    private Envelope receipt(
            String serial,
            SimulatedBoard board,
            Envelope header,
            List<VoucherStep> steps,
            Voucher voucher,
            Signer endUserKey) {
        byte[] nonceBytes = new byte[Digest.LENGTH];
        premises.random().nextBytes(nonceBytes);
        Digest nonce = Digest.of(nonceBytes);
        VoucherVerifier verifier = VoucherVerifier.of(
                CertifiedEnvelopeVerifier.of(
                                line.bundle(), Role.STATION, new CrlSet(premises.crls(), CrlProfile.FIELD, now()))
                        .ofLine(line.name()),
                LedgerProofVerifier.of(line.bundle()));
        HandoverOutcome outcome = AirframeHandover.of(
                        board.secureElement(), board.storage(), verifier, premises.clock())
                .receive(header, steps, nonce);
        if (outcome instanceof HandoverOutcome.Refused refused) {
            throw refusal(new HandoverResult.Refused(refused.code(), refused.reason()), serial);
        }
        Envelope half = ((HandoverOutcome.Received) outcome).halfReceipt();
        VerificationKey idevid = UnitDocuments.idevidKey(line.ledger(), serial).orElseThrow();
        HandoverReceipts.checkHalf(half, voucher, idevid, nonce).ifPresent(fault -> {
            throw refusal(new HandoverResult.Refused(fault.code(), fault.reason()), serial);
        });
        return HandoverReceipts.countersign(half, endUserKey);
    }

    /** One authorisation a line, for as many units as its license allows. */
    private VerifiedExportAuthorisation authorisation() {
        Envelope signed;
        var file = premises.publicFolder().exportAuthorisation(line.name());
        if (Files.exists(file)) {
            signed = DocumentFiles.readEnvelope(file);
        } else {
            signed = AuthorisationCheck.sign(
                    ExportAuthorisation.newBuilder()
                            .setAuthorisationId("EA-DEMO-" + line.name())
                            .setOfficerId(WorldPlan.EXPORT_OFFICER)
                            .setLedgerOrigin(line.license().content().getLedgerOrigin())
                            .setCentreId(WorldPlan.CENTRE)
                            .setDestination(DESTINATION)
                            .setQuantity(line.license().content().getQuota())
                            .setNotAfterUnixSeconds(
                                    now().plus(AUTHORISATION_VALIDITY).getEpochSecond())
                            .setAuthorityDocument("DEMO-AUTHORITY-0001, no real document")
                            .setEndUserCertificate(END_USER_CERTIFICATE)
                            .build(),
                    premises.keys().read(premises.privateFolder().licensorKey(WorldPlan.EXPORT_OFFICER)));
            DocumentFiles.write(file, signed);
        }
        DocumentResult<VerifiedExportAuthorisation> result = VerifiedExportAuthorisation.open(line.bundle(), signed);
        if (result instanceof DocumentResult.Rejected<VerifiedExportAuthorisation> rejected) {
            throw new CommandFailure(
                    ExitStatus.FAILED, rejected.code().name(), rejected.reason(), file.toString(), "sign it anew");
        }
        return ((DocumentResult.Verified<VerifiedExportAuthorisation>) result).document();
    }

    private Instant now() {
        return premises.clock().instant();
    }

    private static HandoverResult.Opened opened(HandoverResult.Opening result, String serial) {
        if (result instanceof HandoverResult.Refused refused) {
            throw refusal(refused, serial);
        }
        return (HandoverResult.Opened) result;
    }

    private static HandoverResult.Transferred transferred(HandoverResult.Transferring result, String serial) {
        if (result instanceof HandoverResult.Refused refused) {
            throw refusal(refused, serial);
        }
        return (HandoverResult.Transferred) result;
    }

    private static CommandFailure refusal(HandoverResult.Refused refused, String serial) {
        return new CommandFailure(
                ExitStatus.FAILED, refused.code(), refused.reason(), "handover of " + serial, "see the unit's leaves");
    }
}
