package io.kryla.bench.loopback;

import io.kryla.bench.reference.PeerLink;
import io.kryla.bench.reference.ReferenceTelemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The Java MAVLink library behind the same port, with as many messages a datagram as Kryla has samples. */
final class PeerUnderLoad implements AutoCloseable {
    private static final int DATAGRAMS = 1_024;

    private final PeerLink link = new PeerLink();
    private final FloodedPort port;

    PeerUnderLoad() throws IOException {
        ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
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
        port = new FloodedPort(datagrams, this::take);
    }

    private void take(byte[] buffer, int length) {
        try {
            link.takeAllVerified(buffer, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the messages verified for each second of the receiver's CPU time. */
    double run(int millis) throws IOException {
        return port.run(millis) * ReferenceTelemetry.SAMPLES_PER_DATAGRAM;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
