package io.kryla.factory.provisioning;

import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.Refused;

/** What the line does after a message of the airframe. */
sealed interface LineStep {
    record Send(ProvisioningMessage message) implements LineStep {}

    /** Has something done at the bench and says nothing until then. */
    record AtBench(Workbench workbench, BenchTask task) implements LineStep {}

    /** Says a last word and hangs up. */
    record Refuse(String code, String detail) implements LineStep {
        ProvisioningMessage message() {
            return ProvisioningMessage.newBuilder()
                    .setRefused(Refused.newBuilder().setCode(code).setDetail(detail))
                    .build();
        }
    }

    /** The airframe has stored its birth; hangs up. */
    record Complete(String serial) implements LineStep {}

    /** The airframe refused; hangs up. */
    record RefusedByAirframe(String code, String detail) implements LineStep {}
}
