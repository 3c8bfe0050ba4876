package io.kryla.factory.handover;

import io.kryla.ownership.Voucher;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherStep;

/** What the export desk answers. */
public final class HandoverResult {
    private HandoverResult() {}

    /** What became of the wish for a voucher. */
    public sealed interface Opening permits Opened, Refused {}

    /** What became of a transfer. */
    public sealed interface Transferring permits Transferred, Refused {}

    /** What became of the wish for a capsule. */
    public sealed interface Packing permits Packed, Refused {}

    /**
     * @param voucher as it stands, with the transfers so far
     * @param header DSSE {@code VoucherHeader}, for whoever verifies the voucher from now on
     */
    public record Opened(Voucher voucher, Envelope header) implements Opening {}

    /**
     * The transfer stands in the ledger, cosigned.
     *
     * @param voucher with this transfer as its last
     */
    public record Transferred(Voucher voucher, VoucherStep step) implements Transferring {}

    /** The capsule verifies from the root alone. */
    public record Packed(Capsule capsule) implements Packing {}

    /** Nothing was changed. */
    public record Refused(String code, String reason) implements Opening, Transferring, Packing {}
}
