package io.kryla.ownership;

/** What became of an untrusted voucher or entry. */
public sealed interface VoucherResult {
    record Verified(Voucher voucher) implements VoucherResult {}

    /** @param code a constant of {@link VoucherFault}, or the code of a certificate path or ledger proof */
    record Rejected(String code, String reason) implements VoucherResult {}
}
