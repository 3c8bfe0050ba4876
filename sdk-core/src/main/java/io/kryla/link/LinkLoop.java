package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread for any number of links: each has its turn when a datagram arrived for it, when it is woken, or when its time has
 * come. One selector watches all their sockets. The thread is the caller's: the one that calls {@link #run}.
 */
public final class LinkLoop implements Runnable, AutoCloseable {
    /** What a turn returns that was the last. */
    public static final long LEAVES = -1;

    private final Selector selector;
    private final LongSupplier clock;
    private final UdpSocket.Buffers buffers = new UdpSocket.Buffers();
    private final TurnWheel wheel;
    private final Consumer<SelectionKey> arrivals = key -> ((LoopUdpLink) key.attachment()).arrived();
    /** Seats that were woken, the newest first. */
    private final AtomicReference<@Nullable Seat> woken = new AtomicReference<>();

    private volatile boolean waiting;
    private volatile boolean closed;

    /** Something that has its turns on the loop's thread. */
    public interface Member {
        /**
         * Does what is due, without waiting for anything.
         *
         * @return the next turn is due after so many nanoseconds, or earlier if woken; {@link LinkLoop#LEAVES} if there is none
         */
        long turn();
    }

    /** A member's place on the loop. */
    public static final class Seat {
        private final LinkLoop loop;
        private final Member member;
        private final AtomicBoolean awake = new AtomicBoolean();
        private @Nullable Seat nextWoken;
        /** The wheel's. */
        long dueAtNanos;

        int slot = TurnWheel.NOWHERE;

        @Nullable
        Seat before;

        @Nullable
        Seat after;

        private boolean left;

        Seat(LinkLoop loop, Member member) {
            this.loop = loop;
            this.member = member;
        }

        /** The member has a turn soon. Any thread; costs a system call only if the loop is waiting. */
        public void wakeup() {
            if (awake.compareAndSet(false, true)) {
                loop.push(this);
            }
        }
    }

    private LinkLoop(Selector selector, LongSupplier clock) {
        this.selector = selector;
        this.clock = clock;
        this.wheel = new TurnWheel(clock.getAsLong());
    }

    /** @param monotonicNanos a clock that never goes back, such as {@code System::nanoTime} */
    public static LinkLoop open(LongSupplier monotonicNanos) {
        try {
            return new LinkLoop(Selector.open(), monotonicNanos);
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /** Gives a member its first turn soon. Any thread. */
    public Seat add(Member member) {
        Seat seat = new Seat(this, member);
        seat.wakeup();
        return seat;
    }

    /**
     * UDP to one peer, as {@link UdpLink#connect} opens it, but watched by this loop: it calls {@link DatagramLink#onArrival} and
     * never waits; at once, since nobody is asked. One open file. For a member, in its turn.
     */
    public DatagramLink connect(InetSocketAddress peer) {
        try {
            UdpSocket socket = UdpSocket.open(peer, buffers);
            LoopUdpLink link = new LoopUdpLink(socket);
            try {
                socket.channel().register(selector, SelectionKey.OP_READ, link);
            } catch (IOException | ClosedSelectorException e) {
                socket.close();
                throw e;
            }
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP socket towards " + peer, e);
        }
    }

    private void push(Seat seat) {
        Seat newest;
        do {
            newest = woken.get();
            seat.nextWoken = newest;
        } while (!woken.compareAndSet(newest, seat));
        if (waiting) {
            selector.wakeup();
        }
    }

    /** Gives turns until {@link #close}; then no member has another. */
    @Override
    public void run() {
        try {
            while (!closed) {
                await();
                giveTurnsToWoken();
                giveTurnsThatAreDue();
            }
        } catch (ClosedSelectorException e) {
            // Closed while it was being waited on.
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for datagrams failed", e);
        }
    }

    private void await() throws IOException {
        long left = wheel.nanosUntilNext(clock.getAsLong());
        waiting = true;
        if (left <= 0 || woken.get() != null || closed) {
            waiting = false;
            selector.selectNow(arrivals);
        } else {
            selector.select(arrivals, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            waiting = false;
        }
    }

    /** In the order in which they were woken. */
    private void giveTurnsToWoken() {
        Seat newestFirst = woken.getAndSet(null);
        Seat oldestFirst = null;
        while (newestFirst != null) {
            Seat next = newestFirst.nextWoken;
            newestFirst.nextWoken = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }
        while (oldestFirst != null) {
            Seat next = oldestFirst.nextWoken;
            oldestFirst.nextWoken = null;
            oldestFirst.awake.set(false);
            giveTurn(oldestFirst);
            oldestFirst = next;
        }
    }

    private void giveTurnsThatAreDue() {
        long now = clock.getAsLong();
        for (Seat seat = wheel.takeDue(now); seat != null; seat = wheel.takeDue(now)) {
            giveTurn(seat);
        }
    }

    private void giveTurn(Seat seat) {
        if (seat.left || closed) {
            return;
        }
        long idleNanos;
        try {
            idleNanos = seat.member.turn();
        } catch (RuntimeException e) {
            // The others go on; whoever runs the loop is told as of a thread that fails.
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, e);
            idleNanos = LEAVES;
        }
        if (idleNanos < 0) {
            seat.left = true;
            wheel.remove(seat);
        } else if (idleNanos == 0) {
            seat.wakeup();
        } else {
            wheel.put(seat, clock.getAsLong() + idleNanos);
        }
    }

    /** Ends {@link #run} after the turn that is running, and forgets its members: end those first. Any thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
