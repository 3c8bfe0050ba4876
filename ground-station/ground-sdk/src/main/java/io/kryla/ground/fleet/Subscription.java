package io.kryla.ground.fleet;

/** A registration that lasts until it is closed. */
public interface Subscription extends AutoCloseable {
    /** No call begins after this returns; one that runs may still finish. */
    @Override
    void close();
}
