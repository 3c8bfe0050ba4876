package io.kryla.airframe.provisioning;

/** How a conversation with the station ended. A cut connection is neither: it throws, and may be tried again. */
public sealed interface ProvisioningOutcome {
    /**
     * The airframe has its identity and its birth is proven, durably.
     *
     * @param resumed it had been stored before; no station was asked
     */
    record Born(String serial, boolean resumed) implements ProvisioningOutcome {}

    /**
     * One side ended it; the airframe keeps what it had.
     *
     * @param code stable, such as {@code QUOTA_EXHAUSTED}
     * @param byAirframe whether the airframe refused what the station sent
     */
    record Refused(String code, String detail, boolean byAirframe) implements ProvisioningOutcome {}
}
