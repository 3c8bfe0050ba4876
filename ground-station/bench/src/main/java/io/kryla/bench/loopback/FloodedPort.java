package io.kryla.bench.loopback;

import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The port that a station receives on, given as many datagrams as its taker can take, the same ones over and over. */
final class FloodedPort implements AutoCloseable {
    /** Fewer than a socket's buffer holds: none is lost. */
    private static final long MOST_UNDER_WAY = 256;

    private static final long PAUSE_NANOS = 50_000;

    private final ByteBuffer[] datagrams;
    private final SendingThreads senders = new SendingThreads();
    private final AtomicLong taken = new AtomicLong();
    private final DatagramPort port;
    private final DatagramChannel sender;
    private long sent;

    /** Called by the port's own thread, for each datagram. */
    interface Taker {
        void take(byte[] buffer, int length);
    }

    FloodedPort(ByteBuffer[] datagrams, Taker taker) throws IOException {
        this.datagrams = datagrams.clone();
        this.port =
                DatagramPort.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new DatagramReceiver() {
                    @Override
                    public void onDatagram(byte[] buffer, int length, InetSocketAddress from) {
                        taker.take(buffer, length);
                        taken.incrementAndGet();
                    }

                    @Override
                    public void onPause() {}
                });
        this.sender = DatagramChannel.open().connect(port.boundAddress());
    }

    /** Returns the datagrams taken for each second of the receiver's CPU time. */
    double run(int millis) throws IOException {
        long startedAtNanos = System.nanoTime();
        long cpuBefore = senders.receiverCpuNanos();
        long takenBefore = taken.get();
        while (System.nanoTime() - startedAtNanos < TimeUnit.MILLISECONDS.toNanos(millis)) {
            if (sent - taken.get() > MOST_UNDER_WAY) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                ByteBuffer datagram = datagrams[(int) (sent++ % datagrams.length)];
                sender.write(datagram.rewind());
            }
        }
        double seconds = (senders.receiverCpuNanos() - cpuBefore) / 1e9;
        return (taken.get() - takenBefore) / seconds;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        port.close();
    }
}
