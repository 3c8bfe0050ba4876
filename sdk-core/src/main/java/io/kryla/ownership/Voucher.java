package io.kryla.ownership;

import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherHeader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A verified voucher: the line that built the airframe, and every owner since, each named and signed for by the one
 * before, each transfer proven in the line's ledger.
 *
 * @param headerSha256 of the header's exact payload
 */
public record Voucher(
        VoucherHeader header, Digest headerSha256, VerificationKey firstOwnerKey, List<Transfer> transfers) {
    public Voucher {
        transfers = List.copyOf(transfers);
    }

    /**
     * One verified transfer.
     *
     * @param entrySha256 of the entry's exact payload
     * @param index of the TRANSFER leaf
     * @param cosignedAt when witnesses had seen the leaf
     */
    public record Transfer(VoucherEntry entry, Owner next, Digest entrySha256, long index, Instant cosignedAt) {}

    public Optional<Transfer> last() {
        return transfers.isEmpty() ? Optional.empty() : Optional.of(transfers.get(transfers.size() - 1));
    }

    /** Whose key must sign the next entry. */
    public VerificationKey ownerKey() {
        return last().map(transfer -> transfer.next().key()).orElse(firstOwnerKey);
    }

    public String ownerId() {
        return last().map(transfer -> transfer.next().id()).orElse(header.getOwnerId());
    }

    /** What the next entry must name as previous: the last entry's payload, or the header's. */
    public Digest headSha256() {
        return last().map(Transfer::entrySha256).orElse(headerSha256);
    }
}
