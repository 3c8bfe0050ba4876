package io.kryla.factory.provisioning;

/** Follows the conversations of a line. Called on the service's thread, which waits for it. */
@FunctionalInterface
public interface ProvisioningListener {
    void on(ProvisioningEvent event);

    /** Nobody follows. */
    static ProvisioningListener none() {
        return event -> {};
    }
}
