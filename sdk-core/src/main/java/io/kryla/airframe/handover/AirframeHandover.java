package io.kryla.airframe.handover;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.StorageEntry;
import io.kryla.keys.Digest;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherResult;
import io.kryla.ownership.VoucherVerifier;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes an airframe over to the last owner of its voucher. */
public final class AirframeHandover {
    /** The voucher is of another airframe. */
    public static final String SERIAL_MISMATCH = "SERIAL_MISMATCH";
    /** The airframe has no birth yet. */
    public static final String NOT_PROVISIONED = "NOT_PROVISIONED";
    /** The voucher ends before an entry that the airframe has already accepted, or is another one. */
    public static final String VOUCHER_ROLLBACK = "VOUCHER_ROLLBACK";

    private final SecureElement secureElement;
    private final AirframeStorage storage;
    private final VoucherVerifier verifier;
    private final InstantSource clock;

    private AirframeHandover(
            SecureElement secureElement, AirframeStorage storage, VoucherVerifier verifier, InstantSource clock) {
        this.secureElement = secureElement;
        this.storage = storage;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** @param verifier over the root and bundle that the airframe holds */
    public static AirframeHandover of(
            SecureElement secureElement, AirframeStorage storage, VoucherVerifier verifier, InstantSource clock) {
        return new AirframeHandover(secureElement, storage, verifier, clock);
    }

    /**
     * Verifies the voucher, pins the last owner's operations CA and signs the receipt. The same voucher again gives a
     * receipt again.
     *
     * @param nonce the recipient's, 32 fresh random bytes
     */
    public HandoverOutcome receive(Envelope header, List<VoucherStep> steps, Digest nonce) {
        Optional<String> serial = serial();
        if (serial.isEmpty()) {
            return new HandoverOutcome.Refused(NOT_PROVISIONED, "the airframe holds no birth");
        }
        Instant now = clock.instant();
        VoucherResult result = verifier.verify(header, steps, now);
        if (result instanceof VoucherResult.Rejected rejected) {
            return new HandoverOutcome.Refused(rejected.code(), rejected.reason());
        }
        Voucher voucher = ((VoucherResult.Verified) result).voucher();
        if (!voucher.header().getSerial().equals(serial.get())) {
            return new HandoverOutcome.Refused(
                    SERIAL_MISMATCH, "the voucher is of " + voucher.header().getSerial());
        }
        if (voucher.last().isEmpty() || !extendsKnown(voucher)) {
            return new HandoverOutcome.Refused(VOUCHER_ROLLBACK, "a voucher that goes on from the last owner expected");
        }
        Voucher.Transfer last = voucher.last().get();
        // Head first: a power cut between the two leaves the old owner, and the same voucher completes it.
        storage.write(StorageEntry.VOUCHER_HEAD, last.entrySha256().bytes());
        storage.write(
                StorageEntry.OWNER_CA_KEY_SHA256,
                last.next().operationsCaKeySha256().bytes());
        return new HandoverOutcome.Received(
                last.next().id(),
                HandoverReceipts.sign(secureElement.identityKey(), serial.get(), nonce, last.entrySha256(), now));
    }

    private boolean extendsKnown(Voucher voucher) {
        return storage.read(StorageEntry.VOUCHER_HEAD)
                .map(known -> voucher.transfers().stream()
                        .anyMatch(transfer -> transfer.entrySha256().matches(known)))
                .orElse(true);
    }

    private Optional<String> serial() {
        if (storage.read(StorageEntry.BIRTH_COMMIT).isEmpty()) {
            return Optional.empty();
        }
        return storage.read(StorageEntry.CLAIM_GRANT).flatMap(bytes -> {
            try {
                return Optional.of(ClaimGrant.parseFrom(bytes).getSerial());
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }
}
