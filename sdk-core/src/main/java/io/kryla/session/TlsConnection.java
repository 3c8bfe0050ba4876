package io.kryla.session;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * One end of a TLS connection without a wire: what the peer sent goes in, what has to be sent to it comes out, whatever
 * carries it. Decides nothing about the peer: ask {@link #check} once it is {@link #established}, before any application
 * byte is sent or taken.
 *
 * <p>After an {@link SSLException} what is left to send is the alert that says why. Not thread-safe.
 */
public final class TlsConnection {
    /** From the peer until the handshake is done; two chains of the longest certificates would fit. */
    public static final int MAX_HANDSHAKE_BYTES = 96 * 1_024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    private ByteBuffer incoming;
    private ByteBuffer opened;
    private final ByteBuffer sealed;
    private long handshakeBytes;
    private boolean established;
    private boolean ended;

    /** @param engine of {@link TlsContexts}, not used before */
    public TlsConnection(SSLEngine engine) throws SSLException {
        this.engine = engine;
        this.incoming = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        this.sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.beginHandshake();
        proceed();
    }

    /** Whether the handshake is done; nothing is known about the peer but its key. */
    public boolean established() {
        return established;
    }

    /** Whether the peer has ended its direction; nothing more will come. */
    public boolean ended() {
        return ended;
    }

    /** The one decision about the peer (protocol.md §4.1). */
    public PeerDecision check(PeerCheck check) {
        if (!established) {
            throw new IllegalStateException("no peer before the handshake is done");
        }
        return TlsContexts.checkPeer(engine, check);
    }

    /** Takes bytes that the peer sent. */
    public void receive(byte[] bytes, int length) throws SSLException {
        if (!established) {
            handshakeBytes += length;
            if (handshakeBytes > MAX_HANDSHAKE_BYTES) {
                throw new SSLException("the peer sent " + handshakeBytes + " bytes of handshake, at most "
                        + MAX_HANDSHAKE_BYTES + " are taken");
            }
        }
        if (incoming.remaining() < length) {
            incoming = ByteBuffer.allocate(incoming.position() + length).put(incoming.flip());
        }
        incoming.put(bytes, 0, length);
        proceed();
    }

    /** Seals application bytes into what has to be sent. */
    public void send(byte[] bytes) throws SSLException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (wrap(rest).getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new SSLException("the connection is closed");
            }
        }
    }

    /** What has to be sent to the peer, each byte once; perhaps none. */
    public byte[] takeOutgoing() {
        byte[] taken = outgoing.toByteArray();
        outgoing.reset();
        return taken;
    }

    /** Application bytes that have arrived and were not taken. */
    public int available() {
        return plaintext.size();
    }

    /** The first so many of the application bytes that are {@link #available}. */
    public byte[] take(int length) {
        byte[] all = plaintext.toByteArray();
        plaintext.reset();
        plaintext.write(all, length, all.length - length);
        return Arrays.copyOf(all, length);
    }

    /** Says farewell; it has to be sent like everything else. */
    public void close() {
        engine.closeOutbound();
        try {
            proceed();
        } catch (SSLException e) {
            // Nothing more is to be said.
        }
    }

    private void proceed() throws SSLException {
        try {
            while (step()) {
                // as far as it goes without the peer
            }
        } catch (SSLException e) {
            sayWhy();
            throw e;
        }
    }

    private boolean step() throws SSLException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                yield true;
            }
            case NEED_WRAP -> wrap(NOTHING).getStatus() == SSLEngineResult.Status.OK;
            default -> unwrap();
        };
    }

    private SSLEngineResult wrap(ByteBuffer plain) throws SSLException {
        SSLEngineResult result = engine.wrap(plain, sealed.clear());
        outgoing.write(sealed.array(), 0, sealed.position());
        note(result);
        return result;
    }

    private boolean unwrap() throws SSLException {
        SSLEngineResult result = engine.unwrap(incoming.flip(), opened);
        incoming.compact();
        note(result);
        plaintext.write(opened.array(), 0, opened.position());
        opened.clear();
        switch (result.getStatus()) {
            case BUFFER_OVERFLOW -> opened = ByteBuffer.allocate(2 * opened.capacity());
            case CLOSED -> ended = true;
            default -> {}
        }
        return result.getStatus() == SSLEngineResult.Status.OK
                || result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW;
    }

    private void note(SSLEngineResult result) {
        established |= result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED;
    }

    private void sayWhy() {
        try {
            while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
                    && wrap(NOTHING).getStatus() == SSLEngineResult.Status.OK) {
                // an alert is a record or two
            }
        } catch (SSLException e) {
            // The peer will see the end of the connection all the same.
        }
    }
}
