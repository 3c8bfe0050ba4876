package io.kryla.bench.loopback;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What no receiver of that kind can save, behind the same port: datagrams as long as Kryla's, opened by the JDK's AES-256-GCM, and
 * their SHA-256. Nothing is decoded, kept, answered or handed on.
 */
final class FloorUnderLoad implements AutoCloseable {
    private static final int DATAGRAMS = 1_024;
    private static final long MOST_UNDER_WAY = 256;
    private static final long PAUSE_NANOS = 50_000;
    /** Of SFrame, from the 65,536th frame of a step on. */
    private static final int HEADER_BYTES = 9;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key = new SecretKeySpec(random(32), "AES");
    private final GCMParameterSpec[] nonces = new GCMParameterSpec[DATAGRAMS];
    private final ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
    private final byte[] plaintext;
    private final byte[] hash = new byte[32];
    private final SendingThreads senders = new SendingThreads();
    private final AtomicLong received = new AtomicLong();
    private final Cipher cipher;
    private final MessageDigest sha256;
    private final DatagramPort port;
    private final DatagramChannel sender;
    private long sent;

    /** @param plaintextBytes of each datagram: kind byte and record */
    FloorUnderLoad(int plaintextBytes) throws IOException {
        plaintext = new byte[plaintextBytes];
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            sha256 = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < DATAGRAMS; i++) {
                nonces[i] = new GCMParameterSpec(TAG_BITS, random(NONCE_BYTES));
                datagrams[i] = seal(i, random(plaintextBytes));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM and SHA-256", e);
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

    /** The header, which is the associated data, says which nonce is the datagram's. */
    private ByteBuffer seal(int number, byte[] body) throws GeneralSecurityException {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES).putInt(number).array();
        cipher.init(Cipher.ENCRYPT_MODE, key, nonces[number]);
        cipher.updateAAD(header);
        byte[] sealed = cipher.doFinal(body);
        return ByteBuffer.allocateDirect(header.length + sealed.length)
                .put(header)
                .put(sealed)
                .flip();
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void take(byte[] buffer, int length) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonces[ByteBuffer.wrap(buffer).getInt()]);
            cipher.updateAAD(buffer, 0, HEADER_BYTES);
            int opened = cipher.doFinal(buffer, HEADER_BYTES, length - HEADER_BYTES, plaintext, 0);
            sha256.update(plaintext, 0, opened);
            sha256.digest(hash, 0, hash.length);
            received.incrementAndGet();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed by this process", e);
        }
    }

    /** Returns the samples that such datagrams would hold, for each second of the receiver's CPU time. */
    double run(int millis) throws IOException {
        long startedAtNanos = System.nanoTime();
        long cpuBefore = senders.receiverCpuNanos();
        long receivedBefore = received.get();
        while (System.nanoTime() - startedAtNanos < TimeUnit.MILLISECONDS.toNanos(millis)) {
            if (sent - received.get() > MOST_UNDER_WAY) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                ByteBuffer datagram = datagrams[(int) (sent++ % DATAGRAMS)];
                sender.write(datagram.rewind());
            }
        }
        double seconds = (senders.receiverCpuNanos() - cpuBefore) / 1e9;
        return (received.get() - receivedBefore) * ReferenceTelemetry.SAMPLES_PER_DATAGRAM / seconds;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        port.close();
    }
}
