package io.kryla.factory.licensor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.Envelope;
import io.kryla.v1.LicensorOrder;

/** An order to root or design CA that enough distinct license keys signed, under the bundle that is in force. */
public record ApprovedOrder(LicensorOrder content) {

    /** Verifies an untrusted order; one that was drafted under another revision of the bundle is {@code FOREIGN}. */
    public static DocumentResult<ApprovedOrder> open(TrustedBundle bundle, Envelope untrusted) {
        DsseResult signed = DsseVerifier.verify(
                untrusted, PayloadType.LICENSOR_ORDER, bundle.licenseKeys(), bundle.licenseThreshold());
        if (signed instanceof DsseResult.Rejected rejected) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.valueOf(rejected.code().name()), rejected.reason());
        }
        LicensorOrder order;
        try {
            order = LicensorOrder.parseFrom(((DsseResult.Verified) signed).payload());
        } catch (InvalidProtocolBufferException e) {
            return new DocumentResult.Rejected<>(DocumentRejection.MALFORMED, "the payload is no order");
        }
        if (order.getOrderCase() == LicensorOrder.OrderCase.ORDER_NOT_SET) {
            return new DocumentResult.Rejected<>(DocumentRejection.MALFORMED, "the order orders nothing");
        }
        if (order.getBundleRevision() != bundle.revision()) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.FOREIGN,
                    "an order under trust bundle revision " + bundle.revision() + " expected, got one under "
                            + order.getBundleRevision());
        }
        return new DocumentResult.Verified<>(new ApprovedOrder(order));
    }
}
