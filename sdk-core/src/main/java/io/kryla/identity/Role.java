package io.kryla.identity;

/** What the holder of an operations certificate may be; each is a certificate policy that the trust bundle names. */
public enum Role {
    /** A ground station that receives telemetry and commands airframes. */
    GROUND(true),
    /** A production station that provisions and signs records. */
    STATION(true),
    /** A person, by card id. */
    OPERATOR(false);

    private final boolean servesTls;

    Role(boolean servesTls) {
        this.servesTls = servesTls;
    }

    /** Whether the certificate carries extended key usage serverAuth. */
    boolean servesTls() {
        return servesTls;
    }
}
