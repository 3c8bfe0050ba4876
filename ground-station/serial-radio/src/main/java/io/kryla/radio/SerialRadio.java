package io.kryla.radio;

import io.kryla.keys.KrylaException;
import io.kryla.link.ByteStream;
import io.kryla.link.DatagramLink;
import io.kryla.link.SharedLine;
import io.kryla.radio.frame.FrameRejection;
import io.kryla.radio.frame.LineFrame;
import io.kryla.radio.stream.LineMultiplexer;
import io.kryla.radio.stream.LineRejection;
import io.kryla.radio.stream.LineStream;
import io.kryla.radio.stream.StreamFault;
import io.kryla.session.SessionKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a radio at a serial port. Streams and datagrams share what the line carries; no more is handed to the device
 * than that, so nothing waits where it cannot be reordered. A device that disappears breaks the streams and is opened again
 * once it is back.
 *
 * <p>Two threads of its own: one reads, one writes. Any thread may call the methods.
 */
public final class SerialRadio implements SharedLine {
    private static final Logger LOG = LoggerFactory.getLogger(SerialRadio.class);
    private static final int READ_BYTES = 4_096;
    /** Handed over so much early that the device never runs dry for want of a timely thread. */
    private static final long AHEAD_NANOS = Duration.ofMillis(8).toNanos();

    private static final long REOPEN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FAREWELL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long JOIN_MILLIS = 3_000;

    private final SerialDevice device;
    private final boolean accepting;
    private final RadioSettings settings;
    private final LongSupplier monotonicNanos;
    private final IntSupplier streamIds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RadioDatagrams> links = new ArrayList<>();
    private final List<Thread> threads;
    private final LongAdder tooLong = new LongAdder();
    private LineMultiplexer line;
    private Optional<SerialEnd> end;
    private boolean closed;

