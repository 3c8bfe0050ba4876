package io.kryla.airframe;

import java.util.concurrent.Executor;

/** What gives a {@link GroundLink} its turns. Any thread may call. */
interface LinkThread {
    /** The link has a turn soon: something has changed. */
    void wakeup();

    /** Where a link without a session sets one up; may be the link thread itself. */
    Executor setUps();

    /** Where a session's successor is set up while it goes on, and whatever else may block: never the link thread. */
    Executor renewals();

    /** Whether the turns are those of a loop, which waits for no datagram of a link by itself. */
    boolean isLoop();
}
