package io.kryla.airframe.provisioning;

import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.Refused;

/** What one side does after a message: say something and wait, or say something last. */
sealed interface ProvisioningStep {
    record Send(ProvisioningMessage message) implements ProvisioningStep {}

    /** Nothing to say: the other side goes on when it can. */
    record Wait() implements ProvisioningStep {}

    /** The last word, and how it ended for the airframe. */
    record End(ProvisioningMessage message, ProvisioningOutcome outcome) implements ProvisioningStep {}

    /** The other side had the last word. */
    record Ended(ProvisioningOutcome outcome) implements ProvisioningStep {}

    static ProvisioningStep refuse(Fault fault) {
        return new End(
                ProvisioningMessage.newBuilder()
                        .setRefused(Refused.newBuilder().setCode(fault.code()).setDetail(fault.detail()))
                        .build(),
                new ProvisioningOutcome.Refused(fault.code(), fault.detail(), true));
    }
}
