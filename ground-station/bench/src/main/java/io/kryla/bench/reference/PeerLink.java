package io.kryla.bench.reference;

import io.dronefleet.mavlink.AbstractMavlinkDialect;
import io.dronefleet.mavlink.Mavlink2Message;
import io.dronefleet.mavlink.MavlinkConnection;
import io.dronefleet.mavlink.MavlinkDialect;
import io.dronefleet.mavlink.MavlinkMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A signed connection of the Java MAVLink library over bytes in memory. Not thread-safe. */
public final class PeerLink {
    private static final int SYSTEM_ID = 1;
    private static final int COMPONENT_ID = 1;
    private static final int LINK_ID = 1;

    private final byte[] secretKey = new byte[32];
    private final Inbox inbox = new Inbox();
    private final ByteArrayOutputStream outbox = new ByteArrayOutputStream();
    private final MavlinkConnection connection;
    private long timestamp;

    public PeerLink() {
        new SecureRandom().nextBytes(secretKey);
        MavlinkDialect dialect = new Dialect();
        connection =
                MavlinkConnection.builder(inbox, outbox).defaultDialect(dialect).build();
    }

    private static final class Dialect extends AbstractMavlinkDialect {
        Dialect() {
            super("kryla-bench", List.of(), Map.of(PeerState.ID, PeerState.class));
        }
    }

    /** Reads the bytes it was given last. */
    private static final class Inbox extends InputStream {
        private byte[] bytes = {};
        private int at;
        private int end;

        void fill(byte[] content, int length) {
            bytes = content;
            at = 0;
            end = length;
        }

        @Override
        public int available() {
            return end - at;
        }

        @Override
        public int read() {
            return at < end ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == end) {
                return -1;
            }
            int taken = Math.min(length, end - at);
            System.arraycopy(bytes, at, into, offset, taken);
            at += taken;
            return taken;
        }
    }

    /** The signed message. */
    public byte[] sign(PeerState state) {
        signInPlace(state);
        return outbox.toByteArray();
    }

    /** As {@link #sign}, but leaves it in the connection's buffer and returns its length. */
    public int signInPlace(PeerState state) {
        outbox.reset();
        try {
            connection.send2(SYSTEM_ID, COMPONENT_ID, state, LINK_ID, ++timestamp, secretKey);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes everything", e);
        }
        return outbox.size();
    }

    /** Parses the first message of the bytes and verifies its signature. */
    public MavlinkMessage<?> takeVerified(byte[] bytes, int length) throws IOException {
        inbox.fill(bytes, length);
        return nextVerified();
    }

    /** Parses and verifies all messages of the bytes. */
    public int takeAllVerified(byte[] bytes, int length) throws IOException {
        inbox.fill(bytes, length);
        int taken = 0;
        for (; inbox.available() > 0; taken++) {
            nextVerified();
        }
        return taken;
    }

    private MavlinkMessage<?> nextVerified() throws IOException {
        MavlinkMessage<?> message = connection.next();
        boolean verified = message instanceof Mavlink2Message<?> signed && signed.validateSignature(secretKey);
        if (!verified || !(message.getPayload() instanceof PeerState)) {
            throw new IllegalStateException("the peer did not take its own message: " + message);
        }
        return message;
    }
}
