package io.kryla.factory.provisioning;

import io.kryla.v1.Measurement;
import java.util.List;

/** What happened in a conversation with an airframe. */
public sealed interface ProvisioningEvent {
    /**
     * A step was taken and is durable.
     *
     * @param step the journal's name of it, such as {@code CERT_STORED}
     */
    record StepTaken(String serial, String step, String detail) implements ProvisioningEvent {}

    /**
     * Something was measured, or failed to be.
     *
     * @param taken everything so far in this conversation, failed attempts too
     */
    record Measured(String serial, List<Measurement> taken) implements ProvisioningEvent {}

    /** The bench has something to do for this airframe. */
    record BenchAsked(String serial, BenchTask task) implements ProvisioningEvent {}

    /** The airframe has its identity and the proof of its birth. */
    record UnitBorn(String serial) implements ProvisioningEvent {}

    /**
     * A conversation ended without a birth.
     *
     * @param serial empty if none was granted
     * @param byAirframe whether the airframe refused what the line sent
     */
    record ConversationRefused(String serial, String code, String detail, boolean byAirframe)
            implements ProvisioningEvent {}

    /** The connection went away; the airframe will come again. */
    record ConversationCut(String serial) implements ProvisioningEvent {}
}
