package io.kryla.station.keys;

import io.kryla.keys.Signer;

/** A key that signs until this is closed. */
public final class OpenKey implements AutoCloseable {
    private final Signer signer;
    private final Runnable logout;

    OpenKey(Signer signer, Runnable logout) {
        this.signer = signer;
        this.logout = logout;
    }

    public Signer signer() {
        return signer;
    }

    @Override
    public void close() {
        logout.run();
    }
}
