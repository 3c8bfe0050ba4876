package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.GB;
import static io.kryla.station.audit.PublishedFolder.MADE;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.founding.WorldPlan;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import io.kryla.v1.Voided;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handovers that the line, and where it takes more the centre and the witness, made up. */
class HandoverAttackIT {
    private static final int ACCEPTED = 3;
    private static final int TO_CENTRE = 4;
    private static final int TO_END_USER = 5;

    private PublishedFolder folder;
    private DishonestLine line;
    private RemadeLedger ledger;
    private Capsule genuine;
    private Path file;
    private String capsule;

    @BeforeEach
    void given() throws InvalidProtocolBufferException {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
        ledger = line.ledger();
        file = folder.files.capsule(folder.serial(DE));
        capsule = folder.path(file);
        genuine = Capsule.parseFrom(folder.read(file));
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void noAuthorisationOrThatOfTheOtherLine() {
        publish(genuine.toBuilder().clearExportAuthorisation());
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_SIGNATURE", capsule);
        publish(genuine.toBuilder()
                .setExportAuthorisation(DocumentFiles.readEnvelope(folder.files.exportAuthorisation(GB))));
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_MISMATCH", capsule).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aHeaderThatNamesTheOtherLedgersAuthorisation() {
        Envelope foreign = DocumentFiles.readEnvelope(folder.files.exportAuthorisation(GB));
        handOverOnce(
                header -> header.setExportAuthorisationSha256(hash(foreign)),
                entry -> {},
                remade -> remade.setExportAuthorisation(foreign),
                MADE);
        assertThatFolder(folder)
                .isRefusedFor("AUTHORISATION_LEDGER", capsule)
                .isRefusedFor("AUTHORISATION_UNKNOWN", "ledgers/DE-01/tile/entries/000.p/5");
    }

    @Test
    void aCentreThatIsNotTheAuthorised() {
        handOverOnce(header -> {}, entry -> entry.setNextOwnerId("centre-of-our-own"), remade -> {}, MADE);
        assertThatFolder(folder)
                .isRefusedFor("AUTHORISATION_CENTRE", capsule)
                .isRefusedFor("AUTHORISATION_CENTRE", "ledgers/DE-01/tile/entries/000.p/5");
    }

    @Test
    void aTransferAfterTheAuthorisationHasEnded() {
        handOverOnce(header -> {}, entry -> {}, remade -> {}, MADE.plus(Duration.ofDays(181)));
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_EXPIRED", capsule);
    }

    @Test
    void aDestinationOrEndUserThatTheCentreExchanged() {
        goOn(entry -> entry.setDestination("SE"));
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_DESTINATION", capsule);
        goOn(entry -> entry.setEndUserCertificate("another"));
        assertThatFolder(folder).isRefusedFor("AUTHORISATION_END_USER", capsule);
    }

    @Test
    void aReceiptThatIsNotOfTheTransferThatWasMade() {
        goOn(entry -> entry.setGivenAtUnixSeconds(entry.getGivenAtUnixSeconds() + 1));
        assertThatFolder(folder).isRefusedFor("RECEIPT_MISMATCH", capsule);
    }

    @Test
    void aHeaderOfAnotherCertificate() {
        handOverOnce(
                header -> header.setIdevidCertificateSha256(
                        ByteString.copyFrom(Digest.sha256(new byte[] {3}).bytes())),
                entry -> {},
                remade -> {},
                MADE);
        assertThatFolder(folder).isRefusedFor("HEADER_MISMATCH", capsule).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aHeaderOfAnotherAcceptanceThanTheLedgers() {
        LedgerLeaf.Builder voided = ledger.leaf(0).toBuilder().setSerial("ZZZZ8DE010009");
        voided.setVoided(Voided.getDefaultInstance());
        ledger.leaves.add(ACCEPTED, voided.build().toByteArray());
        line.collude(ledger, MADE);
        assertThatFolder(folder).isRefusedFor("HEADER_MISMATCH", capsule).butNotFor("HASH_MISMATCH");
    }

    @Test
    void aHeaderWhoseFirstOwnerIsNotWhoSignedIt() throws InvalidProtocolBufferException {
        VoucherHeader other = VoucherHeader.parseFrom(genuine.getHeader().getPayload()).toBuilder()
                .setOwnerKey(centre().key().toProto())
                .build();
        publish(genuine.toBuilder().setHeader(line.signed(PayloadType.VOUCHER_HEADER, other)));
        assertThatFolder(folder).isRefusedFor("HEADER_SIGNATURE", capsule);
    }

    @Test
    void anEntryThatTheCentreDidNotSign() {
        Envelope entry = genuine.getSteps(1).getEntry();
        Capsule.Builder remade = genuine.toBuilder();
        remade.getStepsBuilder(1)
                .setEntry(DsseSigner.sign(
                        PayloadType.VOUCHER_ENTRY,
                        entry.getPayload().toByteArray(),
                        line.station().key()));
        publish(remade);
        assertThatFolder(folder).isRefusedFor("ENTRY_SIGNATURE", capsule);
    }

    @Test
    void aTransferThatTheLedgerDoesNotHold() {
        Capsule.Builder remade = genuine.toBuilder();
        remade.getStepsBuilder(1).setTransfer(genuine.getSteps(0).getTransfer());
        publish(remade);
        assertThatFolder(folder).isRefusedFor("TRANSFER_MISMATCH", capsule);
        publish(genuine.toBuilder().clearSteps());
        assertThatFolder(folder).isRefusedFor("NOT_HANDED_OVER", capsule);
    }

    @Test
    void anAcceptanceOfAFlightThatFailed() {
        accept(record -> record.setOutcome(FlightOutcome.FLIGHT_OUTCOME_FAIL));
        assertThatFolder(folder).isRefusedFor("NOT_ACCEPTED", capsule).butNotFor("HASH_MISMATCH");
    }

    @Test
    void anAcceptanceThatTheUnitDidNotSign() {
        accept(AcceptanceRecord.Builder::clearUnitStatement);
        assertThatFolder(folder)
                .isRefusedFor("UNIT_STATEMENT_MISMATCH", capsule)
                .butNotFor("HASH_MISMATCH");
    }

    @Test
    void anAcceptanceBelowTheLicensesLeastLevel() {
        Path license = folder.files.license(DE);
        Envelope stricter = folder.licensed(folder.payload(license, License.parser()).toBuilder()
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_SITL)
                .build());
        folder.write(license, stricter);
        publish(genuine.toBuilder().setLicense(stricter));
        assertThatFolder(folder)
                .isRefusedFor("LEVEL_MISMATCH", capsule)
                .isRefusedFor("LEVEL_MISMATCH", "ledgers/DE-01/tile/entries/000.p/6");
    }

    private void publish(Capsule.Builder remade) {
        folder.write(file, remade.build());
        line.remakeManifest();
    }

    private Signer centre() {
        return folder.key(folder.keys.party(WorldPlan.CENTRE).key("owner"));
    }

    /** A voucher that ends at the centre: header, entry, leaf, cosignature and capsule, remade by line and witness. */
    private void handOverOnce(
            Consumer<VoucherHeader.Builder> header,
            Consumer<VoucherEntry.Builder> entry,
            Consumer<Capsule.Builder> others,
            Instant cosignedAt) {
        try {
            VoucherHeader.Builder otherHeader =
                    VoucherHeader.parseFrom(genuine.getHeader().getPayload()).toBuilder();
            header.accept(otherHeader);
            Envelope signedHeader = line.signed(PayloadType.VOUCHER_HEADER, otherHeader.build());
            VoucherEntry.Builder otherEntry =
                    VoucherEntry.parseFrom(genuine.getSteps(0).getEntry().getPayload()).toBuilder()
                            .setHeaderSha256(hash(signedHeader))
                            .setPreviousSha256(hash(signedHeader));
            entry.accept(otherEntry);
            Envelope signedEntry = DsseSigner.sign(
                    PayloadType.VOUCHER_ENTRY,
                    otherEntry.build().toByteArray(),
                    line.station().key());
            LedgerLeaf.Builder leaf = ledger.leaf(TO_CENTRE).toBuilder();
            leaf.getTransferBuilder()
                    .setEntrySha256(hash(signedEntry))
                    .setPreviousSha256(hash(signedHeader))
                    .setToId(otherEntry.getNextOwnerId())
                    .setExportAuthorisationSha256(otherHeader.getExportAuthorisationSha256());
            ledger.set(TO_CENTRE, leaf);
            ledger.leaves.remove(TO_END_USER);
            SignedCheckpoint cosigned = line.collude(ledger, cosignedAt);
            Capsule.Builder remade = genuine.toBuilder().setHeader(signedHeader).removeSteps(1);
            remade.getStepsBuilder(0).setEntry(signedEntry).setTransfer(ledger.proof(TO_CENTRE, cosigned));
            others.accept(remade);
            publish(remade);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The centre's entry to the end user, remade by centre, line and witness. */
    private void goOn(Consumer<VoucherEntry.Builder> change) {
        try {
            VoucherEntry.Builder entry =
                    VoucherEntry.parseFrom(genuine.getSteps(1).getEntry().getPayload()).toBuilder();
            change.accept(entry);
            Envelope signed =
                    DsseSigner.sign(PayloadType.VOUCHER_ENTRY, entry.build().toByteArray(), centre());
            LedgerLeaf.Builder leaf = ledger.leaf(TO_END_USER).toBuilder();
            leaf.getTransferBuilder().setEntrySha256(hash(signed));
            ledger.set(TO_END_USER, leaf);
            SignedCheckpoint cosigned = line.collude(ledger, MADE);
            Capsule.Builder remade = genuine.toBuilder();
            remade.getStepsBuilder(1).setEntry(signed).setTransfer(ledger.proof(TO_END_USER, cosigned));
            publish(remade);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another acceptance record, everywhere, with the leaf that certifies it. */
    private void accept(Consumer<AcceptanceRecord.Builder> change) {
        PublicFolder.FlightFiles flight = folder.files.flight(folder.serial(DE));
        AcceptanceRecord.Builder record = folder.payload(flight.acceptance(), AcceptanceRecord.parser()).toBuilder();
        change.accept(record);
        Envelope signed = line.signed(PayloadType.ACCEPTANCE_RECORD, record.build());
        LedgerLeaf.Builder leaf = ledger.leaf(ACCEPTED).toBuilder();
        leaf.getAcceptedBuilder().setAcceptanceRecordSha256(hash(signed));
        ledger.set(ACCEPTED, leaf);
        SignedCheckpoint cosigned = line.collude(ledger, MADE);
        folder.write(flight.acceptance(), signed);
        publish(genuine.toBuilder().setAcceptanceRecord(signed).setAcceptance(ledger.proof(ACCEPTED, cosigned)));
    }

    private static ByteString hash(Envelope document) {
        return ByteString.copyFrom(
                Digest.sha256(document.getPayload().toByteArray()).bytes());
    }
}
