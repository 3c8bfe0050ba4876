package io.kryla.ownership;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherEntry;
import java.util.Optional;
import java.util.Set;

/** Entries of a voucher: each is the present owner's word that the airframe goes to the next. */
public final class VoucherEntries {
    private static final int MAX_DOCUMENTS = 64;

    private VoucherEntries() {}

    /** What became of an untrusted entry. */
    public sealed interface Result {
        record Follows(VoucherEntry entry, Owner next, Digest entrySha256) implements Result {}

        record Broken(String code, String reason) implements Result {}
    }

    /**
     * Signs an entry that follows the voucher's last.
     *
     * @param terms destination, documents, end-user certificate and time; the rest is filled in here
     * @param giver the present owner's key
     */
    public static Envelope sign(Voucher voucher, Owner next, VoucherEntry terms, Signer giver) {
        if (!giver.key().equals(voucher.ownerKey())) {
            throw new IllegalArgumentException("giver: the key of " + voucher.ownerId() + " expected");
        }
        VoucherEntry entry = terms.toBuilder()
                .setHeaderSha256(bytes(voucher.headerSha256()))
                .setPreviousSha256(bytes(voucher.headSha256()))
                .setNextOwnerId(next.id())
                .setNextOwnerKey(next.key().toProto())
                .setNextOwnerCaKeySha256(bytes(next.operationsCaKeySha256()))
                .build();
        return DsseSigner.sign(PayloadType.VOUCHER_ENTRY, entry.toByteArray(), giver);
    }

    /** Whether an untrusted entry follows the voucher's last, by the word of its owner. */
    public static Result follow(Voucher voucher, Envelope untrusted) {
        DsseResult result = DsseVerifier.verify(untrusted, PayloadType.VOUCHER_ENTRY, Set.of(voucher.ownerKey()), 1);
        if (result instanceof DsseResult.Rejected rejected) {
            return new Result.Broken(
                    brokenBefore(voucher, untrusted) ? VoucherFault.CHAIN_BROKEN : VoucherFault.ENTRY_SIGNATURE,
                    "an entry signed by " + voucher.ownerId() + " expected: " + rejected.reason());
        }
        byte[] payload = ((DsseResult.Verified) result).payload();
        VoucherEntry entry;
        try {
            entry = VoucherEntry.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            return new Result.Broken(VoucherFault.MALFORMED, "not a VoucherEntry");
        }
        if (!voucher.headerSha256().matches(entry.getHeaderSha256().toByteArray())
                || !voucher.headSha256().matches(entry.getPreviousSha256().toByteArray())) {
            return new Result.Broken(
                    VoucherFault.CHAIN_BROKEN, "the entry follows another one than the voucher's last");
        }
        return nextOwner(entry)
                .<Result>map(next -> new Result.Follows(entry, next, Digest.sha256(payload)))
                .orElseGet(() -> new Result.Broken(VoucherFault.MALFORMED, "next owner of the entry is malformed"));
    }

    /** Tells an entry that was cut out from one that was forged; a guess about untrusted bytes, for the message only. */
    private static boolean brokenBefore(Voucher voucher, Envelope untrusted) {
        try {
            VoucherEntry entry = VoucherEntry.parseFrom(untrusted.getPayload());
            return !voucher.headSha256().matches(entry.getPreviousSha256().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static Optional<Owner> nextOwner(VoucherEntry entry) {
        Optional<VerificationKey> key = VerificationKey.fromProto(entry.getNextOwnerKey());
        Optional<Digest> ca = Digest.parse(entry.getNextOwnerCaKeySha256().toByteArray());
        String id = entry.getNextOwnerId();
        boolean bounded = !id.isBlank()
                && id.length() <= Owner.MAX_ID_CHARACTERS
                && entry.getDocumentSha256Count() <= MAX_DOCUMENTS
                && entry.getDocumentSha256List().stream().allMatch(digest -> digest.size() == Digest.LENGTH);
        return bounded && key.isPresent() && ca.isPresent()
                ? Optional.of(new Owner(id, key.get(), ca.get()))
                : Optional.empty();
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }
}
