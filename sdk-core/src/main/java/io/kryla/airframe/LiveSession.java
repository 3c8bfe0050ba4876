package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import io.kryla.link.DatagramLink;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/** A session that is up, with its channel and its receiver. Link thread only. */
final class LiveSession implements AutoCloseable {
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(200).toNanos();

    private final SessionOpener.Opened opened;
    private final LinkParts parts;
    private final Receiver receiver;
    private final AirframeSession datagrams;
    private final LinkThread thread;
    private final Runnable waker;
    /** Of the channel, which costs a system call. */
    private long lookedAtNanos;

    private boolean channelHasInput;
    private boolean tellsOfArrivals;

    /** Belongs to the seat's ground from now on; the log hears of the receiver with the flight thread's next call. */
    LiveSession(SessionOpener.Opened opened, GroundPath path, int seat, LinkParts parts, LinkThread thread) {
        this.opened = opened;
        this.parts = parts;
        this.thread = thread;
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
                    () -> watched(path.datagrams(opened.terms().udpPort())),
                    opened.terms().keys(),
                    parts.life(),
                    opened.ground(),
                    parts.monotonicNanos().getAsLong());
        } catch (RuntimeException e) {
            parts.receivers().leave(receiver);
            throw e;
        }
        this.waker = thread.isLoop() ? thread::wakeup : datagrams::wakeup;
        this.lookedAtNanos = parts.monotonicNanos().getAsLong() - BETWEEN_LOOKS_NANOS;
        log.wake(waker);
    }

    private DatagramLink watched(DatagramLink link) {
        tellsOfArrivals = thread.isLoop() && link.onArrival(thread::wakeup);
        return link;
    }

    /** Whether the link has a turn whenever something arrives. */
    boolean tellsOfArrivals() {
        return tellsOfArrivals;
    }

    /** Sends what is due and returns how long nothing more will be, in nanoseconds. */
    long send(long nowNanos) {
        return datagrams.send(nowNanos);
    }

    /** Takes datagrams that have arrived, after waiting for the first at most so long. */
    void receive(Duration most, LongSupplier clock) {
        datagrams.receive(most, clock);
    }

    /** Whether the ground has heard of this session: it acknowledged something. */
    boolean acknowledged() {
        return receiver.acknowledgedLeaves() > 0;
    }

    boolean wantsRenewal(long nowNanos) {
        return datagrams.wantsRenewal(nowNanos);
    }

    boolean ended(long nowNanos) {
        if (nowNanos - lookedAtNanos >= BETWEEN_LOOKS_NANOS) {
            lookedAtNanos = nowNanos;
            channelHasInput = opened.channel().hasInput();
        }
        return channelHasInput || datagrams.silent(nowNanos) || datagrams.spent(nowNanos);
    }

    @Override
    public void close() {
        receiver.log().forget(waker);
        parts.receivers().leave(receiver);
        datagrams.close();
        closeChannel();
    }

    /** Its farewell may have to wait for the peer, which a loop's others would. */
    private void closeChannel() {
        if (!thread.isLoop()) {
            opened.close();
            return;
        }
        try {
            thread.renewals().execute(opened::close);
        } catch (RejectedExecutionException e) {
            opened.close();
        }
    }
}
