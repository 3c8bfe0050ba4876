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
import io.kryla.v1.HandoverReceipt;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The receipt of a handover: airframe and recipient sign the same nonce, so both were there. */
public final class HandoverReceipts {
    /** Not by exactly the airframe's IDevID and the last owner, or by one key twice. */
    public static final String RECEIPT_SIGNATURE = "RECEIPT_SIGNATURE";
    /** Of another airframe or another transfer than the voucher's last. */
    public static final String RECEIPT_MISMATCH = "RECEIPT_MISMATCH";

    private HandoverReceipts() {}

    /** Why a receipt does not hold. */
    public record Fault(String code, String reason) {}

    /** The airframe's half. */
    public static Envelope sign(Signer idevid, String serial, Digest nonce, Digest lastEntry, Instant receivedAt) {
        HandoverReceipt receipt = HandoverReceipt.newBuilder()
                .setSerial(serial)
                .setNonce(ByteString.copyFrom(nonce.bytes()))
                .setLastEntrySha256(ByteString.copyFrom(lastEntry.bytes()))
                .setReceivedAtUnixSeconds(receivedAt.getEpochSecond())
                .build();
        return DsseSigner.sign(PayloadType.HANDOVER_RECEIPT, receipt.toByteArray(), idevid);
    }

    /** The recipient's half; whoever signs has verified the airframe's with {@link #checkHalf}. */
    public static Envelope countersign(Envelope half, Signer recipient) {
        return DsseSigner.add(half, recipient);
    }

    /** Checks the airframe's half against the nonce that the recipient chose. */
    public static Optional<Fault> checkHalf(
            Envelope untrusted, Voucher voucher, VerificationKey idevidKey, Digest nonce) {
        return check(untrusted, voucher, Set.of(idevidKey), 1)
                .or(() -> content(untrusted)
                                .filter(receipt ->
                                        nonce.matches(receipt.getNonce().toByteArray()))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(new Fault(RECEIPT_MISMATCH, "the receipt is over another nonce")));
    }

    /** Checks a whole receipt: signed by airframe and last owner, of this voucher as it is. */
    public static Optional<Fault> check(Envelope untrusted, Voucher voucher, VerificationKey idevidKey) {
        return check(untrusted, voucher, Set.of(idevidKey, voucher.ownerKey()), 2);
    }

    private static Optional<Fault> check(
            Envelope untrusted, Voucher voucher, Set<VerificationKey> signers, int threshold) {
        DsseResult result = DsseVerifier.verify(untrusted, PayloadType.HANDOVER_RECEIPT, signers, threshold);
        if (result instanceof DsseResult.Rejected rejected) {
            return Optional.of(new Fault(RECEIPT_SIGNATURE, rejected.reason()));
        }
        boolean matches = content(untrusted)
                .filter(receipt -> receipt.getSerial().equals(voucher.header().getSerial())
                        && receipt.getNonce().size() == Digest.LENGTH
                        && voucher.headSha256()
                                .matches(receipt.getLastEntrySha256().toByteArray()))
                .isPresent();
        return matches
                ? Optional.empty()
                : Optional.of(new Fault(RECEIPT_MISMATCH, "the receipt is not of this airframe's last transfer"));
    }

    private static Optional<HandoverReceipt> content(Envelope verified) {
        try {
            return Optional.of(HandoverReceipt.parseFrom(verified.getPayload()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
