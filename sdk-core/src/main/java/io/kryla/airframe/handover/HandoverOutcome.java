package io.kryla.airframe.handover;

import io.kryla.v1.Envelope;

/** What the airframe says to a voucher that it is shown. */
public sealed interface HandoverOutcome {
    /**
     * The airframe has its new owner, durably.
     *
     * @param halfReceipt DSSE {@code HandoverReceipt} signed by the IDevID; the recipient adds its signature
     */
    record Received(String ownerId, Envelope halfReceipt) implements HandoverOutcome {}

    /** The airframe keeps the owner it has. */
    record Refused(String code, String reason) implements HandoverOutcome {}
}
