package io.kryla.ground.fleet;

/** A subscription to the records of a flight log. */
public interface RecordSubscription extends Subscription {
    /** Records that were lost to this subscriber because its buffer was full. */
    long dropped();
}
