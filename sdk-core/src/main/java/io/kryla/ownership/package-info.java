/**
 * The ownership voucher (protocol.md §11): who owned an airframe, in which order, and that each transfer stands in the
 * line's ledger. Pure verification, used by the airframe, by export centres, by the capsule and by audits; what signs
 * and stores lives in {@code airframe.handover} and in the factory. May import {@code keys}, {@code tlog}, {@code dsse},
 * {@code identity} and {@code v1}. Start with {@code VoucherVerifier}.
 */
@NullMarked
package io.kryla.ownership;

import org.jspecify.annotations.NullMarked;
