package io.kryla.ownership;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.ProofResult;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.VoucherHeader;
import io.kryla.v1.VoucherStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies a voucher offline (protocol.md §11): the header by its station's certificate, every entry by the owner before
 * it, and every transfer by a cosigned proof from the line's ledger. Immutable and safe for any thread.
 */
public final class VoucherVerifier {
    private static final int MAX_STEPS = 64;

    private final CertifiedEnvelopeVerifier stations;
    private final LedgerProofVerifier ledgers;

    private VoucherVerifier(CertifiedEnvelopeVerifier stations, LedgerProofVerifier ledgers) {
        this.stations = stations;
        this.ledgers = ledgers;
    }

    /** @param stations verifies what a line's station signed */
    public static VoucherVerifier of(CertifiedEnvelopeVerifier stations, LedgerProofVerifier ledgers) {
        return new VoucherVerifier(stations, ledgers);
    }

    /**
     * @param steps in the order of the transfers; none for an airframe that the line still owns
     * @param now when the header's station must be certified if there is no transfer; with one, it must have been when the
     *     first was cosigned, however long ago
     */
    public VoucherResult verify(Envelope header, List<VoucherStep> steps, Instant now) {
        if (steps.size() > MAX_STEPS) {
            return rejected(VoucherFault.MALFORMED, "at most " + MAX_STEPS + " transfers");
        }
        Instant at = now;
        if (!steps.isEmpty()) {
            ProofResult first = ledgers.verify(steps.get(0).getTransfer());
            if (first instanceof ProofResult.Rejected rejected) {
                return rejected(rejected.code().name(), "first transfer: " + rejected.reason());
            }
            at = ((ProofResult.Proven) first).cosignedAt();
        }
        VoucherResult result = verifyHeader(header, at);
        for (VoucherStep step : steps) {
            if (!(result instanceof VoucherResult.Verified verified)) {
                return result;
            }
            result = verifyStep(verified.voucher(), step);
        }
        return result;
    }

    private VoucherResult verifyHeader(Envelope header, Instant at) {
        CertifiedResult result = stations.verify(header, PayloadType.VOUCHER_HEADER, at);
        if (result instanceof CertifiedResult.Rejected rejected) {
            return rejected(rejected.code(), "voucher header: " + rejected.reason());
        }
        CertifiedResult.Verified verified = (CertifiedResult.Verified) result;
        VoucherHeader content;
        try {
            content = VoucherHeader.parseFrom(verified.payload());
        } catch (InvalidProtocolBufferException e) {
            return rejected(VoucherFault.MALFORMED, "not a VoucherHeader");
        }
        VerificationKey signer = verified.key();
        boolean ownedBySigner = VerificationKey.fromProto(content.getOwnerKey())
                .filter(signer::equals)
                .isPresent();
        return ownedBySigner
                ? new VoucherResult.Verified(new Voucher(content, Digest.sha256(verified.payload()), signer, List.of()))
                : rejected(
                        VoucherFault.HEADER_SIGNATURE, "the first owner's key is not the one that signed the header");
    }

    private VoucherResult verifyStep(Voucher before, VoucherStep step) {
        VoucherEntries.Result followed = VoucherEntries.follow(before, step.getEntry());
        if (followed instanceof VoucherEntries.Result.Broken broken) {
            return rejected(broken.code(), broken.reason());
        }
        VoucherEntries.Result.Follows follows = (VoucherEntries.Result.Follows) followed;
        ProofResult proof = ledgers.verify(step.getTransfer());
        if (proof instanceof ProofResult.Rejected rejected) {
            return rejected(
                    rejected.code().name(), "transfer to " + follows.next().id() + ": " + rejected.reason());
        }
        ProofResult.Proven proven = (ProofResult.Proven) proof;
        if (!matches(before, follows, proven)) {
            return rejected(
                    VoucherFault.TRANSFER_MISMATCH,
                    "the ledger's leaf is not the transfer to " + follows.next().id());
        }
        List<Voucher.Transfer> transfers = new ArrayList<>(before.transfers());
        transfers.add(new Voucher.Transfer(
                follows.entry(), follows.next(), follows.entrySha256(), proven.index(), proven.cosignedAt()));
        return new VoucherResult.Verified(
                new Voucher(before.header(), before.headerSha256(), before.firstOwnerKey(), transfers));
    }

    private static boolean matches(Voucher before, VoucherEntries.Result.Follows follows, ProofResult.Proven proven) {
        LedgerLeaf leaf = proven.leaf();
        boolean later =
                proven.index() > before.last().map(Voucher.Transfer::index).orElse(-1L);
        return later
                && leaf.hasTransfer()
                && proven.checkpoint().origin().equals(before.header().getLedgerOrigin())
                && leaf.getSerial().equals(before.header().getSerial())
                && follows.entrySha256()
                        .matches(leaf.getTransfer().getEntrySha256().toByteArray())
                && before.headSha256()
                        .matches(leaf.getTransfer().getPreviousSha256().toByteArray())
                && leaf.getTransfer().getFromId().equals(before.ownerId())
                && leaf.getTransfer().getToId().equals(follows.next().id())
                && follows.next()
                        .key()
                        .spkiSha256()
                        .matches(leaf.getTransfer().getToKeySha256().toByteArray())
                && leaf.getTransfer()
                        .getExportAuthorisationSha256()
                        .equals(before.header().getExportAuthorisationSha256());
    }

    private static VoucherResult rejected(String code, String reason) {
        return new VoucherResult.Rejected(code, reason);
    }
}
