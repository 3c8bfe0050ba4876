package io.kryla.factory.handover;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.identity.Certificates;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.keys.Digest;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherEntries;
import io.kryla.ownership.VoucherResult;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Transfer;
import io.kryla.v1.VoucherHeader;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The line's desk for handovers (protocol.md §11): opens a unit's voucher under an export authorisation and writes every
 * transfer, whoever gives, into the line's ledger. Asked the same again, it answers the same. Threads must not share one
 * unit's transfers.
 */
public final class ExportDesk {
    private final ExportLine line;
    private final VoucherShelf shelf;

    private ExportDesk(ExportLine line) {
        this.line = line;
        this.shelf = new VoucherShelf(line);
    }

    public static ExportDesk of(ExportLine line) {
        return new ExportDesk(line);
    }

    /**
     * Signs the header of an accepted unit's voucher. A unit has one voucher; under another authorisation it is refused.
     *
     * @return opened, or refused with AUTHORISATION_…, BAD_STATE or a rule's code
     */
    public HandoverResult.Opening openVoucher(String serial, VerifiedExportAuthorisation authorisation) {
        Optional<Envelope> header = shelf.header(serial);
        if (header.isEmpty()) {
            if (line.ledger().admitExportAuthorisation(authorisation.envelope()) instanceof Refused refused) {
                return refused(refused);
            }
            Optional<Long> born = index(serial, LedgerLeaf::hasBorn);
            Optional<Long> accepted = index(serial, LedgerLeaf::hasAccepted);
            if (born.isEmpty() || accepted.isEmpty()) {
                return new HandoverResult.Refused(Refused.BAD_STATE, serial + " is not accepted");
            }
            VoucherHeader content = VoucherHeader.newBuilder()
                    .setSerial(serial)
                    .setIdevidCertificateSha256(
                            bytes(Certificates.sha256(UnitDocuments.idevidChain(line.ledger(), serial)
                                    .orElseThrow()
                                    .leaf())))
                    .setBornIndex(born.get())
                    .setAcceptedIndex(accepted.get())
                    .setLedgerOrigin(line.license().content().getLedgerOrigin())
                    .setExportAuthorisationSha256(bytes(authorisation.payloadSha256()))
                    .setOwnerId(line.license().content().getLine())
                    .setOwnerKey(line.station().key().key().toProto())
                    .build();
            Optional<AuthorisationFault> fault =
                    AuthorisationCheck.of(authorisation, line.bundle()).check(content);
            if (fault.isPresent()) {
                return refused(fault.get());
            }
            shelf.open(
                    serial,
                    CertifiedEnvelope.sign(PayloadType.VOUCHER_HEADER, content.toByteArray(), line.station()),
                    authorisation.envelope());
        }
        VoucherResult result = shelf.voucher(serial);
        if (result instanceof VoucherResult.Rejected rejected) {
            return new HandoverResult.Refused(rejected.code(), rejected.reason());
        }
        Voucher voucher = ((VoucherResult.Verified) result).voucher();
        Optional<AuthorisationFault> fault =
                AuthorisationCheck.of(authorisation, line.bundle()).check(voucher);
        return fault.<HandoverResult.Opening>map(ExportDesk::refused)
                .orElseGet(() ->
                        new HandoverResult.Opened(voucher, shelf.header(serial).orElseThrow()));
    }

    /**
     * Takes the giver's entry: the line's own for the first transfer, a centre's or an owner's for any further one.
     *
     * @param untrustedEntry DSSE {@code VoucherEntry}
     * @return transferred, or refused with CHAIN_BROKEN, ENTRY_SIGNATURE, AUTHORISATION_…, NO_QUORUM or a rule's code
     */
    public HandoverResult.Transferring transfer(String serial, Envelope untrustedEntry) {
        Optional<HandoverResult.Transferring> recorded = recorded(serial, untrustedEntry);
        if (recorded.isPresent()) {
            return recorded.get();
        }
        VoucherResult result = shelf.voucher(serial);
        if (result instanceof VoucherResult.Rejected rejected) {
            return new HandoverResult.Refused(rejected.code(), rejected.reason());
        }
        Voucher voucher = ((VoucherResult.Verified) result).voucher();
        VoucherEntries.Result followed = VoucherEntries.follow(voucher, untrustedEntry);
        if (followed instanceof VoucherEntries.Result.Broken broken) {
            return new HandoverResult.Refused(broken.code(), broken.reason());
        }
        VoucherEntries.Result.Follows follows = (VoucherEntries.Result.Follows) followed;
        AuthorisationCheck check = AuthorisationCheck.of(shelf.authorisation(serial), line.bundle());
        Optional<AuthorisationFault> fault = voucher.transfers().isEmpty()
                ? check.checkFirst(follows.next(), line.clock().instant())
                : check.checkOnward(follows.entry());
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        AppendResult appended = line.ledger()
                .append(
                        leaf(voucher, follows),
                        shelf.entryDocument(voucher.transfers().size(), untrustedEntry));
        return appended instanceof Refused refused
                ? refused(refused)
                : recorded(serial, untrustedEntry).orElseThrow();
    }

    /** The answer to an entry that stands in the ledger already; empty if it does not. */
    private Optional<HandoverResult.Transferring> recorded(String serial, Envelope entry) {
        Digest entrySha256 = Digest.sha256(entry.getPayload().toByteArray());
        boolean stands = line.ledger().leaves(serial).stream()
                .anyMatch(leaf -> leaf.content().hasTransfer()
                        && entrySha256.matches(
                                leaf.content().getTransfer().getEntrySha256().toByteArray()));
        if (!stands) {
            return Optional.empty();
        }
        VoucherResult result = shelf.voucher(serial);
        if (result instanceof VoucherResult.Rejected rejected) {
            return Optional.of(new HandoverResult.Refused(rejected.code(), rejected.reason()));
        }
        Voucher voucher = ((VoucherResult.Verified) result).voucher();
        if (!voucher.headSha256().equals(entrySha256)) {
            return Optional.of(new HandoverResult.Refused(Refused.BAD_STATE, "the voucher has gone on since"));
        }
        VoucherShelf.Steps steps = shelf.steps(serial);
        return Optional.of(
                steps instanceof VoucherShelf.Cosigned cosigned
                        ? new HandoverResult.Transferred(voucher, cosigned.last())
                        : new HandoverResult.Refused(Refused.NO_QUORUM, "the transfer is not cosigned yet"));
    }

    private LedgerLeaf leaf(Voucher voucher, VoucherEntries.Result.Follows follows) {
        return LedgerLeaf.newBuilder()
                .setActorId(line.operatorCardId())
                .setSerial(voucher.header().getSerial())
                .setTransfer(Transfer.newBuilder()
                        .setEntrySha256(bytes(follows.entrySha256()))
                        .setPreviousSha256(bytes(voucher.headSha256()))
                        .setFromId(voucher.ownerId())
                        .setToId(follows.next().id())
                        .setToKeySha256(bytes(follows.next().key().spkiSha256()))
                        .setExportAuthorisationSha256(voucher.header().getExportAuthorisationSha256()))
                .build();
    }

    private Optional<Long> index(String serial, Predicate<LedgerLeaf> event) {
        return line.ledger().leaves(serial).stream()
                .filter(leaf -> event.test(leaf.content()))
                .map(IndexedLeaf::index)
                .findFirst();
    }

    private static HandoverResult.Refused refused(AuthorisationFault fault) {
        return new HandoverResult.Refused(fault.code(), fault.reason());
    }

    private static HandoverResult.Refused refused(Refused refused) {
        return new HandoverResult.Refused(refused.code(), refused.reason());
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }
}