    private SerialRadio(
            SerialDevice device,
            boolean accepting,
            RadioSettings settings,
            LongSupplier monotonicNanos,
            IntSupplier streamIds) {
        this.device = device;
        this.accepting = accepting;
        this.settings = settings;
        this.monotonicNanos = monotonicNanos;
        this.streamIds = streamIds;
        this.line = new LineMultiplexer(accepting, settings.times());
        this.end = Optional.of(device.open());
        this.threads =
                List.of(new Thread(this::readOn, "kryla-radio-read"), new Thread(this::writeOn, "kryla-radio-write"));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * The airframe's end, which opens streams.
     *
     * @param streamIds not repeated after a restart: a {@code SecureRandom}
     * @throws KrylaException PORT_MISSING, PORT_BUSY, PORT_DENIED, PORT_FAILED
     */
    public static SerialRadio ofAirframe(
            SerialDevice device, RadioSettings settings, LongSupplier monotonicNanos, RandomGenerator streamIds) {
        return new SerialRadio(device, false, settings, monotonicNanos, streamIds::nextInt);
    }

    /**
     * The ground's end, which accepts streams.
     *
     * @throws KrylaException PORT_MISSING, PORT_BUSY, PORT_DENIED, PORT_FAILED
     */
    public static SerialRadio ofGround(SerialDevice device, RadioSettings settings, LongSupplier monotonicNanos) {
        return new SerialRadio(device, true, settings, monotonicNanos, () -> {
            throw new IllegalStateException("the ground's end of a radio accepts streams and opens none");
        });
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public ByteStream open() throws IOException {
        lock.lock();
        try {
            if (closed || end.isEmpty()) {
                throw new RadioStreamException(StreamFault.LINE_CLOSED, name());
            }
            LineStream stream = line.open(streamIds.getAsInt(), nowNanos());
            if (stream.fault().isPresent()) {
                throw new RadioStreamException(stream.fault().get(), name());
            }
            return new RadioStream(this, stream);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next stream that the peer opens, or until the line is closed. */
    @Override
    public ByteStream accept() throws IOException {
        lock.lock();
        try {
            while (!closed) {
                LineStream opened = line.pollOpened();
                if (opened != null) {
                    return new RadioStream(this, opened);
                }
                changed.await();
            }
            throw new RadioStreamException(StreamFault.LINE_CLOSED, name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the line");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DatagramLink datagrams() {
        lock.lock();
        try {
            RadioDatagrams link = new RadioDatagrams(this);
            links.add(link);
            return link;
        } finally {
            lock.unlock();
        }
    }

    /** How often bytes from the line were no frame for that reason, since the device was opened last. */
    public long rejected(FrameRejection reason) {
        lock.lock();
        try {
            return line.rejected(reason);
        } finally {
            lock.unlock();
        }
    }

    /** How often a frame was not taken for that reason, since the device was opened last. */
    public long rejected(LineRejection reason) {
        lock.lock();
        try {
            return line.rejected(reason);
        } finally {
            lock.unlock();
        }
    }

    /** Datagrams that were to be sent and do not fit a frame: of a profile that is not made for a radio. */
    public long tooLong() {
        return tooLong.sum();
    }

    private void readOn() {
        byte[] bytes = new byte[READ_BYTES];
        while (true) {
            SerialEnd current = openEnd();
            if (current == null) {
                return;
            }
            try {
                int count = current.read(bytes);
                if (count > 0) {
                    receive(bytes, count);
                }
            } catch (IOException e) {
                lose(current, e);
            }
        }
    }

    private void receive(byte[] bytes, int count) {
        lock.lock();
        try {
            line.receive(bytes, count, nowNanos());
            for (byte[] next = line.pollDatagram(); next != null; next = line.pollDatagram()) {
                deliver(next);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(byte[] datagram) {
        int claimed = SessionKeys.claimedSessionId(datagram, 0, datagram.length);
        boolean known = links.stream().anyMatch(link -> link.isOf(claimed));
        for (RadioDatagrams link : links) {
            if (known ? link.isOf(claimed) : link.isOpenToAny()) {
                link.deliver(datagram);
            }
        }
    }

    /** The device's end, opened again if it was lost; null once the radio is closed. */
    private @Nullable SerialEnd openEnd() {
        lock.lock();
        try {
            while (!closed) {
                if (end.isPresent()) {
                    return end.get();
                }
                reopen();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void reopen() {
        try {
            end = Optional.of(device.open());
            line = new LineMultiplexer(accepting, settings.times());
            changed.signalAll();
            LOG.info("serial port {} is back", name());
        } catch (KrylaException e) {
            LOG.debug("serial port {} is not back: {}", name(), e.code());
            await(REOPEN_NANOS);
        }
    }

    private void lose(SerialEnd lost, IOException reason) {
        lock.lock();
        try {
            if (!closed && end.equals(Optional.of(lost))) {
                LOG.warn("serial port {} is lost: {}", name(), reason.getMessage());
                end = Optional.empty();
                line.close();
                lost.close();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeOn() {
        byte[] frame = new byte[LineFrame.MTU];
        long freeAtNanos = nowNanos();
        while (true) {
            int length;
            SerialEnd current;
            lock.lock();
            try {
                length = nextFrame(frame, freeAtNanos);
                current = end.orElse(null);
                if (closed) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (length > 0 && current != null) {
                freeAtNanos = Math.max(nowNanos(), freeAtNanos) + settings.nanosFor(length);
                write(current, frame, length);
            }
        }
    }

    /** Waits until the line is free and something is due; 0 when it is worth asking again. */
    private int nextFrame(byte[] frame, long freeAtNanos) {
        long now = nowNanos();
        long busyNanos = freeAtNanos - AHEAD_NANOS - now;
        if (end.isEmpty() || busyNanos > 0) {
            await(end.isEmpty() ? REOPEN_NANOS : busyNanos);
            return 0;
        }
        boolean full = !line.hasRoomForDatagram();
        int length = line.transmit(frame, now);
        if (length == 0) {
            await(Math.min(line.idleNanos(now), REOPEN_NANOS));
            return 0;
        }
        if (full && line.hasRoomForDatagram()) {
            links.forEach(RadioDatagrams::wake);
        }
        changed.signalAll();
        return length;
    }

    private void write(SerialEnd current, byte[] frame, int length) {
        try {
            current.write(frame, length);
        } catch (IOException e) {
            lose(current, e);
        }
    }

    private void await(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    Condition changed() {
        return changed;
    }

    long nowNanos() {
        return monotonicNanos.getAsLong();
    }

    /** With the lock held: the writing thread looks again. */
    void somethingToSend() {
        changed.signalAll();
    }

    /** With the lock held; dropped when there is no room. */
    void send(byte[] datagram) {
        if (line.sendDatagram(datagram)) {
            changed.signalAll();
        }
    }

    /** With the lock held. */
    boolean hasRoom() {
        return line.hasRoomForDatagram();
    }

    void countTooLong() {
        tooLong.increment();
    }

    /** With the lock held. */
    void forget(RadioDatagrams link) {
        links.remove(link);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            sayFarewell();
            closed = true;
            line.close();
            end.ifPresent(SerialEnd::close);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Streams that were closed have their end to tell; a peer that does not listen holds nobody up. */
    private void sayFarewell() {
        long untilNanos = nowNanos() + FAREWELL_NANOS;
        while (!closed && end.isPresent() && line.hasFarewells() && nowNanos() - untilNanos < 0) {
            await(untilNanos - nowNanos());
        }
    }
}
