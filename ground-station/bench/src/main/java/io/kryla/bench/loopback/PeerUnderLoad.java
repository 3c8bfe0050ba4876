package io.kryla.bench.loopback;

import io.kryla.bench.reference.PeerLink;
import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The Java MAVLink library behind the same port, with as many messages a datagram as Kryla has samples. */
final class PeerUnderLoad implements AutoCloseable {
    private static final int DATAGRAMS = 1_024;
    private static final long MOST_UNDER_WAY = 256;
    private static final long PAUSE_NANOS = 50_000;

    private final PeerLink link = new PeerLink();
    private final ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
    private final SendingThreads senders = new SendingThreads();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong verified = new AtomicLong();
    private final DatagramPort port;
    private final DatagramChannel sender;
    private long sent;

    PeerUnderLoad() throws IOException {
        for (int i = 0; i < DATAGRAMS; i++) {
            ByteArrayOutputStream messages = new ByteArrayOutputStream();
            for (int j = 0; j < ReferenceTelemetry.SAMPLES_PER_DATAGRAM; j++) {
                messages.write(
                        link.sign(ReferenceTelemetry.peer((long) i * ReferenceTelemetry.SAMPLES_PER_DATAGRAM + j)));
            }
            datagrams[i] = ByteBuffer.allocateDirect(messages.size())
                    .put(messages.toByteArray())
                    .flip();
        }
        port = DatagramPort.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new DatagramReceiver() {
            @Override
            public void onDatagram(byte[] buffer, int length, InetSocketAddress from) {
                take(buffer, length);
            }

            @Override
            public void onPause() {}
        });
        sender = DatagramChannel.open().connect(port.boundAddress());
    }

    private void take(byte[] buffer, int length) {
        try {
            verified.addAndGet(link.takeAllVerified(buffer, length));
            received.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the messages verified for each second of the receiver's CPU time. */
    double run(int millis) throws IOException {
        long startedAtNanos = System.nanoTime();
        long cpuBefore = senders.receiverCpuNanos();
        long verifiedBefore = verified.get();
        while (System.nanoTime() - startedAtNanos < TimeUnit.MILLISECONDS.toNanos(millis)) {
            if (sent - received.get() > MOST_UNDER_WAY) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                ByteBuffer datagram = datagrams[(int) (sent++ % DATAGRAMS)];
                sender.write(datagram.rewind());
            }
        }
        double seconds = (senders.receiverCpuNanos() - cpuBefore) / 1e9;
        return (verified.get() - verifiedBefore) / seconds;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        port.close();
    }
}
