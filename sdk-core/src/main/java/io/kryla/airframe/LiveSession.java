package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A session that is up, with its channel and its receiver. Link thread only. */
final class LiveSession implements AutoCloseable {
    private final SessionOpener.Opened opened;
    private final LinkParts parts;
    private final Receiver receiver;
    private final AirframeSession datagrams;
    private final Runnable waker;

    /** Belongs to the seat's ground from now on; the log hears of the receiver with the flight thread's next call. */
    LiveSession(SessionOpener.Opened opened, GroundPath path, int seat, LinkParts parts) {
        this.opened = opened;
        this.parts = parts;
        LogOutbox log = parts.logs().get(opened.terms().profile());
        if (log == null) {
            throw new KrylaException(
                    "UNKNOWN_PROFILE", "no log of profile " + opened.terms().profile(), false);
        }
        this.receiver = parts.receivers().enter(log, seat, opened.joined());
        try {
            this.datagrams = new AirframeSession(
                    receiver,
                    parts.commands(),
                    parts.rejections(),
                    () -> path.datagrams(opened.terms().udpPort()),
                    opened.terms().keys(),
                    parts.life(),
                    opened.ground(),
                    parts.monotonicNanos().getAsLong());
        } catch (RuntimeException e) {
            parts.receivers().leave(receiver);
            throw e;
        }
        this.waker = datagrams::wakeup;
        log.wake(waker);
    }

    /** Sends what is due, then waits for datagrams, but not longer than the next is due. */
    void pump(Duration most, LongSupplier clock) {
        long idleNanos = datagrams.send(clock.getAsLong());
        datagrams.receive(Duration.ofNanos(Math.min(idleNanos, most.toNanos())), clock);
    }

    /** Whether the ground has heard of this session: it acknowledged something. */
    boolean acknowledged() {
        return receiver.acknowledgedLeaves() > 0;
    }

    boolean wantsRenewal(long nowNanos) {
        return datagrams.wantsRenewal(nowNanos);
    }

    boolean ended(long nowNanos) {
        return opened.channel().hasInput() || datagrams.silent(nowNanos) || datagrams.spent(nowNanos);
    }

    @Override
    public void close() {
        receiver.log().forget(waker);
        parts.receivers().leave(receiver);
        datagrams.close();
        opened.close();
    }
}
